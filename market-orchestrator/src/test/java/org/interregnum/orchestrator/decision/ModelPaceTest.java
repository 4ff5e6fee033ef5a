package org.interregnum.orchestrator.decision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.interregnum.orchestrator.agent.Allowance;
import org.interregnum.orchestrator.agent.BuyerCohort;
import org.interregnum.orchestrator.agent.DecisionRecord;
import org.interregnum.orchestrator.agent.ModelAssignment;
import org.interregnum.orchestrator.agent.ModelBuyerDecision;
import org.interregnum.orchestrator.agent.ModelSettings;
import org.interregnum.orchestrator.decision.DecisionTestData.Kept;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Questions that wait for the pace of their endpoint. */
@Timeout(60)
class ModelPaceTest {
    private static final int BUYERS = 30;
    private static final double[] PRICES = {0.1, 0.2, 0.3};
    private static final ModelSettings ONE_A_MINUTE = DecisionTestData.model("local", 5, 1);

    private final ManualClock clock = new ManualClock();
    private final Kept kept = new Kept();
    private final FakeModelAgents agents = new FakeModelAgents(1, 1);

    @AfterEach
    void close() {
        agents.close();
    }

    @Test
    void shouldCountRepetitionsAndQuestionsToMendAsCalls() {
        int callsASecond = 1000;
        try (FakeModelAgents repeating = new FakeModelAgents(3, 4)) {
            // Time passes with each look at the clock, a tenth of a call's.
            LongSupplier ticking = () -> {
                clock.advance(TimeUnit.SECONDS.toNanos(1) / callsASecond / 10);
                return clock.now;
            };
            ModelSettings model = DecisionTestData.model("local", 5, 60 * callsASecond);

            step(decisions(model, repeating, kept, new CallPaces(ticking), Budget.UNLIMITED));

            assertThat(repeating.asked).hasSize(2 * BUYERS);
            assertThat(repeating.calls).isGreaterThan(4 * BUYERS);
            // What came with the last answers is owed by nobody any more.
            double least = (double) (repeating.calls - 5 * 3 - 1) / callsASecond;
            assertThat(clock.now / 1e9).isGreaterThanOrEqualTo(least);
        }
    }

    @Test
    void shouldAskTheNextQuestionWhenItIsDueAlthoughNoAnswerHasCome() throws Exception {
        agents.answers = false;
        ModelDecisions decisions = decisions(ONE_A_MINUTE, kept, Budget.UNLIMITED);
        CompletableFuture<Void> run = CompletableFuture.runAsync(() -> step(decisions));

        for (int asked = 1; asked <= 3; asked++) {
            awaitAsked(asked);
            TimeUnit.MILLISECONDS.sleep(150);
            awaitAsked(asked);
            clock.advance(TimeUnit.MINUTES.toNanos(1));
        }
        decisions.stop();
        assertThatThrownBy(run::join).hasCauseInstanceOf(StopRequestedException.class);
    }

    @Test
    void shouldLoseNothingWhenItIsStoppedWhileItWaits() throws Exception {
        ModelDecisions stopped = decisions(ONE_A_MINUTE, kept, Budget.UNLIMITED);
        CompletableFuture<Void> run = CompletableFuture.runAsync(() -> step(stopped));
        awaitAsked(1);
        stopped.stop();
        assertThatThrownBy(run::join).hasCauseInstanceOf(StopRequestedException.class);
        assertThat(agents.asked).hasSize(1);
        assertThat(kept.all).hasSize(1);

        ModelSettings quick = DecisionTestData.model("local", 5);
        ModelDecisions resumed = decisions(quick, kept, Budget.UNLIMITED);
        List.copyOf(kept.all).forEach(resumed::recall);
        assertThat(step(resumed))
                .usingRecursiveComparison()
                .isEqualTo(step(decisions(quick, new Kept(), Budget.UNLIMITED)));
        assertThat(resumed.statistics().sum().decisions()).isEqualTo(2 * BUYERS);
    }

    @Test
    void shouldHaveAnswersOnTheDeviceBeforeItWaits() throws Exception {
        CountDownLatch flushed = new CountDownLatch(1);
        DecisionLog log = new DecisionLog() {
            @Override
            public void append(DecisionRecord decision) {
                kept.append(decision);
            }

            @Override
            public void flush() {
                flushed.countDown();
            }
        };
        ModelDecisions decisions = new ModelDecisions(
                DecisionTestData.assignment(BUYERS, ONE_A_MINUTE),
                agents,
                log,
                kept,
                DecisionRules.DEFAULT,
                new SharedLimits(Optional.empty(), new CallPaces(clock)));
        CompletableFuture<Void> run = CompletableFuture.runAsync(() -> step(decisions));
        flushed.await();
        assertThat(kept.all).hasSize(1);
        decisions.stop();
        assertThatThrownBy(run::join).hasCauseInstanceOf(StopRequestedException.class);
    }

    @Test
    void shouldNotWaitForAPermitWhenTheBudgetIsSpent() {
        Budget one = new Budget(1, Long.MAX_VALUE, Double.POSITIVE_INFINITY);
        assertThatThrownBy(() -> step(decisions(ONE_A_MINUTE, kept, one))).isInstanceOf(BudgetSpentException.class);
        assertThat(agents.asked).hasSize(1);
    }

    @Test
    void shouldKeepAPermitThatTheBudgetLeavesUnused() throws Exception {
        CallPaces paces = new CallPaces(clock);
        BudgetLedger ledger = new BudgetLedger(new Budget(7, Long.MAX_VALUE, Double.POSITIVE_INFINITY));
        // Another run has set almost all aside.
        var others = ledger.reserve(new Allowance(6, 0, 0)).orElseThrow();
        ModelDecisions decisions =
                decisions(ONE_A_MINUTE, agents, kept, new SharedLimits(Optional.of(ledger), paces), Budget.UNLIMITED);
        CompletableFuture<Void> run = CompletableFuture.runAsync(() -> step(decisions));
        TimeUnit.MILLISECONDS.sleep(150);
        assertThat(agents.asked).isEmpty();
        ledger.settle(others, 0, 0, 0);
        awaitAsked(1);
        decisions.stop();
        assertThatThrownBy(run::join).hasCauseInstanceOf(StopRequestedException.class);
    }

    @Test
    void shouldLetModelsWithoutALimitGoFirstAtTheSameEndpoint() throws Exception {
        int[] slow = {0, 1};
        int[] quick = {2, 3, 4, 5};
        ModelAssignment two = new ModelAssignment(
                List.of(),
                List.of(
                        new BuyerCohort("slow", slow, ONE_A_MINUTE),
                        new BuyerCohort("quick", quick, DecisionTestData.model("local", 5))),
                true);
        ModelDecisions decisions = new ModelDecisions(
                two,
                agents,
                kept,
                kept,
                DecisionRules.DEFAULT,
                new SharedLimits(Optional.empty(), new CallPaces(clock)));
        CompletableFuture<Void> run = CompletableFuture.runAsync(
                () -> decisions.decide(1, DecisionTestData.numbers(6), DecisionTestData.state(6), PRICES));
        awaitAsked(1 + 2 * quick.length);
        decisions.stop();
        assertThatThrownBy(run::join).hasCauseInstanceOf(StopRequestedException.class);
    }

    @Test
    void shouldNotWaitInAReplay() {
        step(decisions(ONE_A_MINUTE, agents, kept, SharedLimits.OF_REPLAY, Budget.UNLIMITED));
        assertThat(agents.asked).hasSize(2 * BUYERS);
    }

    @Test
    void shouldShareThePaceAmongRuns() throws Exception {
        CallPaces paces = new CallPaces(clock);
        List<ModelDecisions> runs = new ArrayList<>();
        List<CompletableFuture<Void>> ends = new ArrayList<>();
        for (int number = 0; number < 4; number++) {
            ModelDecisions run = decisions(ONE_A_MINUTE, agents, new Kept(), paces, Budget.UNLIMITED);
            runs.add(run);
            ends.add(CompletableFuture.runAsync(() -> step(run)));
        }
        for (int asked = 1; asked <= 6; asked++) {
            awaitAsked(asked);
            TimeUnit.MILLISECONDS.sleep(100);
            awaitAsked(asked);
            clock.advance(TimeUnit.MINUTES.toNanos(1));
        }
        runs.forEach(ModelDecisions::stop);
        ends.forEach(end -> assertThatThrownBy(end::join).hasCauseInstanceOf(StopRequestedException.class));
    }

    private void awaitAsked(int number) throws InterruptedException {
        while (asked() < number) {
            TimeUnit.MILLISECONDS.sleep(1);
        }
        assertThat(asked()).isEqualTo(number);
    }

    private int asked() {
        synchronized (agents) {
            return agents.asked.size();
        }
    }

    private ModelDecisions decisions(ModelSettings model, Kept record, Budget budget) {
        return decisions(model, agents, record, new CallPaces(clock), budget);
    }

    private static ModelDecisions decisions(
            ModelSettings model, FakeModelAgents asked, Kept record, CallPaces paces, Budget budget) {
        return decisions(model, asked, record, new SharedLimits(Optional.empty(), paces), budget);
    }

    private static ModelDecisions decisions(
            ModelSettings model, FakeModelAgents asked, Kept record, SharedLimits shared, Budget budget) {
        return new ModelDecisions(
                DecisionTestData.assignment(BUYERS, model),
                asked,
                record,
                record,
                new DecisionRules(FailurePolicy.HOLD, 0.05, budget),
                shared);
    }

    private static List<ModelBuyerDecision> step(ModelDecisions decisions) {
        return decisions.decide(1, DecisionTestData.numbers(BUYERS), DecisionTestData.state(BUYERS), PRICES);
    }
}
