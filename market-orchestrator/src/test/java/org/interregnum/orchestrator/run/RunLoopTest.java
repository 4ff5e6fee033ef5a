package org.interregnum.orchestrator.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;
import org.interregnum.orchestrator.agent.AgentFailureException;
import org.interregnum.orchestrator.agent.BuyerAgents;
import org.interregnum.orchestrator.agent.Decider;
import org.interregnum.orchestrator.agent.DecisionOutcome;
import org.interregnum.orchestrator.agent.ModelAssignment;
import org.interregnum.orchestrator.agent.PriceDecision;
import org.interregnum.orchestrator.agent.SellerAgents;
import org.interregnum.orchestrator.event.EventLog;
import org.interregnum.orchestrator.event.EventLogException;
import org.interregnum.orchestrator.event.MarketEvent;
import org.interregnum.orchestrator.event.MarketHistory;
import org.interregnum.orchestrator.event.MarketOpened;
import org.interregnum.orchestrator.event.RunEnded;
import org.interregnum.orchestrator.event.RunStarted;
import org.interregnum.orchestrator.event.RunStatus;
import org.interregnum.orchestrator.event.StepTaken;
import org.interregnum.orchestrator.model.InvalidParameterException;
import org.interregnum.orchestrator.model.MarketParameters;
import org.interregnum.orchestrator.model.MarketState;
import org.junit.jupiter.api.Test;

class RunLoopTest {
    private static final RunSpec SPEC = new RunSpec(MarketParameters.of(1, 0.8, 50, 3), 21, 42, "numpy", 0.25);
    private static final Decider RULE = new Decider("test", "1", "rule", DecisionOutcome.RULE, "");

    /** Every seller asks for a price that tells the step. */
    private static final SellerAgents SELLERS = question -> new PriceDecision(question.step() / 100.0, RULE);

    /** Every buyer goes to the seller of its number. */
    private static final BuyerAgents BUYERS = (question, choices) -> {
        for (int i = 0; i < question.count(); i++) {
            choices[i] = question.buyers()[i] % 3;
        }
        return RULE;
    };

    private final EventList log = new EventList();
    private final List<MarketEvent> events = log.events;

    @Test
    void shouldLogTheRunFromStartToEnd() {
        RunResult result = loop(SELLERS, BUYERS, RunListener.NONE).run();

        assertThat(result.status()).isEqualTo(RunStatus.FINISHED);
        assertThat(result.steps()).isEqualTo(20);
        assertThat(result.series().points()).isEqualTo(21);
        assertThat(events).hasSize(23);
        assertThat(events.get(0))
                .isEqualTo(
                        new RunStarted("a", "1", SPEC.market(), 21, 42, "numpy", ModelAssignment.NONE, SPEC.burnIn()));
        assertThat(events.get(1)).isInstanceOf(MarketOpened.class);
        assertThat(events.subList(2, 22))
                .extracting(event -> ((StepTaken) event).step())
                .containsExactly(
                        1L, 2L, 3L, 4L, 5L, 6L, 7L, 8L, 9L, 10L, 11L, 12L, 13L, 14L, 15L, 16L, 17L, 18L, 19L, 20L);
        assertThat(events.get(22)).isEqualTo(new RunEnded(RunStatus.FINISHED, 20, ""));
    }

    @Test
    void shouldGiveTheSameStatesWhenItsEventsAreAppliedAgain() {
        RunResult result = loop(SELLERS, BUYERS, RunListener.NONE).run();

        MarketState again = new MarketState(SPEC.market());
        int point = -1;
        for (MarketEvent event : events) {
            MarketHistory.apply(again, event);
            if (event instanceof MarketOpened || event instanceof StepTaken) {
                point++;
                for (int seller = 0; seller < 3; seller++) {
                    assertThat(again.shares()[seller]).isEqualTo(result.series().shares()[seller][point]);
                    assertThat(again.prices()[seller]).isEqualTo(result.series().prices()[seller][point]);
                }
            }
        }
        assertThat(again.choices()).isEqualTo(result.state().choices());
    }

    @Test
    void shouldShowBuyersTheNewPriceAndTheOldShares() {
        List<double[]> prices = new ArrayList<>();
        List<double[]> shares = new ArrayList<>();
        BuyerAgents watching = (question, choices) -> {
            prices.add(question.prices().clone());
            shares.add(question.shares().clone());
            return BUYERS.choose(question, choices);
        };

        loop(SELLERS, watching, RunListener.NONE).run();

        List<StepTaken> steps = events.stream()
                .filter(StepTaken.class::isInstance)
                .map(StepTaken.class::cast)
                .filter(step -> step.activeBuyers().length > 0)
                .toList();
        int sweeps = prices.size() - steps.size();
        for (int i = 0; i < steps.size(); i++) {
            assertThat(prices.get(sweeps + i)).isEqualTo(steps.get(i).prices());
        }
        MarketOpened opening = (MarketOpened) events.get(1);
        assertThat(shares.get(sweeps)).isEqualTo(opening.shares());
    }

    @Test
    void shouldSayWhoDecidedTheChoicesThatTheMarketOpenedWith() {
        List<Decider> deciders = new ArrayList<>();
        BuyerAgents changing = (question, choices) -> {
            BUYERS.choose(question, choices);
            deciders.add(new Decider("test", Integer.toString(deciders.size()), "rule", DecisionOutcome.MODEL, "why"));
            return deciders.get(deciders.size() - 1);
        };
        List<MarketOpened> heard = new ArrayList<>();
        RunListener listening = new RunListener() {
            @Override
            public void opened(MarketOpened opening, MarketState state) {
                heard.add(opening);
            }
        };
        RunSpec one = new RunSpec(SPEC.market(), 1, 42, "numpy", 0.25);

        new RunLoop("a", "1", one, SELLERS, changing, log, listening).run();

        MarketOpened opening = (MarketOpened) events.get(1);
        assertThat(deciders).hasSizeGreaterThan(1);
        assertThat(opening.choiceDecider()).isEqualTo(deciders.get(deciders.size() - 1));
        assertThat(heard).containsExactly(opening);
    }

    @Test
    void shouldNameOnlyRealChanges() {
        loop(SELLERS, BUYERS, RunListener.NONE).run();

        MarketOpened opening = (MarketOpened) events.get(1);
        assertThat(opening.choices()).startsWith(0, 1, 2, 0, 1, 2);
        assertThat(events.subList(2, 22))
                .as("the buyers chose as at the opening")
                .allSatisfy(
                        event -> assertThat(((StepTaken) event).changedBuyers()).isEmpty());
    }

    @Test
    void shouldKeepTheStepsBeforeAnAgentFailed() {
        SellerAgents failing = question -> {
            if (question.step() == 8) {
                throw new AgentFailureException("the seller agent fell ill");
            }
            return SELLERS.decidePrice(question);
        };

        RunResult result = loop(failing, BUYERS, RunListener.NONE).run();

        assertThat(result.status()).isEqualTo(RunStatus.FAILED);
        assertThat(result.logFailed()).isFalse();
        assertThat(result.reason()).isEqualTo("the seller agent fell ill");
        assertThat(result.series().points()).isEqualTo(8);
        assertThat(events.get(events.size() - 1))
                .isEqualTo(new RunEnded(RunStatus.FAILED, 7, "the seller agent fell ill"));
    }

    @Test
    void shouldStopAfterTheStepInWhichItIsToldTo() {
        AtomicReference<RunLoop> loop = new AtomicReference<>();
        RunListener stopping = new RunListener() {
            @Override
            public void stepTaken(StepTaken step, MarketState state) {
                if (step.step() == 5) {
                    loop.get().stop();
                }
            }
        };
        loop.set(loop(SELLERS, BUYERS, stopping));

        RunResult result = loop.get().run();

        assertThat(result.status()).isEqualTo(RunStatus.INTERRUPTED);
        assertThat(result.steps()).isEqualTo(5);
        assertThat(events.get(events.size() - 1)).isInstanceOf(RunEnded.class);
    }

    @Test
    void shouldStopBetweenTheSweepsOfAnOpening() {
        AtomicReference<RunLoop> loop = new AtomicReference<>();
        AtomicInteger sweeps = new AtomicInteger();
        BuyerAgents fickle = (question, choices) -> {
            Arrays.fill(choices, 0, question.count(), question.shares()[1] > 0.5 ? 2 : 1);
            if (sweeps.incrementAndGet() == 4) {
                loop.get().stop();
            }
            return RULE;
        };
        loop.set(loop(SELLERS, fickle, RunListener.NONE));

        RunResult result = loop.get().run();

        assertThat(sweeps).hasValue(4);
        assertThat(result.status()).isEqualTo(RunStatus.INTERRUPTED);
        assertThat(result.series().points()).isZero();
        assertThat(events).hasSize(2);
        assertThat(events.get(1)).isEqualTo(new RunEnded(RunStatus.INTERRUPTED, 0, "stopped by the user"));
    }

    @Test
    void shouldFailWhenTheOpeningNeverSettles() {
        BuyerAgents fickle = (question, choices) -> {
            Arrays.fill(choices, 0, question.count(), question.shares()[1] > 0.5 ? 2 : 1);
            return RULE;
        };

        RunResult result = loop(SELLERS, fickle, RunListener.NONE).run();

        assertThat(result.status()).isEqualTo(RunStatus.FAILED);
        assertThat(result.reason()).contains("did not open");
        assertThat(result.series().points()).isZero();
    }

    @Test
    void shouldKeepTheStepsBeforeTheLogFailed() {
        RunResult result = runWithLogThatFails(event -> event instanceof StepTaken step && step.step() == 8);

        assertThat(result.status()).isEqualTo(RunStatus.FAILED);
        assertThat(result.logFailed()).isTrue();
        assertThat(result.reason()).isEqualTo("no space left");
        assertThat(result.steps()).isEqualTo(7);
        assertThat(result.series().points()).isEqualTo(8);
        assertThat(events.get(events.size() - 1))
                .as("nothing was logged after the failure")
                .isInstanceOfSatisfying(
                        StepTaken.class, step -> assertThat(step.step()).isEqualTo(7));
    }

    @Test
    void shouldHaveNoPointWhenTheLogFailsBeforeTheOpening() {
        RunResult atOnce = runWithLogThatFails(event -> true);
        RunResult atTheOpening = runWithLogThatFails(event -> event instanceof MarketOpened);

        assertThat(List.of(atOnce, atTheOpening)).allSatisfy(result -> {
            assertThat(result.status()).isEqualTo(RunStatus.FAILED);
            assertThat(result.logFailed()).isTrue();
            assertThat(result.series().points()).isZero();
        });
    }

    @Test
    void shouldFailWhenTheLogCannotTakeTheEnd() {
        RunResult result = runWithLogThatFails(event -> event instanceof RunEnded);

        assertThat(result.status()).isEqualTo(RunStatus.FAILED);
        assertThat(result.logFailed()).isTrue();
        assertThat(result.series().points()).isEqualTo(21);
        assertThat(result.withLogFailure("again")).isSameAs(result);
    }

    private RunResult runWithLogThatFails(Predicate<MarketEvent> fails) {
        events.clear();
        EventLog broken = new EventList() {
            @Override
            public void append(MarketEvent event) {
                if (fails.test(event)) {
                    throw new EventLogException("no space left");
                }
                RunLoopTest.this.events.add(event);
            }
        };
        return new RunLoop("a", "1", SPEC, SELLERS, BUYERS, broken, RunListener.NONE).run();
    }

    @Test
    void shouldTakeAMarketThatOnlyOpens() {
        RunSpec one = new RunSpec(SPEC.market(), 1, 42, "numpy", 0.25);

        RunResult result = new RunLoop("a", "1", one, SELLERS, BUYERS, log, RunListener.NONE).run();

        assertThat(result.status()).isEqualTo(RunStatus.FINISHED);
        assertThat(result.series().points()).isEqualTo(1);
        assertThat(result.series().repricingSellers()).isEmpty();
    }

    @Test
    void shouldRefuseAnUnknownGenerator() {
        assertThatThrownBy(() -> new RunSpec(SPEC.market(), 2, 42, "dice", 0.25))
                .isInstanceOf(InvalidParameterException.class)
                .hasMessageContaining("numpy, philox");
    }

    private RunLoop loop(SellerAgents sellers, BuyerAgents buyers, RunListener listener) {
        return new RunLoop("a", "1", SPEC, sellers, buyers, log, listener);
    }
}
