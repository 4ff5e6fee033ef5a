package org.interregnum.orchestrator.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.interregnum.orchestrator.model.Impression.BAD;
import static org.interregnum.orchestrator.model.Impression.EXCELLENT;
import static org.interregnum.orchestrator.model.Impression.GOOD;
import static org.interregnum.orchestrator.model.Impression.NEUTRAL;
import static org.interregnum.orchestrator.model.Impression.TERRIBLE;

import java.util.List;
import org.interregnum.orchestrator.agent.BuyerCohort;
import org.interregnum.orchestrator.agent.Decider;
import org.interregnum.orchestrator.agent.DecisionOutcome;
import org.interregnum.orchestrator.agent.ModelAssignment;
import org.interregnum.orchestrator.event.RunForked.PriceShock;
import org.interregnum.orchestrator.model.Impression;
import org.interregnum.orchestrator.model.MarketParameters;
import org.interregnum.orchestrator.model.MarketState;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class MarketHistoryTest {
    private static final Decider RULE = new Decider("test", "1", "rule", DecisionOutcome.RULE, "");

    private static final MarketParameters MARKET = MarketParameters.of(1, 0.8, 4, 3);

    private final MarketState state = new MarketState(MARKET);

    @BeforeEach
    void open() {
        MarketHistory.apply(
                state, new MarketOpened(new int[] {0, 0, 1, -1}, new double[3], new double[] {0.5, 0.25, 0}, null));
    }

    @Test
    void shouldMoveStateByAStep() {
        MarketHistory.apply(
                state, step(1, 2, 0.75, new int[] {0, 3}, new int[] {2, 2}, new double[] {0, 0, 0.75}, new double[] {
                    0.25, 0.25, 0.5
                }));

        assertThat(state.step()).isEqualTo(1);
        assertThat(state.choices()).containsExactly(2, 0, 1, 2);
        assertThat(state.prices()).containsExactly(0, 0, 0.75);
        assertThat(state.shares()).containsExactly(0.25, 0.25, 0.5);
    }

    @Test
    void shouldLeaveStateAloneWhenARunStartsOrEnds() {
        MarketHistory.apply(state, new RunEnded(RunStatus.FINISHED, 0, ""));
        assertThat(state.step()).isZero();
        assertThat(state.choices()).containsExactly(0, 0, 1, -1);
    }

    @Test
    void shouldSetPricesAndImpressionsWhereARunForks() {
        ModelAssignment models = models(1, 3);
        Impression[] impressions = {GOOD, BAD, NEUTRAL, NEUTRAL, EXCELLENT, TERRIBLE};

        MarketHistory.apply(
                state, fork(0, MARKET, models, impressions, List.of(new PriceShock(2, 0.75), new PriceShock(0, 0))));

        assertThat(state.prices()).containsExactly(0, 0, 0.75);
        assertThat(state.choices()).containsExactly(0, 0, 1, -1);
        assertThat(state.step()).isZero();
        assertThat(state.impressions().buyers()).containsExactly(1, 3);
        assertThat(state.impressions().of(1)).containsExactly(GOOD, BAD, NEUTRAL);
        assertThat(state.impressions().of(3)).containsExactly(NEUTRAL, EXCELLENT, TERRIBLE);
    }

    @Test
    void shouldRefuseAForkThatDoesNotFollow() {
        Impression[] none = {};
        assertRefused(fork(1, MARKET, ModelAssignment.NONE, none, List.of()), "a fork after step 1 follows step 0");
        assertRefused(
                fork(0, MarketParameters.of(1, 0.8, 5, 3), ModelAssignment.NONE, none, List.of()), "another size");
        assertRefused(fork(0, MARKET, models(1), none, List.of()), "impressions of other buyers");
        assertRefused(
                fork(0, MARKET, ModelAssignment.NONE, none, List.of(new PriceShock(3, 1))),
                "a seller that does not exist");
        assertThatThrownBy(() -> new PriceShock(0, -0.5)).hasMessageContaining("-0.5");
        List<PriceShock> twice = List.of(new PriceShock(1, 2), new PriceShock(1, 2));
        assertThatThrownBy(() -> fork(0, MARKET, ModelAssignment.NONE, none, twice))
                .hasMessageContaining("twice");
    }

    private static RunForked fork(
            long step,
            MarketParameters market,
            ModelAssignment models,
            Impression[] impressions,
            List<PriceShock> priceShocks) {
        return new RunForked("parent", step, market, models, impressions, priceShocks);
    }

    private static ModelAssignment models(int... buyers) {
        return new ModelAssignment(List.of(), List.of(new BuyerCohort("models", buyers, null)), false);
    }

    @Test
    void shouldRefuseAStepOutOfOrder() {
        assertRefused(step(2, 0, 0, new int[0], new int[0], new double[3], state.shares()), "step 2 follows step 0");
    }

    @Test
    void shouldRefuseBuyersAndSellersThatDoNotExist() {
        assertRefused(step(1, 3, 0, new int[0], new int[0], new double[3], state.shares()), "seller");
        assertRefused(step(1, 0, 0, new int[] {4}, new int[] {0}, new double[3], state.shares()), "buyer");
        assertRefused(step(1, 0, 0, new int[] {0}, new int[] {3}, new double[3], state.shares()), "seller");
        assertRefused(step(1, 0, 0, new int[] {0}, new int[] {-2}, new double[3], state.shares()), "seller");
        assertRefused(step(1, 0, 0, new int[] {0}, new int[0], new double[3], state.shares()), "lacks choices");
    }

    @Test
    void shouldRefuseSharesOrPricesThatDoNotFollow() {
        assertRefused(
                step(1, 0, 0, new int[] {0}, new int[] {1}, new double[3], new double[] {0.5, 0.25, 0}),
                "do not follow");
        assertRefused(
                step(
                        1,
                        0,
                        0.5,
                        new int[0],
                        new int[0],
                        new double[3],
                        state.shares().clone()),
                "step");
    }

    @Test
    void shouldRefuseAnOpeningOfAnotherMarket() {
        assertRefused(new MarketOpened(new int[3], new double[3], new double[3], null), "another size");
    }

    private void assertRefused(MarketEvent event, String why) {
        assertThatThrownBy(() -> MarketHistory.apply(state, event))
                .isInstanceOf(EventLogException.class)
                .hasMessageContaining(why);
    }

    private static StepTaken step(
            long step,
            int seller,
            double newPrice,
            int[] changedBuyers,
            int[] newChoices,
            double[] prices,
            double[] shares) {
        return new StepTaken(
                step, seller, 0, newPrice, changedBuyers, changedBuyers, newChoices, prices, shares, RULE, RULE);
    }
}
