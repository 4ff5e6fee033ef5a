package org.interregnum.orchestrator.market;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import org.interregnum.orchestrator.agent.Decider;
import org.interregnum.orchestrator.agent.DecisionKind;
import org.interregnum.orchestrator.agent.DecisionOutcome;
import org.interregnum.orchestrator.agent.ModelBuyerDecision;
import org.interregnum.orchestrator.event.ModelBuyerChanges;
import org.interregnum.orchestrator.model.Impression;
import org.interregnum.orchestrator.model.MarketParameters;
import org.interregnum.orchestrator.model.MarketState;
import org.junit.jupiter.api.Test;

class MixedBuyersTest {
    private static final int[] MODELS = {1, 4, 5};
    private static final Decider MODEL = new Decider("fake", "1", "llm", DecisionOutcome.MODEL, "", "m");
    private static final Decider HELD = new Decider("fake", "1", "llm", DecisionOutcome.FALLBACK, "late", "m");

    @Test
    void shouldLetModelsActWhenTheyAreDrawn() {
        MixedBuyers mixed = sorted(false, 0, 1, 3, 5);
        assertThat(rule(mixed)).containsExactly(0, 3);
        assertThat(mixed.models()).containsExactly(1, 5);
        assertThat(acting(mixed)).containsExactly(0, 1, 3, 5);
    }

    @Test
    void shouldLetModelsActInEveryStepWhenToldTo() {
        MixedBuyers mixed = sorted(true, 0, 1, 3, 6);
        assertThat(rule(mixed)).containsExactly(0, 3, 6);
        assertThat(mixed.models()).containsExactly(MODELS);
        assertThat(acting(mixed)).containsExactly(0, 1, 3, 4, 5, 6);
    }

    @Test
    void shouldLetNobodyActWhenNobodyIsDrawn() {
        assertThat(acting(sorted(false))).isEmpty();
        assertThat(acting(sorted(true))).containsExactly(MODELS);
    }

    @Test
    void shouldPutChoicesInTheOrderOfTheBuyers() {
        MixedBuyers mixed = sorted(true, 0, 1, 3, 6);
        int[] choices = {10, 13, 16, 0, 0, 0, 0};
        mixed.combine(choices, List.of(choosing(1, 1), choosing(4, 4), choosing(5, -1)), choices);
        assertThat(Arrays.copyOf(choices, 6)).containsExactly(10, 1, 13, 4, -1, 16);
    }

    @Test
    void shouldNameChangedImpressionsAndWhoDecidedForWhom() {
        MarketState state = new MarketState(MarketParameters.of(1, 0.8, 7, 3), MODELS);
        ModelBuyerChanges changes = MixedBuyers.changes(
                List.of(
                        new ModelBuyerDecision(1, Impression.GOOD, MODEL, 0, MODEL),
                        new ModelBuyerDecision(4, Impression.NEUTRAL, HELD, 1, MODEL),
                        new ModelBuyerDecision(5, null, null, 2, HELD)),
                state);
        assertThat(changes.impressionBuyers()).containsExactly(1);
        assertThat(changes.newImpressions()).containsExactly(Impression.GOOD);
        assertThat(changes.decisions())
                .extracting(decisions -> decisions.kind() + " "
                        + decisions.decider().outcome() + " " + Arrays.toString(decisions.buyers()))
                .containsExactly(
                        DecisionKind.IMPRESSION + " MODEL [1]",
                        DecisionKind.CHOICE + " MODEL [1, 4]",
                        DecisionKind.IMPRESSION + " FALLBACK [4]",
                        DecisionKind.CHOICE + " FALLBACK [5]");
    }

    private static MixedBuyers sorted(boolean everyStep, int... active) {
        MixedBuyers mixed = new MixedBuyers(7, MODELS, everyStep);
        mixed.sort(active, active.length);
        return mixed;
    }

    private static int[] acting(MixedBuyers mixed) {
        return Arrays.copyOf(mixed.acting(), mixed.actingCount());
    }

    private static int[] rule(MixedBuyers mixed) {
        return Arrays.copyOf(mixed.rule(), mixed.ruleCount());
    }

    private static ModelBuyerDecision choosing(int buyer, int choice) {
        return new ModelBuyerDecision(buyer, null, null, choice, MODEL);
    }
}
