package org.interregnum.orchestrator.adapter.grpc;

import io.grpc.stub.StreamObserver;
import java.time.Duration;
import java.util.function.BiConsumer;
import org.interregnum.agent.v1.ChatText;
import org.interregnum.agent.v1.ChooseSellerRequest;
import org.interregnum.agent.v1.ChooseSellerResponse;
import org.interregnum.agent.v1.DecidePriceRequest;
import org.interregnum.agent.v1.DecidePriceResponse;
import org.interregnum.agent.v1.DecisionOutcome;
import org.interregnum.agent.v1.ModelCall;
import org.interregnum.agent.v1.ModelReport;
import org.interregnum.orchestrator.agent.Information;
import org.interregnum.orchestrator.agent.ModelProvider;
import org.interregnum.orchestrator.agent.ModelQuestion;
import org.interregnum.orchestrator.agent.ModelSettings;
import org.interregnum.orchestrator.agent.StructuredOutput;
import org.interregnum.orchestrator.model.Impression;
import org.interregnum.orchestrator.model.PricePremiums;

/** Questions to models and sound answers, for tests. */
final class ModelTestQuestions {
    static final ModelReport REPORT = ModelReport.newBuilder()
            .addCalls(ModelCall.newBuilder()
                    .addMessages(ChatText.newBuilder().setRole("user").setContent("Price?"))
                    .setFailure("time-out")
                    .setLatencyNanos(9))
            .addCalls(ModelCall.newBuilder()
                    .setIsRepair(true)
                    .addMessages(ChatText.newBuilder().setRole("user").setContent("Price!"))
                    .setAnswer("{}")
                    .setStatus(200)
                    .setModel("m-2")
                    .setInputTokens(0)
                    .setOutputTokens(5)
                    .setLatencyNanos(7))
            .setPromptVariant("plain")
            .setPromptHash("ab")
            .setStatedReason("why not")
            .setAllowanceSpent(true)
            .setChargedTokens(40)
            .setChargedCost(0.5)
            .build();

    static final double[] PRICES = {1, 2, 3};
    static final double[] SHARES = {0.1, 0.2, 0.7};

    private ModelTestQuestions() {}

    static ModelSettings settings(Duration deadline) {
        return new ModelSettings(
                "",
                "local",
                ModelProvider.OLLAMA,
                "http://127.0.0.1:11434",
                "llama",
                0.7,
                StructuredOutput.JSON_OBJECT,
                "plain",
                300,
                4,
                ModelSettings.ANY_PACE,
                Duration.ofSeconds(2),
                deadline,
                1.5,
                Double.NaN);
    }

    static ModelQuestion price(long step) {
        return new ModelQuestion.Price(
                step,
                2,
                PRICES,
                SHARES,
                new PricePremiums(new double[] {0.5, -0.25, 99}, 2),
                0.3,
                0.4,
                Information.PRICE_ONLY);
    }

    static ModelQuestion impression(long step) {
        return new ModelQuestion.OfImpression(step, 42, PRICES, SHARES, 1, Impression.BAD);
    }

    static ModelQuestion choice(long step, int buyer) {
        Impression[] impressions = {Impression.TERRIBLE, Impression.GOOD, Impression.EXCELLENT};
        return new ModelQuestion.Choice(step, buyer, PRICES, SHARES, -1, impressions);
    }

    static DecidePriceResponse.Builder pricing() {
        return DecidePriceResponse.newBuilder()
                .setPrice(0.1)
                .setOutcome(DecisionOutcome.DECISION_OUTCOME_REPAIRED)
                .setReason("no JSON")
                .setReport(REPORT);
    }

    static BiConsumer<DecidePriceRequest, StreamObserver<DecidePriceResponse>> answering(
            DecidePriceResponse.Builder response) {
        return (request, answer) -> answer(answer, response.build());
    }

    /** Each buyer takes the seller that its number gives, so that a misplaced answer shows. */
    static void choose(ChooseSellerRequest request, StreamObserver<ChooseSellerResponse> answer) {
        answer(
                answer,
                ChooseSellerResponse.newBuilder()
                        .setChoice(FakeAgent.choiceOf(request.getBuyer(), PRICES.length))
                        .setOutcome(DecisionOutcome.DECISION_OUTCOME_MODEL)
                        .setReport(ModelReport.getDefaultInstance())
                        .build());
    }

    static <A> void answer(StreamObserver<A> answer, A response) {
        answer.onNext(response);
        answer.onCompleted();
    }
}
