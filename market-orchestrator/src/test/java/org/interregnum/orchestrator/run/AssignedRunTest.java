package org.interregnum.orchestrator.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.interregnum.orchestrator.agent.AgentAssignment;
import org.interregnum.orchestrator.agent.AgentFailureException;
import org.interregnum.orchestrator.agent.AgentProfile;
import org.interregnum.orchestrator.agent.AssignedAgent;
import org.interregnum.orchestrator.agent.BuyerAgents;
import org.interregnum.orchestrator.agent.BuyerGroup;
import org.interregnum.orchestrator.agent.ChoiceQuestion;
import org.interregnum.orchestrator.agent.Decider;
import org.interregnum.orchestrator.agent.DecisionOutcome;
import org.interregnum.orchestrator.agent.Information;
import org.interregnum.orchestrator.agent.ModelAgents;
import org.interregnum.orchestrator.agent.ModelAnswer;
import org.interregnum.orchestrator.agent.ModelAssignment;
import org.interregnum.orchestrator.agent.ModelProvider;
import org.interregnum.orchestrator.agent.ModelReport;
import org.interregnum.orchestrator.agent.ModelSettings;
import org.interregnum.orchestrator.agent.OnAgentFailure;
import org.interregnum.orchestrator.agent.PriceDecision;
import org.interregnum.orchestrator.agent.PricingQuestion;
import org.interregnum.orchestrator.agent.SellerAgents;
import org.interregnum.orchestrator.agent.SellerGroup;
import org.interregnum.orchestrator.agent.StructuredOutput;
import org.interregnum.orchestrator.decision.DecisionLog;
import org.interregnum.orchestrator.decision.DecisionRules;
import org.interregnum.orchestrator.decision.ModelDecisions;
import org.interregnum.orchestrator.decision.RecordedDecisions;
import org.interregnum.orchestrator.event.AgentsAssigned;
import org.interregnum.orchestrator.event.EventLogException;
import org.interregnum.orchestrator.event.MarketChange;
import org.interregnum.orchestrator.event.MarketEvent;
import org.interregnum.orchestrator.event.RunEnded;
import org.interregnum.orchestrator.event.RunStatus;
import org.interregnum.orchestrator.event.StepTaken;
import org.interregnum.orchestrator.model.MarketParameters;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Agents that are assigned while a run goes on. */
class AssignedRunTest {
    /** With noise, so that a normal deviate that is drawn once too often or too seldom moves the trajectory. */
    private static final MarketParameters MARKET = new MarketParameters(50, 3, 1, 0.8, 0.5, 1, 0, 0.25, 0.3, 0.7);

    private static final String GOOD = "good:1";
    private static final String BAD = "bad:1";

    private final EventList log = new EventList();
    private final List<MarketEvent> events = log.events;
    private final Map<Long, Queue<AssignmentChange>> wanted = new TreeMap<>();
    private final List<RuntimeException> refusals = new ArrayList<>();
    private long failingFrom = 10;

    /** Everybody who is no model asks for what the draws say; the agent called bad fails from some step on. */
    private final class Sellers implements SellerAgents {
        private AgentAssignment assignment = AgentAssignment.of(ModelAssignment.NONE);

        @Override
        public void assign(AgentAssignment next) {
            assignment = next;
        }

        @Override
        public PriceDecision decidePrice(PricingQuestion question) {
            String address = assignment
                    .ofSeller(question.seller())
                    .map(group -> group.agent().address())
                    .orElse("");
            if (address.equals(BAD) && question.step() >= failingFrom) {
                throw new AgentFailureException("it is bad", null, BAD);
            }
            return new PriceDecision(
                    Math.max(0, 1 + question.priceNoise()),
                    new Decider(address, "1", "rule", DecisionOutcome.RULE, ""));
        }
    }

    private static final class Buyers implements BuyerAgents {
        @Override
        public void assign(AgentAssignment next) {}

        @Override
        public Decider choose(ChoiceQuestion question, int[] choices) {
            for (int index = 0; index < question.count(); index++) {
                choices[index] = (int) ((question.buyers()[index] + question.step()) % 3);
            }
            return new Decider("own", "1", "rule", DecisionOutcome.RULE, "");
        }
    }

    /** Models keep everything as it is; those at the bad address fail. */
    private final ModelAgents models =
            (question, model, allowance) -> model.agent().equals(BAD) && question.step() >= failingFrom
                    ? CompletableFuture.failedFuture(new AgentFailureException("it is bad", null, BAD))
                    : CompletableFuture.completedFuture(new ModelAnswer(
                            new AgentProfile("asking", "1", "llm"),
                            question.hold(),
                            DecisionOutcome.MODEL,
                            "",
                            new ModelReport(List.of(), "plain", "", "", false, 0, 0)));

    private static ModelSettings model(String address) {
        return new ModelSettings(
                address,
                "local",
                ModelProvider.OPENAI,
                "http://localhost:1/v1",
                "model",
                null,
                StructuredOutput.NONE,
                "plain",
                100,
                8,
                ModelSettings.ANY_PACE,
                Duration.ofSeconds(1),
                Duration.ofSeconds(1),
                Double.NaN,
                Double.NaN);
    }

    private static AssignedAgent rule(String address) {
        return AssignedAgent.ofRule(address.replace(":1", ""), address, "rule");
    }

    private static AssignedAgent asking(String address) {
        return new AssignedAgent(
                address.replace(":1", ""), address, "llm", Optional.of(model(address)), Information.RESEARCH);
    }

    private record Change(
            AssignedAgent who, OnAgentFailure onFailure, boolean ofSellers, List<RuntimeException> refusals)
            implements AssignmentChange {
        @Override
        public String agent() {
            return who.name();
        }

        @Override
        public AgentAssignment apply(AgentAssignment before, long since) {
            return ofSellers
                    ? before.withSellers(new SellerGroup(0, 2, who, since))
                    : before.withBuyers(
                            new BuyerGroup("all", IntStream.range(0, 50).toArray(), who, since));
        }

        @Override
        public void made(AgentsAssigned event) {
            assertThat(event.agent()).isEqualTo(who.name());
        }

        @Override
        public void refused(RuntimeException reason) {
            refusals.add(reason);
        }
    }

    private void assign(long beforeStep, AssignedAgent agent, OnAgentFailure onFailure, boolean ofSellers) {
        wanted.computeIfAbsent(beforeStep, step -> new ArrayDeque<>())
                .add(new Change(agent, onFailure, ofSellers, refusals));
    }

    private List<StepTaken> steps() {
        return events.stream()
                .filter(StepTaken.class::isInstance)
                .map(StepTaken.class::cast)
                .toList();
    }

    private List<AgentsAssigned> assignments() {
        return events.stream()
                .filter(AgentsAssigned.class::isInstance)
                .map(AgentsAssigned.class::cast)
                .toList();
    }

    private RunLoop loop(String generator, List<MarketChange> changes, long end) {
        RunSpec spec = new RunSpec(MARKET, 31, 42, generator, 0.25);
        RunCourse course = new RunCourse(
                spec,
                changes,
                changes.isEmpty()
                        ? spec
                        : spec.withModels(changes.get(changes.size() - 1).models()));
        RunLoop[] made = new RunLoop[1];
        long[] next = {1 + steps().size()};
        StepGate gate = () -> {
            Queue<AssignmentChange> due = wanted.getOrDefault(next[0], new ArrayDeque<>());
            if (!due.isEmpty()) {
                return Optional.of(due.remove());
            }
            if (next[0]++ == end) {
                made[0].stop("for the test");
            }
            return Optional.empty();
        };
        made[0] = new RunLoop(
                "a",
                "1",
                course,
                new Sellers(),
                new Buyers(),
                Optional.of(new ModelDecisions(
                        ModelAssignment.NONE, models, DecisionLog.NONE, RecordedDecisions.NONE, DecisionRules.DEFAULT)),
                log,
                RunListener.NONE,
                gate);
        return made[0];
    }

    private RunResult run(String generator) {
        return loop(generator, List.of(), 0).run();
    }

    /** Everything that follows from the draws, a line a step. */
    private List<String> trajectory() {
        return steps().stream()
                .map(step -> step.step() + ": " + step.seller() + " " + Double.toHexString(step.newPrice()) + " "
                        + Arrays.toString(step.activeBuyers()))
                .toList();
    }

    private List<String> trajectoryOf(Runnable assignments, String generator) {
        events.clear();
        wanted.clear();
        assignments.run();
        assertThat(run(generator).status()).isEqualTo(RunStatus.FINISHED);
        return trajectory();
    }

    @Test
    void shouldSayInTheLogWhoDecidesAndAscribeEachStepToThatOne() {
        assign(5, rule(GOOD), OnAgentFailure.STOP, true);
        assign(20, rule("third:1"), OnAgentFailure.STOP, true);

        assertThat(run("numpy").status()).isEqualTo(RunStatus.FINISHED);

        assertThat(assignments()).extracting(AgentsAssigned::step).containsExactly(4L, 19L);
        assertThat(assignments().get(0).assignment().sellers()).containsExactly(new SellerGroup(0, 2, rule(GOOD), 5));
        for (StepTaken step : steps()) {
            assertThat(step.priceDecider().agent())
                    .isEqualTo(step.step() < 5 ? "" : step.step() < 20 ? GOOD : "third:1");
        }
    }

    @Test
    void shouldTellWhoeverAssignsThatTheLogCouldNotKeepIt() {
        assign(5, rule(GOOD), OnAgentFailure.STOP, true);
        log.failure = new EventLogException("the disk is full");

        RunResult result = run("numpy");

        assertThat(result.logFailed()).isTrue();
        assertThat(refusals).containsExactly(log.failure);
    }

    @ParameterizedTest
    @ValueSource(strings = {"numpy", "philox"})
    void shouldDrawTheSameWhoeverDecidesByARule(String generator) {
        List<String> undisturbed = trajectoryOf(() -> {}, generator);

        assertThat(trajectoryOf(() -> assign(7, rule(GOOD), OnAgentFailure.PREVIOUS, true), generator))
                .isEqualTo(undisturbed);
    }

    @ParameterizedTest
    @ValueSource(strings = {"numpy", "philox"})
    void shouldTakeTheSameStepWithTheSameDrawsWhenARuleFails(String generator) {
        List<String> undisturbed = trajectoryOf(() -> {}, generator);

        assertThat(trajectoryOf(() -> assign(7, rule(BAD), OnAgentFailure.PREVIOUS, true), generator))
                .isEqualTo(undisturbed);
        assertThat(assignments()).extracting(AgentsAssigned::step).containsExactly(6L, 9L);
        assertThat(assignments().get(1).cause()).isEqualTo(AgentsAssigned.Cause.FAILURE);
        assertThat(assignments().get(1).reason()).isEqualTo("it is bad");
        assertThat(assignments().get(1).agent()).isEqualTo("bad");
        assertThat(assignments().get(1).assignment().sellers()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"numpy", "philox"})
    void shouldDrawTheNoiseOfARuleThatComesBackForAModel(String generator) {
        failingFrom = 0;
        List<String> undisturbed = trajectoryOf(() -> {}, generator);

        assertThat(trajectoryOf(() -> assign(7, asking(BAD), OnAgentFailure.PREVIOUS, true), generator))
                .isEqualTo(undisturbed);
    }

    @ParameterizedTest
    @ValueSource(strings = {"numpy", "philox"})
    void shouldNotDrawTheNoiseForAModelThatComesBackForARule(String generator) {
        List<String> undisturbed = trajectoryOf(() -> assign(3, asking(GOOD), OnAgentFailure.STOP, true), generator);

        failingFrom = 0;
        assertThat(trajectoryOf(
                        () -> {
                            assign(3, asking(GOOD), OnAgentFailure.STOP, true);
                            assign(12, rule(BAD), OnAgentFailure.PREVIOUS, true);
                        },
                        generator))
                .isEqualTo(undisturbed);
        assertThat(steps().get(20).priceDecider().model()).isEqualTo("model");
    }

    @Test
    void shouldGoBackStepByStepThroughAllThatMayBeGivenUp() {
        failingFrom = 15;
        assign(3, asking(GOOD), OnAgentFailure.STOP, true);
        assign(6, rule(BAD), OnAgentFailure.PREVIOUS, true);
        assign(9, asking(BAD), OnAgentFailure.PREVIOUS, true);

        assertThat(run("numpy").status()).isEqualTo(RunStatus.FINISHED);

        assertThat(assignments())
                .extracting(AgentsAssigned::step, AgentsAssigned::agent, AgentsAssigned::cause)
                .containsExactly(
                        tuple(2L, "good", AgentsAssigned.Cause.REQUEST),
                        tuple(5L, "bad", AgentsAssigned.Cause.REQUEST),
                        tuple(8L, "bad", AgentsAssigned.Cause.REQUEST),
                        tuple(14L, "bad", AgentsAssigned.Cause.FAILURE),
                        tuple(14L, "bad", AgentsAssigned.Cause.FAILURE));
        assertThat(assignments().get(4).assignment().sellers())
                .containsExactly(new SellerGroup(0, 2, asking(GOOD), 15));
    }

    @Test
    void shouldStopWhenAnAgentFailsThatIsNotToBeGivenUp() {
        assign(7, rule(BAD), OnAgentFailure.STOP, true);

        RunResult result = run("numpy");

        assertThat(result.status()).isEqualTo(RunStatus.FAILED);
        assertThat(result.reason()).isEqualTo("it is bad");
        assertThat(steps()).hasSize(9);
    }

    @Test
    void shouldNotGiveUpAnAgentBecauseAnotherOneFails() {
        assign(5, rule(BAD), OnAgentFailure.STOP, true);
        assign(7, asking(GOOD), OnAgentFailure.PREVIOUS, false);

        assertThat(run("numpy").status()).isEqualTo(RunStatus.FAILED);

        assertThat(assignments()).hasSize(2);
    }

    /** Cut off behind each event in turn, the run goes on to the same end. */
    @Test
    void shouldGoOnFromAnyEventWithTheSameBits() {
        failingFrom = 15;
        Runnable all = () -> {
            assign(4, asking(GOOD), OnAgentFailure.STOP, true);
            assign(6, asking(GOOD), OnAgentFailure.PREVIOUS, false);
            assign(9, rule(BAD), OnAgentFailure.PREVIOUS, true);
            assign(22, rule(GOOD), OnAgentFailure.PREVIOUS, true);
        };
        List<String> whole = trajectoryOf(all, "numpy");
        List<MarketEvent> wholeEvents = List.copyOf(events);

        for (int kept = 3; kept < wholeEvents.size() - 1; kept++) {
            List<MarketEvent> before = List.copyOf(wholeEvents.subList(0, kept));
            events.clear();
            wanted.clear();
            all.run();
            // Those that the log has are not asked for again.
            List<MarketChange> changes = new ArrayList<>();
            before.stream()
                    .filter(MarketChange.class::isInstance)
                    .map(MarketChange.class::cast)
                    .forEach(change -> {
                        changes.add(change);
                        wanted.getOrDefault(change.step() + 1, new ArrayDeque<>())
                                .poll();
                    });
            events.addAll(before);
            RunLoop loop = loop("numpy", changes, 0);
            before.forEach(loop::recall);

            assertThat(loop.run().status()).as("behind event " + kept).isEqualTo(RunStatus.FINISHED);

            assertThat(trajectory()).as("behind event " + kept).isEqualTo(whole);
            assertThat(assignments()).hasSize(5);
            assertThat(events).last().isInstanceOf(RunEnded.class);
        }
    }
}
