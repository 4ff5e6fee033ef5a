package org.interregnum.orchestrator.event;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.interregnum.orchestrator.agent.Decider;
import org.interregnum.orchestrator.agent.DecisionOutcome;
import org.interregnum.orchestrator.agent.ModelAssignment;
import org.interregnum.orchestrator.model.MarketParameters;
import org.junit.jupiter.api.Test;

class EventOrderTest {
    private static final Decider RULE = new Decider("rule", "1", "rule", DecisionOutcome.RULE, "");
    private static final MarketEvent START =
            new RunStarted("first", "1", MarketParameters.of(1, 0.5, 5, 3), 9, 1, "numpy", ModelAssignment.NONE, 0.25);
    private static final MarketEvent OPENING =
            new MarketOpened(new int[] {0}, new double[] {0}, new double[] {1}, RULE);
    private static final MarketEvent END = new RunEnded(RunStatus.INTERRUPTED, 1, "stopped");

    @Test
    void shouldTakeARunThatEnds() {
        assertThatCode(() -> require(EventOrder.withOneEnd(), START, OPENING, step(1), step(2), END))
                .doesNotThrowAnyException();
        assertThatCode(() -> require(EventOrder.withOneEnd(), START, END)).doesNotThrowAnyException();
    }

    @Test
    void shouldTakeFurtherEventsBehindAnEndOnlyWhereItStays() {
        MarketEvent[] resumed = {START, OPENING, step(1), END, step(2), END};

        assertThatCode(() -> require(EventOrder.withManyEnds(), resumed)).doesNotThrowAnyException();
        assertRefused("something follows the end of the run", resumed);
    }

    @Test
    void shouldRefuseWhatCannotFollow() {
        assertRefused("the log does not begin with the start of a run", OPENING);
        assertRefused("the log does not begin with the start of a run", END);
        assertRefused("the run begins again", START, OPENING, START);
        assertRefused("the market opens again", START, OPENING, step(1), OPENING);
        assertRefused("a step is taken before the market opens", START, step(1));
        assertRefused("step 1 follows step 1", START, OPENING, step(1), step(1));
        assertRefused("step 3 follows step 1", START, OPENING, step(1), step(3));
    }

    private static void assertRefused(String problem, MarketEvent... events) {
        assertThatThrownBy(() -> require(EventOrder.withOneEnd(), events))
                .isInstanceOf(EventLogException.class)
                .hasMessage("the log contradicts itself: " + problem);
    }

    private static void require(EventOrder order, MarketEvent... events) {
        List.of(events).forEach(order::require);
    }

    private static MarketEvent step(long step) {
        return new StepTaken(
                step, 0, 0, 0, new int[0], new int[0], new int[0], new double[] {0}, new double[] {1}, RULE, null);
    }
}
