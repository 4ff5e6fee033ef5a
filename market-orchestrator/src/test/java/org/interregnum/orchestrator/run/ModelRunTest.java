package org.interregnum.orchestrator.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.interregnum.orchestrator.agent.BuyerAgents;
import org.interregnum.orchestrator.agent.BuyerCohort;
import org.interregnum.orchestrator.agent.Decider;
import org.interregnum.orchestrator.agent.DecisionOutcome;
import org.interregnum.orchestrator.agent.DecisionRecord;
import org.interregnum.orchestrator.agent.Information;
import org.interregnum.orchestrator.agent.ModelAssignment;
import org.interregnum.orchestrator.agent.ModelQuestion;
import org.interregnum.orchestrator.agent.ModelSettings;
import org.interregnum.orchestrator.agent.PriceDecision;
import org.interregnum.orchestrator.agent.SellerAgents;
import org.interregnum.orchestrator.agent.SellerRange;
import org.interregnum.orchestrator.decision.Budget;
import org.interregnum.orchestrator.decision.DecisionLog;
import org.interregnum.orchestrator.decision.DecisionRules;
import org.interregnum.orchestrator.decision.DecisionTestData;
import org.interregnum.orchestrator.decision.FailurePolicy;
import org.interregnum.orchestrator.decision.FakeModelAgents;
import org.interregnum.orchestrator.decision.ModelDecisions;
import org.interregnum.orchestrator.decision.RecordedDecisions;
import org.interregnum.orchestrator.event.MarketEvent;
import org.interregnum.orchestrator.event.MarketHistory;
import org.interregnum.orchestrator.event.RunEnded;
import org.interregnum.orchestrator.event.RunStatus;
import org.interregnum.orchestrator.event.StepTaken;
import org.interregnum.orchestrator.model.MarketParameters;
import org.interregnum.orchestrator.model.MarketState;
import org.interregnum.orchestrator.random.Generators;
import org.interregnum.orchestrator.random.MarketRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Runs in which seller 0 and every third buyer are models. */
@Timeout(60)
class ModelRunTest {
    private static final MarketParameters MARKET = MarketParameters.of(1, 0.8, 30, 3);
    private static final ModelSettings MODEL = DecisionTestData.model("local", 8);
    private static final int[] MODEL_BUYERS =
            IntStream.range(0, 10).map(i -> 3 * i).toArray();
    private static final Decider RULE = new Decider("test", "1", "rule", DecisionOutcome.RULE, "");
    private static final SellerAgents SELLERS = question -> new PriceDecision(question.step() / 100.0, RULE);
    private static final BuyerAgents BUYERS = (question, choices) -> {
        for (int i = 0; i < question.count(); i++) {
            choices[i] = (int) ((question.buyers()[i] + question.step()) % 3);
        }
        return RULE;
    };

    private final EventList eventLog = new EventList();
    private final List<MarketEvent> events = eventLog.events;
    private final List<DecisionRecord> decisions = new ArrayList<>();
    private final FakeModelAgents agents = new FakeModelAgents(5, 1);

    @Test
    void shouldAskModelBuyersWhenTheyAreDrawnOrInEveryStep() {
        run(false, Budget.UNLIMITED, List.of(), List.of());
        for (StepTaken step : steps()) {
            assertThat(askedToChoose(step.step()))
                    .isEqualTo(Arrays.stream(step.activeBuyers())
                            .filter(buyer -> buyer % 3 == 0)
                            .boxed()
                            .toList());
        }
        events.clear();
        agents.asked.clear();
        decisions.clear();
        run(true, Budget.UNLIMITED, List.of(), List.of());
        for (StepTaken step : steps()) {
            assertThat(askedToChoose(step.step())).hasSize(10);
        }
    }

    @Test
    void shouldDrawTheNoiseOfSellersThatFollowTheRuleAlone() {
        run(false, Budget.UNLIMITED, List.of(), List.of());
        MarketRandom random = Generators.create("numpy", 42);
        random.preferences(30, 3, 0.5, 1);
        int[] into = new int[30];
        int byRule = 0;
        for (StepTaken step : steps()) {
            random.beginStep(step.step());
            assertThat(random.seller(3)).isEqualTo(step.seller());
            int count = random.active(MARKET.activityProbability(), 30, into);
            assertThat(step.activeBuyers()).isEqualTo(Arrays.copyOf(into, count));
            random.seen(1, 30, into);
            boolean isRule = step.priceDecider().outcome() == DecisionOutcome.RULE;
            assertThat(isRule).isEqualTo(step.seller() != 0);
            if (isRule) {
                random.normal();
                byRule++;
            }
        }
        assertThat(byRule).isBetween(1, steps().size() - 1);
    }

    @Test
    void shouldApplyAnImpressionToTheSellerThatWasBoughtFromBefore() {
        run(true, Budget.UNLIMITED, List.of(), List.of());
        MarketState state = new MarketState(MARKET, MODEL_BUYERS);
        int moved = 0;
        for (MarketEvent event : events) {
            int[] before = state.choices().clone();
            MarketHistory.apply(state, event);
            if (event instanceof StepTaken step) {
                int[] buyers = step.modelBuyers().impressionBuyers();
                for (int i = 0; i < buyers.length; i++) {
                    assertThat(state.impressions().of(buyers[i], before[buyers[i]]))
                            .isEqualTo(step.modelBuyers().newImpressions()[i]);
                    moved += before[buyers[i]] == state.choices()[buyers[i]] ? 0 : 1;
                }
            }
        }
        assertThat(moved).as("buyers that thought anew of a seller and left it").isPositive();
    }

    @Test
    void shouldBeAfterAResumptionWhatItWouldHaveBeen() {
        RunResult whole = run(true, Budget.UNLIMITED, List.of(), List.of());
        List<MarketEvent> wholeEvents = List.copyOf(events);
        int wholeAsked = agents.asked.size();
        for (int budget : new int[] {1, 5, 40, 133, 200, 201}) {
            events.clear();
            decisions.clear();
            agents.asked.clear();
            RunResult part =
                    run(true, new Budget(budget, Long.MAX_VALUE, Double.POSITIVE_INFINITY), List.of(), List.of());
            assertThat(part.status()).isEqualTo(RunStatus.BUDGET_SPENT);
            assertThat(events.get(events.size() - 1)).isInstanceOf(RunEnded.class);
            events.remove(events.size() - 1);

            RunResult rest = run(true, Budget.UNLIMITED, List.copyOf(events), List.copyOf(decisions));

            assertThat(rest.status()).isEqualTo(RunStatus.FINISHED);
            assertThat(events).usingRecursiveComparison().isEqualTo(wholeEvents);
            assertThat(rest.series().shares()).isEqualTo(whole.series().shares());
            assertThat(rest.series().prices()).isEqualTo(whole.series().prices());
            assertThat(agents.asked).as("no question twice").hasSize(wholeAsked);
        }
    }

    private List<StepTaken> steps() {
        return events.stream()
                .filter(StepTaken.class::isInstance)
                .map(StepTaken.class::cast)
                .toList();
    }

    private List<Integer> askedToChoose(long step) {
        return agents.asked.stream()
                .filter(question -> question.step() == step && question instanceof ModelQuestion.Choice)
                .map(ModelQuestion::subject)
                .sorted()
                .toList();
    }

    private RunResult run(
            boolean everyStep, Budget budget, List<MarketEvent> before, List<DecisionRecord> decisionsBefore) {
        ModelAssignment assignment = new ModelAssignment(
                List.of(new SellerRange(0, 0, MODEL, Information.RESEARCH)),
                List.of(new BuyerCohort("some", MODEL_BUYERS, MODEL)),
                everyStep);
        DecisionLog log = decisions::add;
        RecordedDecisions recorded = (step, kind, subject, model) -> decisionsBefore.stream()
                .filter(decision -> decision.answer().outcome() != DecisionOutcome.UNDECIDED
                        && decision.step() == step
                        && decision.kind() == kind
                        && decision.subject() == subject)
                .findFirst();
        ModelDecisions models = new ModelDecisions(
                assignment, agents, log, recorded, new DecisionRules(FailurePolicy.HOLD, 0.05, budget));
        decisionsBefore.forEach(models::recall);
        RunSpec spec = new RunSpec(MARKET, 21, 42, "numpy", 0.25, assignment);
        RunLoop loop = new RunLoop("a", "1", spec, SELLERS, BUYERS, Optional.of(models), eventLog, RunListener.NONE);
        before.forEach(loop::recall);
        return loop.run();
    }
}
