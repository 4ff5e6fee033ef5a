package org.interregnum.orchestrator.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Iterator;
import java.util.List;
import org.interregnum.orchestrator.agent.Decider;
import org.interregnum.orchestrator.agent.DecisionOutcome;
import org.interregnum.orchestrator.agent.ModelAssignment;
import org.interregnum.orchestrator.event.EventSource;
import org.interregnum.orchestrator.event.MarketEvent;
import org.interregnum.orchestrator.event.MarketOpened;
import org.interregnum.orchestrator.event.ModelBuyerChanges;
import org.interregnum.orchestrator.event.RunForked;
import org.interregnum.orchestrator.event.RunStarted;
import org.interregnum.orchestrator.event.StepTaken;
import org.interregnum.orchestrator.model.Impression;
import org.interregnum.orchestrator.model.MarketParameters;
import org.junit.jupiter.api.Test;

class RunComparisonTest {
    private static final Decider RULE = new Decider("rule", "1", "rule", DecisionOutcome.RULE, "");
    private static final Decider MODEL = new Decider("asker", "2", "model", DecisionOutcome.REPAIRED, "", "gpt");
    private static final MarketOpened OPENING = opening(0, 1, 1, -1);
    private static final StepTaken STEP = step(1, 0, 0.5, new int[] {1, 3}, new int[] {3}, new int[] {2}, RULE);

    @Test
    void shouldFindNothingInEqualRuns() {
        RunComparison comparison = compare(List.of(OPENING, STEP), List.of(OPENING, STEP));

        assertThat(comparison.differingStep()).isEqualTo(RunComparison.NONE);
        assertThat(comparison.differingDeciders()).isEqualTo(RunComparison.NONE);
        assertThat(comparison.differences()).isEmpty();
        assertThat(comparison.first().points()).isEqualTo(2);
        assertThat(comparison.second().prices()[0]).containsExactly(0, 0.5);
    }

    @Test
    void shouldCompareOpenings() {
        RunComparison comparison = compare(List.of(OPENING, STEP), List.of(opening(0, 2, 0, -1), STEP));

        assertThat(comparison.differingStep()).isZero();
        assertThat(comparison.differences()).containsExactly("the choices of 2 buyers");
    }

    @Test
    void shouldSayInWhatTheFirstDifferentStepDiffers() {
        // Buyer 0 changes in the second run only, buyer 3 to another seller, buyer 1 in the first run only.
        StepTaken one = step(1, 0, 0.5, new int[] {1, 3}, new int[] {1, 3}, new int[] {2, 2}, RULE);
        StepTaken other = step(1, 1, 0.75, new int[] {0, 1, 3}, new int[] {0, 3}, new int[] {2, 1}, RULE);

        RunComparison comparison = compare(List.of(OPENING, one), List.of(OPENING, other));

        assertThat(comparison.differingStep()).isEqualTo(1);
        assertThat(comparison.differences())
                .containsExactly(
                        "the seller that could re-price (0 and 1)",
                        "the price of seller 0 (0.5 and 0.0)",
                        "the price of seller 1 (0.0 and 0.75)",
                        "the buyers that were active (2 and 3)",
                        "the choices of 3 buyers");
    }

    @Test
    void shouldTellZerosApartByTheirSign() {
        RunComparison comparison = compare(
                List.of(OPENING, step(1, 0, 0.0, new int[0], new int[0], new int[0], RULE)),
                List.of(OPENING, step(1, 0, -0.0, new int[0], new int[0], new int[0], RULE)));

        assertThat(comparison.differences()).containsExactly("the price of seller 0 (0.0 and -0.0)");
    }

    @Test
    void shouldCompareImpressions() {
        StepTaken impressed = new StepTaken(
                1,
                0,
                0,
                0.5,
                STEP.activeBuyers(),
                STEP.changedBuyers(),
                STEP.newChoices(),
                STEP.prices(),
                STEP.shares(),
                RULE,
                RULE,
                new ModelBuyerChanges(new int[] {1}, new Impression[] {Impression.GOOD}, List.of()),
                List.of());

        assertThat(compare(List.of(OPENING, STEP), List.of(OPENING, impressed)).differences())
                .containsExactly("the impressions of the buyers that are models");
    }

    @Test
    void shouldSayWhenOthersDecidedTheSame() {
        StepTaken same = step(1, 0, 0.5, new int[] {1, 3}, new int[] {3}, new int[] {2}, MODEL);

        RunComparison comparison = compare(List.of(OPENING, STEP), List.of(OPENING, same));

        assertThat(comparison.differingStep()).isEqualTo(RunComparison.NONE);
        assertThat(comparison.differingDeciders()).isEqualTo(1);
        assertThat(comparison.deciders()).isEqualTo("price: rule 1 (rule) and asker 2 (gpt, repaired)");
    }

    @Test
    void shouldCompareAsFarAsBothGoAndPassOverForks() {
        RunForked fork = new RunForked(
                "parent", 0, MarketParameters.of(2, 0.8, 4, 3), ModelAssignment.NONE, new Impression[0], List.of());

        RunComparison comparison = compare(List.of(OPENING), List.of(OPENING, fork, STEP));

        assertThat(comparison.differingStep()).isEqualTo(RunComparison.NONE);
        assertThat(comparison.first().points()).isEqualTo(1);
        assertThat(comparison.second().points()).isEqualTo(2);
    }

    private static RunComparison compare(List<MarketEvent> first, List<MarketEvent> second) {
        return RunComparison.of(source(first), start(), points(first), source(second), start(), points(second));
    }

    private static int points(List<MarketEvent> events) {
        return (int)
                events.stream().filter(event -> !(event instanceof RunForked)).count();
    }

    private static RunStarted start() {
        return new RunStarted("run", "1", MarketParameters.of(1, 0.8, 4, 3), 10, 42, "numpy");
    }

    private static MarketOpened opening(int... choices) {
        return new MarketOpened(choices, new double[3], new double[] {0.25, 0.5, 0}, RULE);
    }

    private static StepTaken step(
            long number, int seller, double price, int[] active, int[] changed, int[] choices, Decider decider) {
        double[] prices = new double[3];
        prices[seller] = price;
        return new StepTaken(number, seller, 0, price, active, changed, choices, prices, new double[3], decider, RULE);
    }

    private static EventSource source(List<MarketEvent> events) {
        Iterator<MarketEvent> iterator = events.iterator();
        return new EventSource() {
            @Override
            public MarketEvent next() {
                return iterator.hasNext() ? iterator.next() : null;
            }

            @Override
            public void close() {}
        };
    }
}
