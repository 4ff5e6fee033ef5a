package org.interregnum.orchestrator.decision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.tuple;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.interregnum.orchestrator.agent.AgentFailureException;
import org.interregnum.orchestrator.agent.Allowance;
import org.interregnum.orchestrator.agent.BuyerCohort;
import org.interregnum.orchestrator.agent.DecisionKind;
import org.interregnum.orchestrator.agent.DecisionOutcome;
import org.interregnum.orchestrator.agent.DecisionRecord;
import org.interregnum.orchestrator.agent.Information;
import org.interregnum.orchestrator.agent.ModelAnswer;
import org.interregnum.orchestrator.agent.ModelAssignment;
import org.interregnum.orchestrator.agent.ModelBuyerDecision;
import org.interregnum.orchestrator.agent.ModelDecision;
import org.interregnum.orchestrator.agent.ModelReport;
import org.interregnum.orchestrator.agent.ModelSettings;
import org.interregnum.orchestrator.agent.SellerRange;
import org.interregnum.orchestrator.decision.DecisionTestData.Kept;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class ModelDecisionsTest {
    private static final int BUYERS = 150;
    private static final double[] PRICES = {0.1, 0.2, 0.3};
    private static final ModelSettings MODEL = DecisionTestData.model("local", 100);

    private final Kept kept = new Kept();
    private final List<FakeModelAgents> opened = new ArrayList<>();
    private FakeModelAgents agents = agents(1, 1);

    @AfterEach
    void close() {
        opened.forEach(FakeModelAgents::close);
    }

    @Test
    void shouldNeverSpendMoreThanTheBudgetWithAHundredQuestionsUnderWay() {
        for (int scenario = 0; scenario < 150; scenario++) {
            SplittableRandom random = new SplittableRandom(scenario);
            Budget budget = new Budget(
                    random.nextBoolean() ? 1 + random.nextInt(700) : Long.MAX_VALUE,
                    random.nextBoolean() ? 1 + random.nextInt(1_000_000) : Long.MAX_VALUE,
                    random.nextBoolean() ? 0.001 + random.nextInt(1000) : Double.POSITIVE_INFINITY);
            agents = agents(scenario, 1 + random.nextInt(12));
            Kept record = new Kept();

            Throwable end = catchThrowable(() -> step(decisions(record, budget)));

            assertThat(agents.calls).isLessThanOrEqualTo(budget.calls());
            assertThat(agents.tokens).isLessThanOrEqualTo(budget.tokens());
            assertThat(agents.cost()).isLessThanOrEqualTo(budget.cost() + 1e-9);
            if (end == null) {
                assertThat(decided(record)).isEqualTo(2 * BUYERS);
            } else {
                assertThat(end).isInstanceOf(BudgetSpentException.class);
                assertThat(leaves(budget, 12, 12 * 21_000))
                        .as("it stopped although there was enough for any question: %s", end.getMessage())
                        .isFalse();
            }
            assertThat(calls(record)).as("what was paid for is kept").isEqualTo(agents.calls);
        }
    }

    /** Whether a budget has so much left after what the agents spent. */
    private boolean leaves(Budget budget, long calls, long tokens) {
        return budget.calls() - agents.calls >= calls
                && budget.tokens() - agents.tokens >= tokens
                && budget.cost() - agents.cost() >= tokens / 1000.0;
    }

    @Test
    void shouldSpendABudgetOfCallsToTheLastCall() {
        assertThatThrownBy(() -> step(decisions(kept, calls(57))))
                .isInstanceOf(BudgetSpentException.class)
                .hasMessage("the budget does not allow a further call: 0 of 57 calls are left");
        assertThat(agents.calls).isEqualTo(57);
        assertThat(decided(kept)).isEqualTo(57);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5})
    void shouldGoOnExactlyAfterTheBudgetWasRaised(int seed) {
        agents = agents(seed, 3);
        List<ModelBuyerDecision> uninterrupted = step(decisions(new Kept(), Budget.UNLIMITED));

        agents = agents(seed + 100, 3);
        assertThatThrownBy(() -> step(decisions(kept, calls(200)))).isInstanceOf(BudgetSpentException.class);
        List<DecisionRecord> before = List.copyOf(kept.all);
        long decidedBefore = decided(kept);
        long spentBefore = agents.calls;
        assertThat(spentBefore).isLessThanOrEqualTo(200);

        agents = agents(seed + 200, 3);
        ModelDecisions same = decisions(kept, calls(spentBefore));
        before.forEach(same::recall);
        assertThatThrownBy(() -> step(same)).isInstanceOf(BudgetSpentException.class);
        assertThat(agents.asked).as("nothing was left to ask for").isEmpty();

        ModelDecisions raised = decisions(kept, calls(2000));
        before.forEach(raised::recall);
        assertThat(step(raised)).usingRecursiveComparison().isEqualTo(uninterrupted);
        assertThat(agents.asked).as("no decision is asked for again").hasSize((int) (2 * BUYERS - decidedBefore));
        assertThat(raised.statistics().sum().decisions()).isEqualTo(2 * BUYERS);
        assertThat(raised.statistics().sum().calls()).isEqualTo(spentBefore + agents.calls);
    }

    @Test
    void shouldChargeTheCallsOfAnAgentThatWasLost() {
        ModelDecisions decisions = decisions(kept, calls(40));
        DecisionRecord plain = DecisionTestData.decision(DecisionTestData.price(1, 0), DecisionOutcome.MODEL, "");
        ModelAnswer answer = plain.answer();
        decisions.recall(new DecisionRecord(
                1,
                plain.kind(),
                0,
                plain.model(),
                new ModelAnswer(
                        answer.agent(),
                        answer.decision(),
                        answer.outcome(),
                        "",
                        new ModelReport(List.of(), "", "", "", false, 0, 0, 36)),
                0));
        assertThatThrownBy(() -> step(decisions)).isInstanceOf(BudgetSpentException.class);
        assertThat(agents.calls).isEqualTo(4);
    }

    @Test
    void shouldNotLetTheOrderOfAnswersChangeTheResult() {
        List<ModelBuyerDecision> first = step(decisions(kept, Budget.UNLIMITED));
        for (int seed = 2; seed < 12; seed++) {
            agents = agents(seed, 2);
            assertThat(step(decisions(new Kept(), Budget.UNLIMITED)))
                    .usingRecursiveComparison()
                    .isEqualTo(first);
        }
        assertThat(first).extracting(ModelBuyerDecision::buyer).isSorted().hasSize(BUYERS);
    }

    @Test
    void shouldKeepToWhatEachEndpointBears() {
        ModelAssignment two = new ModelAssignment(
                List.of(),
                List.of(
                        new BuyerCohort("few", DecisionTestData.numbers(60), DecisionTestData.model("few", 3)),
                        new BuyerCohort(
                                "many",
                                java.util.stream.IntStream.range(60, BUYERS).toArray(),
                                DecisionTestData.model("many", 20))),
                true);
        step(new ModelDecisions(two, agents, kept, kept, DecisionRules.DEFAULT));
        assertThat(agents.mostAtOnce).containsEntry("few", 3).containsEntry("many", 20);
    }

    @Test
    void shouldAskNothingMoreBeforeWhatWasDecidedIsOnTheDevice() {
        List<Integer> unflushed = new ArrayList<>();
        int[] left = {0};
        DecisionLog log = new DecisionLog() {
            @Override
            public void append(DecisionRecord decision) {
                left[0]++;
            }

            @Override
            public void asking(AskedQuestion question) {
                unflushed.add(left[0]);
            }

            @Override
            public void flush() {
                left[0] = 0;
            }
        };
        ModelSettings few = DecisionTestData.model("local", 7);
        step(new ModelDecisions(
                DecisionTestData.assignment(BUYERS, few), agents, log, RecordedDecisions.NONE, DecisionRules.DEFAULT));
        assertThat(unflushed).hasSize(2 * BUYERS).containsOnly(0);
        assertThat(agents.mostAtOnce).as("many at once none the less").containsEntry("local", 7);
    }

    @Test
    void shouldShowABuyerItsNewImpression() {
        step(decisions(kept, Budget.UNLIMITED));
        kept.all.stream()
                .filter(decision -> decision.kind() == DecisionKind.IMPRESSION)
                .forEach(decision -> {
                    var choice = agents.asked.stream()
                            .filter(question ->
                                    question.kind() == DecisionKind.CHOICE && question.subject() == decision.subject())
                            .map(org.interregnum.orchestrator.agent.ModelQuestion.Choice.class::cast)
                            .findFirst()
                            .orElseThrow();
                    assertThat(choice.impressions()[0])
                            .isEqualTo(((ModelDecision.OfImpression)
                                            decision.answer().decision())
                                    .impression());
                });
    }

    @Test
    void shouldStopAtTheSixthFallbackAndKeepWhatWasUnderWay() {
        agents.outcome = question -> question.subject() < 6 ? DecisionOutcome.FALLBACK : DecisionOutcome.MODEL;
        assertThatThrownBy(() -> step(decisions(kept, Budget.UNLIMITED)))
                .isInstanceOf(AgentFailureException.class)
                .hasMessageStartingWith("6 of the last 100 decisions fell back");
        assertThat(kept.all).hasSameSizeAs(agents.asked);

        agents = agents(1, 1);
        agents.outcome = question -> question.subject() < 5 && question.kind() == DecisionKind.CHOICE
                ? DecisionOutcome.FALLBACK
                : DecisionOutcome.MODEL;
        assertThat(step(decisions(new Kept(), Budget.UNLIMITED))).hasSize(BUYERS);
    }

    @Test
    void shouldKeepEverythingAsItIsWhenAModelDoesNotDecide() {
        agents.outcome = question -> DecisionOutcome.FALLBACK;
        List<ModelBuyerDecision> held = step(new ModelDecisions(
                DecisionTestData.assignment(BUYERS, MODEL),
                agents,
                kept,
                kept,
                new DecisionRules(FailurePolicy.HOLD, 1, Budget.UNLIMITED)));
        assertThat(held).allSatisfy(decision -> {
            assertThat(decision.choice()).isZero();
            assertThat(decision.impression().name()).isEqualTo("NEUTRAL");
        });
    }

    @Test
    void shouldStopAtTheFirstFallbackWhenToldTo() {
        agents.outcome = question -> question.subject() == 40 ? DecisionOutcome.FALLBACK : DecisionOutcome.MODEL;
        ModelDecisions strict = new ModelDecisions(
                DecisionTestData.assignment(BUYERS, MODEL),
                agents,
                kept,
                kept,
                new DecisionRules(FailurePolicy.STOP, 1, Budget.UNLIMITED));
        assertThatThrownBy(() -> step(strict)).hasMessageContaining("buyer 40 at step 1 (model fake-local) did not");
        assertThat(kept.all).hasSameSizeAs(agents.asked);
    }

    @Test
    void shouldEndAfterARefusalWhenThoseUnderWayAreKept() {
        agents.outcome = question -> question.subject() == 40 ? DecisionOutcome.UNDECIDED : DecisionOutcome.MODEL;
        assertThatThrownBy(() -> step(decisions(kept, Budget.UNLIMITED)))
                .isInstanceOf(AgentFailureException.class)
                .hasMessageContaining("buyer 40");
        assertThat(kept.all).hasSameSizeAs(agents.asked).hasSizeLessThan(2 * BUYERS);
    }

    @Test
    void shouldKeepWhatLandedWhenAnAgentFails() {
        agents.failure = question -> question.subject() == 40 ? new AgentFailureException("buyer agent: gone") : null;
        assertThatThrownBy(() -> step(decisions(kept, Budget.UNLIMITED))).hasMessage("buyer agent: gone");
        assertThat(kept.all).hasSameSizeAs(agents.asked);
        assertThat(kept.all)
                .filteredOn(decision -> decision.answer().outcome() == DecisionOutcome.UNDECIDED)
                .singleElement()
                .satisfies(decision -> {
                    assertThat(decision.subject()).isEqualTo(40);
                    assertThat(decision.answer().reason()).isEqualTo("buyer agent: gone");
                });

        agents.failure = question -> new IllegalStateException("a fault");
        assertThatThrownBy(() -> step(decisions(new Kept(), Budget.UNLIMITED)))
                .isInstanceOf(AgentFailureException.class)
                .hasMessageContaining("a fault");
    }

    @Test
    void shouldDecideOneQuestion() {
        DecisionRecord decision = decisions(kept, Budget.UNLIMITED).decide(DecisionTestData.price(3, 1), MODEL);
        assertThat(decision.answer().decision()).isEqualTo(FakeModelAgents.decision(DecisionTestData.price(3, 1)));
        assertThat(kept.all).containsExactly(decision);
        assertThat(decision.cost()).isPositive();
        assertThat(decisions(kept, Budget.UNLIMITED).decide(DecisionTestData.price(3, 1), MODEL))
                .isSameAs(decision);
        assertThat(agents.asked).hasSize(1);
    }

    @Test
    void shouldStopWithinSecondsAlthoughAnswersNeverCome() throws Exception {
        agents.answers = false;
        ModelDecisions decisions = decisions(kept, Budget.UNLIMITED);
        CompletableFuture<Throwable> end = CompletableFuture.supplyAsync(() -> catchThrowable(() -> step(decisions)));
        TimeUnit.MILLISECONDS.sleep(100);
        long before = System.nanoTime();
        decisions.stop();
        assertThat(end.get(20, TimeUnit.SECONDS)).isInstanceOf(StopRequestedException.class);
        assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(8));
        assertThat(kept.all)
                .as("what was asked is accounted for")
                .hasSameSizeAs(agents.asked)
                .allMatch(decision -> decision.answer().outcome() == DecisionOutcome.UNDECIDED);
    }

    @Test
    void shouldChargeWhatAProcessBeforeWasAskingWhenItEnded() {
        ModelDecisions first = decisions(kept, Budget.UNLIMITED);
        DecisionRecord answered = first.decide(DecisionTestData.price(1, 0), MODEL);
        Kept again = new Kept();
        ModelDecisions resumed = decisions(again, new Budget(10, Long.MAX_VALUE, Double.POSITIVE_INFINITY));
        Allowance allowance = new Allowance(6, Long.MAX_VALUE, Double.POSITIVE_INFINITY);
        resumed.recall(answered);
        resumed.recall(new AskedQuestion(1, DecisionKind.PRICE, 0, allowance));
        resumed.recall(new AskedQuestion(1, DecisionKind.CHOICE, 5, allowance));

        assertThat(again.all).singleElement().satisfies(lost -> {
            assertThat(lost.kind()).isEqualTo(DecisionKind.CHOICE);
            assertThat(lost.subject()).isEqualTo(5);
            assertThat(lost.answer().outcome()).isEqualTo(DecisionOutcome.UNDECIDED);
            assertThat(lost.answer().report().lostCalls()).isEqualTo(6);
        });
        int before = agents.asked.size();
        assertThatThrownBy(() -> step(resumed)).isInstanceOf(BudgetSpentException.class);
        // Of 10 calls one was made and 6 may have been, so 3 are left.
        assertThat(agents.asked.size() - before).isBetween(1, 3);
        assertThat(again.all.stream()
                        .mapToLong(decision -> decision.answer().report().chargedCalls())
                        .sum())
                .isLessThanOrEqualTo(10 - 1);
    }

    @Test
    void shouldChargeTheModelThatWasAssignedWhenTheProcessBeforeEnded() {
        ModelDecisions decisions = new ModelDecisions(
                new ModelAssignment(List.of(), List.of(), true), agents, kept, kept, DecisionRules.DEFAULT);
        decisions.assign(new ModelAssignment(
                List.of(new SellerRange(0, 1, DecisionTestData.model("later", 1), Information.RESEARCH)),
                List.of(new BuyerCohort("all", DecisionTestData.numbers(7), MODEL)),
                true));
        Allowance allowance = new Allowance(6, Long.MAX_VALUE, Double.POSITIVE_INFINITY);

        decisions.recall(new AskedQuestion(1, DecisionKind.PRICE, 1, allowance));
        decisions.recall(new AskedQuestion(1, DecisionKind.CHOICE, 5, allowance));

        assertThat(kept.all)
                .extracting(lost -> lost.model().endpoint(), DecisionRecord::subject)
                .containsExactly(tuple("later", 1), tuple("local", 5));
    }

    @Test
    void shouldKeepWhatIsUnderWayWhenItIsStopped() {
        ModelDecisions decisions = decisions(kept, Budget.UNLIMITED);
        agents.outcome = question -> {
            decisions.stop();
            return DecisionOutcome.MODEL;
        };
        assertThatThrownBy(() -> step(decisions)).isInstanceOf(StopRequestedException.class);
        assertThat(kept.all).hasSameSizeAs(agents.asked).hasSizeLessThan(2 * BUYERS);
    }

    private FakeModelAgents agents(long seed, int mostCalls) {
        FakeModelAgents made = new FakeModelAgents(seed, mostCalls);
        opened.add(made);
        return made;
    }

    private ModelDecisions decisions(Kept record, Budget budget) {
        return new ModelDecisions(
                DecisionTestData.assignment(BUYERS, MODEL),
                agents,
                record,
                record,
                new DecisionRules(FailurePolicy.HOLD, 0.05, budget));
    }

    private static List<ModelBuyerDecision> step(ModelDecisions decisions) {
        return decisions.decide(1, DecisionTestData.numbers(BUYERS), DecisionTestData.state(BUYERS), PRICES);
    }

    private static Budget calls(long calls) {
        return new Budget(calls, Long.MAX_VALUE, Double.POSITIVE_INFINITY);
    }

    private static long decided(Kept record) {
        return record.all.stream()
                .filter(decision -> decision.answer().outcome() != DecisionOutcome.UNDECIDED)
                .count();
    }

    private static long calls(Kept record) {
        return record.all.stream()
                .mapToLong(decision -> decision.answer().report().calls().size())
                .sum();
    }
}
