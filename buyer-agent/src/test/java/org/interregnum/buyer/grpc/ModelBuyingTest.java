package org.interregnum.buyer.grpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.grpc.ManagedChannel;
import io.grpc.ManagedChannelBuilder;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.quarkus.test.junit.QuarkusTest;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.eclipse.microprofile.config.ConfigProvider;
import org.interregnum.agent.v1.BuyerAgentServiceGrpc;
import org.interregnum.agent.v1.ChooseSellerRequest;
import org.interregnum.agent.v1.ChooseSellerResponse;
import org.interregnum.agent.v1.DecisionOutcome;
import org.interregnum.agent.v1.DescribeBuyerAgentRequest;
import org.interregnum.agent.v1.Impression;
import org.interregnum.agent.v1.MarketView;
import org.interregnum.agent.v1.ModelOptions;
import org.interregnum.agent.v1.ModelProvider;
import org.interregnum.agent.v1.StructuredOutput;
import org.interregnum.agent.v1.UpdateImpressionRequest;
import org.interregnum.agent.v1.UpdateImpressionResponse;
import org.interregnum.languagemodel.ModelReply.Ending;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

@QuarkusTest
class ModelBuyingTest {
    private static ManagedChannel channel;
    private static BuyerAgentServiceGrpc.BuyerAgentServiceBlockingStub buyer;

    @BeforeAll
    static void connect() {
        int port = ConfigProvider.getConfig().getValue("quarkus.grpc.server.test-port", Integer.class);
        channel = ManagedChannelBuilder.forAddress("127.0.0.1", port)
                .usePlaintext()
                .build();
        buyer = BuyerAgentServiceGrpc.newBlockingStub(channel);
    }

    @AfterAll
    static void disconnect() {
        channel.shutdownNow();
    }

    @ParameterizedTest
    @CsvSource({
        "ANSWERED, DECISION_OUTCOME_MODEL, IMPRESSION_EXCELLENT, '', 2",
        "REPAIRED, DECISION_OUTCOME_REPAIRED, IMPRESSION_EXCELLENT, because, 2",
        "UNANSWERED, DECISION_OUTCOME_FALLBACK, IMPRESSION_BAD, because, 2",
        "ALLOWANCE_SPENT, DECISION_OUTCOME_UNDECIDED, IMPRESSION_BAD, because, 0",
        "REFUSED, DECISION_OUTCOME_UNDECIDED, IMPRESSION_BAD, because, 2"
    })
    void shouldTellHowAnImpressionCameAbout(
            Ending ending, DecisionOutcome outcome, Impression impression, String reason, int calls) {
        ScriptedLanguageModels.script(ending, "{\"impression\": \"excellent\"}");
        UpdateImpressionResponse response =
                buyer.updateImpression(impressionQuestion().build());
        assertThat(response.getImpression()).isEqualTo(impression);
        assertThat(response.getOutcome()).isEqualTo(outcome);
        assertThat(response.getReason()).isEqualTo(reason);
        assertThat(response.getReport().getCallsCount()).isEqualTo(calls);
        assertThat(response.getReport().getAllowanceSpent()).isEqualTo(ending == Ending.ALLOWANCE_SPENT);
        assertThat(response.getReport().getStatedReason()).isEmpty();
        assertThat(response.getReport().getPromptHash()).isEqualTo(ScriptedLanguageModels.prompt.hash());
        assertThat(ScriptedLanguageModels.prompt.user())
                .contains(
                        "Your seller: Seller 2: price 2.00, market share 0.25, impression bad", "Seller 0: price 1.00");
    }

    @ParameterizedTest
    @CsvSource({
        "ANSWERED, DECISION_OUTCOME_MODEL, -1, '', dear, 2",
        "REPAIRED, DECISION_OUTCOME_REPAIRED, -1, because, dear, 2",
        "UNANSWERED, DECISION_OUTCOME_FALLBACK, 2, because, '', 2",
        "ALLOWANCE_SPENT, DECISION_OUTCOME_UNDECIDED, 2, because, '', 0",
        "REFUSED, DECISION_OUTCOME_UNDECIDED, 2, because, '', 2"
    })
    void shouldTellHowAChoiceCameAbout(
            Ending ending, DecisionOutcome outcome, int choice, String reason, String stated, int calls) {
        ScriptedLanguageModels.script(ending, "{\"reason\": \"dear\", \"seller\": -1}");
        ChooseSellerResponse response = buyer.chooseSeller(choiceQuestion().build());
        assertThat(response.getChoice()).isEqualTo(choice);
        assertThat(response.getOutcome()).isEqualTo(outcome);
        assertThat(response.getReason()).isEqualTo(reason);
        assertThat(response.getReport().getCallsCount()).isEqualTo(calls);
        assertThat(response.getReport().getStatedReason()).isEqualTo(stated);
        assertThat(ScriptedLanguageModels.prompt.user())
                .contains(
                        "Seller 0: price 1.00, market share 0.25, impression terrible",
                        "Seller 1: price 1.50, market share 0.50, impression neutral",
                        "Seller 2: price 2.00, market share 0.25, impression good");
    }

    @Test
    void shouldKeepABuyerWithoutASellerWithoutOne() {
        ScriptedLanguageModels.script(Ending.UNANSWERED, "");
        assertThat(buyer.chooseSeller(choiceQuestion().setCurrentSeller(-1).build())
                        .getChoice())
                .isEqualTo(-1);
    }

    @ParameterizedTest
    @MethodSource("brokenImpressionQuestions")
    void shouldRefuseAnImpressionQuestionThatBreaksTheContract(
            String message, UnaryOperator<UpdateImpressionRequest.Builder> breaking) {
        assertRefused(
                () -> buyer.updateImpression(
                        breaking.apply(impressionQuestion()).build()),
                Status.Code.INVALID_ARGUMENT,
                message);
    }

    static Stream<Arguments> brokenImpressionQuestions() {
        return Stream.of(
                impression("strategy is ''; it must be one of a model", UpdateImpressionRequest.Builder::clearStrategy),
                impression("step is 0; it must be at least 1", UpdateImpressionRequest.Builder::clearStep),
                impression("market is missing", UpdateImpressionRequest.Builder::clearMarket),
                impression("model is missing", UpdateImpressionRequest.Builder::clearModel),
                impression(
                        "current_seller is 3; it must be one of the sellers of the market",
                        question -> question.setCurrentSeller(3)),
                impression(
                        "current_seller is -1; it must be one of the sellers of the market",
                        question -> question.setCurrentSeller(-1)),
                impression(
                        "impression is 0; it must be one of the contract's impressions",
                        UpdateImpressionRequest.Builder::clearImpression),
                impression(
                        "impression is 9; it must be one of the contract's impressions",
                        question -> question.setImpressionValue(9)),
                impression("model.max_output_tokens is 0; it must be at least 1", question -> {
                    question.getModelBuilder().clearMaxOutputTokens();
                    return question;
                }));
    }

    @ParameterizedTest
    @MethodSource("brokenChoiceQuestions")
    void shouldRefuseAChoiceQuestionThatBreaksTheContract(
            String message, UnaryOperator<ChooseSellerRequest.Builder> breaking) {
        assertRefused(
                () -> buyer.chooseSeller(breaking.apply(choiceQuestion()).build()),
                Status.Code.INVALID_ARGUMENT,
                message);
    }

    static Stream<Arguments> brokenChoiceQuestions() {
        return Stream.of(
                choice("strategy is ''; it must be one of a model", ChooseSellerRequest.Builder::clearStrategy),
                choice("step is -1; it must be at least 1", question -> question.setStep(-1)),
                choice("market is missing", ChooseSellerRequest.Builder::clearMarket),
                choice("model is missing", ChooseSellerRequest.Builder::clearModel),
                choice(
                        "current_seller is 3; it must be one of the sellers of the market, or -1 for none",
                        question -> question.setCurrentSeller(3)),
                choice(
                        "current_seller is -2; it must be one of the sellers of the market, or -1 for none",
                        question -> question.setCurrentSeller(-2)),
                choice(
                        "the number of impressions is 4; it must be that of the sellers, 3",
                        question -> question.addImpressions(Impression.IMPRESSION_GOOD)),
                choice(
                        "impressions[1] is 0; it must be one of the contract's impressions",
                        question -> question.setImpressions(1, Impression.IMPRESSION_UNSPECIFIED)));
    }

    @Test
    void shouldLackARuleForOneBuyerAndAnAddressThatIsNotPermitted() {
        assertRefused(
                () -> buyer.chooseSeller(choiceQuestion().setStrategy("rule").build()),
                Status.Code.FAILED_PRECONDITION,
                "this agent does not offer the strategy 'rule'; it offers: llm");
        ChooseSellerRequest.Builder question = choiceQuestion();
        question.getModelBuilder().setBaseUrl("https://example.org");
        assertRefused(
                () -> buyer.chooseSeller(question.build()),
                Status.Code.FAILED_PRECONDITION,
                "this agent may not ask at the model.base_url 'https://example.org';"
                        + " its setting interregnum.endpoint-urls adds addresses");
        UpdateImpressionRequest.Builder wordy = impressionQuestion();
        wordy.getModelBuilder().setPromptVariant("wordy");
        assertRefused(
                () -> buyer.updateImpression(wordy.build()),
                Status.Code.FAILED_PRECONDITION,
                "there is no wording 'wordy' of prompts for 'impression'; known: plain, terse");
    }

    @Test
    void shouldSayOfAModelBeforehandWhetherItWouldAskIt() {
        DescribeBuyerAgentRequest.Builder asked =
                DescribeBuyerAgentRequest.newBuilder().setModel(choiceQuestion().getModel());
        assertThat(buyer.describeBuyerAgent(asked.build()).getAgent().getStrategiesList())
                .contains("llm");
        asked.getModelBuilder().setPromptVariant("wordy");
        assertRefused(
                () -> buyer.describeBuyerAgent(asked.build()),
                Status.Code.FAILED_PRECONDITION,
                "there is no wording 'wordy' of prompts for 'impression'; known: plain, terse");
        asked.getModelBuilder().setBaseUrl("https://example.org");
        assertRefused(
                () -> buyer.describeBuyerAgent(asked.build()),
                Status.Code.FAILED_PRECONDITION,
                "this agent may not ask at the model.base_url 'https://example.org';"
                        + " its setting interregnum.endpoint-urls adds addresses");
    }

    @Test
    void shouldInterruptTheQuestionWhenTheCallIsCancelled() throws Exception {
        int before = ScriptedLanguageModels.INTERRUPTED.get();
        CountDownLatch hanging = ScriptedLanguageModels.hang();
        Future<ChooseSellerResponse> call = BuyerAgentServiceGrpc.newFutureStub(channel)
                .chooseSeller(choiceQuestion().build());
        assertThat(hanging.await(10, TimeUnit.SECONDS)).isTrue();
        call.cancel(true);
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
        while (ScriptedLanguageModels.INTERRUPTED.get() == before && System.nanoTime() < end) {
            Thread.onSpinWait();
        }
        assertThat(ScriptedLanguageModels.INTERRUPTED.get()).isEqualTo(before + 1);
    }

    private static void assertRefused(ThrowingCallable call, Status.Code code, String message) {
        assertThatThrownBy(call).isInstanceOfSatisfying(StatusRuntimeException.class, refusal -> {
            assertThat(refusal.getStatus().getCode()).isEqualTo(code);
            assertThat(refusal.getStatus().getDescription()).isEqualTo(message);
        });
    }

    private static Arguments impression(String message, UnaryOperator<UpdateImpressionRequest.Builder> breaking) {
        return Arguments.of(message, breaking);
    }

    private static Arguments choice(String message, UnaryOperator<ChooseSellerRequest.Builder> breaking) {
        return Arguments.of(message, breaking);
    }

    private static UpdateImpressionRequest.Builder impressionQuestion() {
        return UpdateImpressionRequest.newBuilder()
                .setStep(1)
                .setMarket(market())
                .setBuyer(7)
                .setCurrentSeller(2)
                .setImpression(Impression.IMPRESSION_BAD)
                .setStrategy("llm")
                .setModel(model());
    }

    private static ChooseSellerRequest.Builder choiceQuestion() {
        return ChooseSellerRequest.newBuilder()
                .setStep(1)
                .setMarket(market())
                .setBuyer(7)
                .setCurrentSeller(2)
                .addImpressions(Impression.IMPRESSION_TERRIBLE)
                .addImpressions(Impression.IMPRESSION_NEUTRAL)
                .addImpressions(Impression.IMPRESSION_GOOD)
                .setStrategy("llm")
                .setModel(model());
    }

    private static MarketView.Builder market() {
        return MarketView.newBuilder()
                .addPrices(1)
                .addPrices(1.5)
                .addPrices(2)
                .addShares(0.25)
                .addShares(0.5)
                .addShares(0.25);
    }

    private static ModelOptions.Builder model() {
        return ModelOptions.newBuilder()
                .setEndpoint("house")
                .setProvider(ModelProvider.MODEL_PROVIDER_OPENAI)
                .setBaseUrl("http://localhost:8000/v1")
                .setModel("small")
                .setStructuredOutput(StructuredOutput.STRUCTURED_OUTPUT_JSON_SCHEMA)
                .setMaxOutputTokens(200)
                .setCallsInFlight(4)
                .setCallTimeoutMillis(20_000)
                .setDeadlineMillis(60_000);
    }
}
