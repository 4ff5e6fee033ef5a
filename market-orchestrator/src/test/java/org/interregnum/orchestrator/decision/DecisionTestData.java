package org.interregnum.orchestrator.decision;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.interregnum.orchestrator.agent.AgentProfile;
import org.interregnum.orchestrator.agent.BuyerCohort;
import org.interregnum.orchestrator.agent.ChatText;
import org.interregnum.orchestrator.agent.DecisionOutcome;
import org.interregnum.orchestrator.agent.DecisionRecord;
import org.interregnum.orchestrator.agent.Information;
import org.interregnum.orchestrator.agent.ModelAnswer;
import org.interregnum.orchestrator.agent.ModelAssignment;
import org.interregnum.orchestrator.agent.ModelCall;
import org.interregnum.orchestrator.agent.ModelProvider;
import org.interregnum.orchestrator.agent.ModelQuestion;
import org.interregnum.orchestrator.agent.ModelReport;
import org.interregnum.orchestrator.agent.ModelSettings;
import org.interregnum.orchestrator.agent.StructuredOutput;
import org.interregnum.orchestrator.model.MarketParameters;
import org.interregnum.orchestrator.model.MarketState;
import org.interregnum.orchestrator.model.PricePremiums;

/** Models, questions and answers for tests, all of them valid. */
public final class DecisionTestData {
    static final AgentProfile AGENT = new AgentProfile("fake", "7", "llm");
    static final int SELLERS = 3;

    private DecisionTestData() {}

    /** A model at an endpoint that bears so many calls at once; a token costs a thousandth. */
    public static ModelSettings model(String endpoint, int callsInFlight) {
        return model(endpoint, callsInFlight, ModelSettings.ANY_PACE);
    }

    /** The same at an endpoint that bears so many calls a minute. */
    static ModelSettings model(String endpoint, int callsInFlight, int callsPerMinute) {
        return new ModelSettings(
                "",
                endpoint,
                ModelProvider.OPENAI,
                "http://localhost/" + endpoint,
                "fake-" + endpoint,
                null,
                StructuredOutput.JSON_SCHEMA,
                "plain",
                1000,
                callsInFlight,
                callsPerMinute,
                Duration.ofSeconds(60),
                Duration.ofMinutes(3),
                1000,
                1000);
    }

    static ModelQuestion.Price price(long step, int seller) {
        return new ModelQuestion.Price(
                step,
                seller,
                new double[] {0.1, 0.2, 0.3},
                new double[SELLERS],
                new PricePremiums(new double[0], 0),
                0,
                0.1,
                Information.RESEARCH);
    }

    /** Everybody buys from seller 0 before the first step. */
    static MarketState state(int buyers) {
        return new MarketState(MarketParameters.of(1, 0.8, buyers, SELLERS), numbers(buyers));
    }

    /** All buyers are one model. */
    static ModelAssignment assignment(int buyers, ModelSettings model) {
        return new ModelAssignment(List.of(), List.of(new BuyerCohort("all", numbers(buyers), model)), true);
    }

    static int[] numbers(int count) {
        return IntStream.range(0, count).toArray();
    }

    static ModelCall call(String prompt, long inputTokens, long outputTokens, long latencyNanos) {
        return new ModelCall(
                false,
                List.of(new ChatText("user", prompt)),
                "{}",
                null,
                200,
                "fake-1",
                inputTokens,
                outputTokens,
                latencyNanos);
    }

    static DecisionRecord decision(ModelQuestion question, DecisionOutcome outcome, String reason, ModelCall... calls) {
        ModelReport report = new ModelReport(List.of(calls), "plain", "00", "", false, 0, 0);
        return new DecisionRecord(
                question.step(),
                question.kind(),
                question.subject(),
                model("local", 1),
                new ModelAnswer(AGENT, question.hold(), outcome, reason, report),
                0);
    }

    /** Decisions as a log keeps them, to be found again. */
    static final class Kept implements DecisionLog, RecordedDecisions {
        final List<DecisionRecord> all = new ArrayList<>();

        @Override
        public void append(DecisionRecord decision) {
            all.add(decision);
        }

        @Override
        public Optional<DecisionRecord> find(
                long step, org.interregnum.orchestrator.agent.DecisionKind kind, int subject, ModelSettings model) {
            return all.stream()
                    .filter(decision -> decision.answer().outcome() != DecisionOutcome.UNDECIDED
                            && decision.step() == step
                            && decision.kind() == kind
                            && decision.subject() == subject)
                    .findFirst();
        }
    }
}
