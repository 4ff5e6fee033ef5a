package org.interregnum.seller.grpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.grpc.ManagedChannel;
import io.grpc.ManagedChannelBuilder;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.quarkus.test.junit.QuarkusTest;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.eclipse.microprofile.config.ConfigProvider;
import org.interregnum.agent.v1.Allowance;
import org.interregnum.agent.v1.DecidePriceRequest;
import org.interregnum.agent.v1.DecidePriceResponse;
import org.interregnum.agent.v1.DecisionOutcome;
import org.interregnum.agent.v1.DescribeSellerAgentRequest;
import org.interregnum.agent.v1.DescribeSellerAgentResponse;
import org.interregnum.agent.v1.Information;
import org.interregnum.agent.v1.MarketView;
import org.interregnum.agent.v1.ModelCall;
import org.interregnum.agent.v1.ModelOptions;
import org.interregnum.agent.v1.ModelProvider;
import org.interregnum.agent.v1.SellerAgentServiceGrpc;
import org.interregnum.agent.v1.StructuredOutput;
import org.interregnum.languagemodel.ModelReply.Ending;
import org.interregnum.languagemodel.Provider;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

@QuarkusTest
class ModelPricingTest {
    private static ManagedChannel channel;
    private static SellerAgentServiceGrpc.SellerAgentServiceBlockingStub seller;

    @BeforeAll
    static void connect() {
        int port = ConfigProvider.getConfig().getValue("quarkus.grpc.server.test-port", Integer.class);
        channel = ManagedChannelBuilder.forAddress("127.0.0.1", port)
                .usePlaintext()
                .build();
        seller = SellerAgentServiceGrpc.newBlockingStub(channel);
    }

    @AfterAll
    static void disconnect() {
        channel.shutdownNow();
    }

    @BeforeEach
    void answer() {
        ScriptedLanguageModels.script(Ending.ANSWERED, "{\"reason\": \"room\", \"price\": 0.75}");
    }

    @Test
    void shouldAskTheModelOnTheTermsOfTheRequest() {
        DecidePriceRequest.Builder question = question();
        question.getModelBuilder()
                .setTemperature(0.5)
                .setPromptVariant("terse")
                .setAllowance(Allowance.newBuilder().setCalls(3).setCost(0.25).setOutputPrice(2));
        seller.decidePrice(question.build());
        org.interregnum.languagemodel.ModelOptions options = ScriptedLanguageModels.options;
        assertThat(options.endpoint()).isEqualTo("house");
        assertThat(options.provider()).isEqualTo(Provider.OLLAMA);
        assertThat(options.baseUrl()).isEqualTo("http://127.0.0.1:11434");
        assertThat(options.model()).isEqualTo("small");
        assertThat(options.temperature()).isEqualTo(0.5);
        assertThat(options.structured()).isEqualTo(org.interregnum.languagemodel.StructuredOutput.JSON_OBJECT);
        assertThat(options.maxOutputTokens()).isEqualTo(200);
        assertThat(options.callsInFlight()).isEqualTo(4);
        assertThat(options.callTimeout()).isEqualTo(Duration.ofSeconds(20));
        assertThat(options.deadline()).isEqualTo(Duration.ofSeconds(60));
        assertThat(ScriptedLanguageModels.allowance)
                .isEqualTo(new org.interregnum.languagemodel.Allowance(3, Long.MAX_VALUE, 0.25, 0, 2));
        assertThat(ScriptedLanguageModels.prompt.variant()).isEqualTo("terse");
        assertThat(ScriptedLanguageModels.prompt.user())
                .contains(
                        "Your price: 1.50", "Buyers seen by the research: 3", "Maximum: 1.00", "Seller 2: price 2.00");
    }

    @Test
    void shouldSetNoLimitAndNoTemperatureUnlessAsked() {
        seller.decidePrice(
                question().setInformation(Information.INFORMATION_PRICE_ONLY).build());
        assertThat(ScriptedLanguageModels.allowance).isEqualTo(org.interregnum.languagemodel.Allowance.UNLIMITED);
        assertThat(ScriptedLanguageModels.options.temperature()).isNull();
        assertThat(ScriptedLanguageModels.prompt.variant()).isEqualTo("plain");
        assertThat(ScriptedLanguageModels.prompt.user()).doesNotContain("Mean");
    }

    @ParameterizedTest
    @CsvSource({
        "ANSWERED, DECISION_OUTCOME_MODEL, 0.75, '', room, 2",
        "REPAIRED, DECISION_OUTCOME_REPAIRED, 0.75, because, room, 2",
        "UNANSWERED, DECISION_OUTCOME_FALLBACK, 1.5, because, '', 2",
        "ALLOWANCE_SPENT, DECISION_OUTCOME_UNDECIDED, 1.5, because, '', 0",
        "REFUSED, DECISION_OUTCOME_UNDECIDED, 1.5, because, '', 2"
    })
    void shouldTellHowTheDecisionCameAbout(
            Ending ending, DecisionOutcome outcome, double price, String reason, String stated, int calls) {
        ScriptedLanguageModels.script(ending, "{\"reason\": \"room\", \"price\": 0.75}");
        DecidePriceResponse response = seller.decidePrice(question().build());
        assertThat(response.getOutcome()).isEqualTo(outcome);
        assertThat(response.getPrice()).isEqualTo(price);
        assertThat(response.getReason()).isEqualTo(reason);
        assertThat(response.getReport().getStatedReason()).isEqualTo(stated);
        assertThat(response.getReport().getAllowanceSpent()).isEqualTo(ending == Ending.ALLOWANCE_SPENT);
        assertThat(response.getReport().getCallsCount()).isEqualTo(calls);
        assertThat(response.getReport().getChargedTokens()).isEqualTo(42);
        assertThat(response.getReport().getChargedCost()).isEqualTo(0.5);
        assertThat(response.getReport().getPromptVariant()).isEqualTo("plain");
        assertThat(response.getReport().getPromptHash()).isEqualTo(ScriptedLanguageModels.prompt.hash());
    }

    @Test
    void shouldReportEveryCall() {
        DecidePriceResponse response = seller.decidePrice(question().build());
        ModelCall failed = response.getReport().getCalls(0);
        assertThat(failed.hasAnswer()).isFalse();
        assertThat(failed.getFailure()).isEqualTo("status 429");
        assertThat(failed.getStatus()).isEqualTo(429);
        assertThat(failed.getModel()).isEmpty();
        assertThat(failed.hasInputTokens()).isFalse();
        assertThat(failed.getMessages(1).getRole()).isEqualTo("user");
        assertThat(failed.getMessages(1).getContent()).isEqualTo(ScriptedLanguageModels.prompt.user());
        ModelCall answered = response.getReport().getCalls(1);
        assertThat(answered.getIsRepair()).isTrue();
        assertThat(answered.getAnswer()).contains("room");
        assertThat(answered.hasFailure()).isFalse();
        assertThat(answered.getModel()).isEqualTo("small-1");
        assertThat(answered.getInputTokens()).isEqualTo(30);
        assertThat(answered.hasOutputTokens()).isTrue();
        assertThat(answered.getLatencyNanos()).isEqualTo(7);
    }

    @ParameterizedTest
    @MethodSource("brokenModels")
    void shouldRefuseAModelThatBreaksTheContract(String message, Consumer<ModelOptions.Builder> breaking) {
        DecidePriceRequest.Builder question = question();
        breaking.accept(question.getModelBuilder());
        assertRefused(question, Status.Code.INVALID_ARGUMENT, message);
    }

    static Stream<Arguments> brokenModels() {
        return Stream.of(
                broken(
                        "model.endpoint is ''; it must be a name of letters, digits, dots, hyphens and underscores",
                        ModelOptions.Builder::clearEndpoint),
                broken(
                        "model.endpoint is 'a b'; it must be a name of letters, digits, dots, hyphens and underscores",
                        model -> model.setEndpoint("a b")),
                broken(
                        "model.provider is 0; it must be one of the contract's providers",
                        ModelOptions.Builder::clearProvider),
                broken(
                        "model.provider is 9; it must be one of the contract's providers",
                        model -> model.setProviderValue(9)),
                broken("model.base_url is ''; it must be the endpoint's address", ModelOptions.Builder::clearBaseUrl),
                broken("model.model is ''; it must be the name of a model", ModelOptions.Builder::clearModel),
                broken(
                        "model.temperature is -0.1; it must be finite and at least 0",
                        model -> model.setTemperature(-0.1)),
                broken(
                        "model.temperature is NaN; it must be finite and at least 0",
                        model -> model.setTemperature(Double.NaN)),
                broken(
                        "model.structured_output is 0; it must be one of the contract's ways",
                        ModelOptions.Builder::clearStructuredOutput),
                broken(
                        "model.max_output_tokens is 0; it must be at least 1",
                        ModelOptions.Builder::clearMaxOutputTokens),
                broken("model.calls_in_flight is -1; it must be at least 1", model -> model.setCallsInFlight(-1)),
                broken(
                        "model.call_timeout_millis is 0; it must be at least 1",
                        ModelOptions.Builder::clearCallTimeoutMillis),
                broken("model.deadline_millis is 0; it must be at least 1", ModelOptions.Builder::clearDeadlineMillis),
                broken(
                        "model.allowance.calls is -1; it must be at least 0",
                        model -> model.getAllowanceBuilder().setCalls(-1)),
                broken(
                        "model.allowance.tokens is -1; it must be at least 0",
                        model -> model.getAllowanceBuilder().setTokens(-1)),
                broken(
                        "model.allowance.cost is NaN; it must be finite and at least 0",
                        model -> model.getAllowanceBuilder().setCost(Double.NaN)),
                broken(
                        "model.allowance.input_price is -1.0; it must be finite and at least 0",
                        model -> model.getAllowanceBuilder().setInputPrice(-1)),
                broken(
                        "model.allowance.output_price is -1.0; it must be finite and at least 0",
                        model -> model.getAllowanceBuilder().setOutputPrice(-1)));
    }

    @Test
    void shouldRefuseARequestWithoutAModelOrOfUnknownInformation() {
        assertRefused(question().clearModel(), Status.Code.INVALID_ARGUMENT, "model is missing");
        assertRefused(
                question().setInformationValue(7),
                Status.Code.INVALID_ARGUMENT,
                "information is 7; it must be one of the contract's conditions");
        assertRefused(
                question().addPricePremiums(1e200),
                Status.Code.INVALID_ARGUMENT,
                "the price premiums are so large that their statistics overflow");
    }

    @Test
    void shouldLackAnAddressThatIsNotPermittedAndAWordingThatIsNotThere() {
        DecidePriceRequest.Builder question = question();
        question.getModelBuilder().setBaseUrl("https://api.openai.com.example.org/v1");
        assertRefused(
                question,
                Status.Code.FAILED_PRECONDITION,
                "this agent may not ask at the model.base_url 'https://api.openai.com.example.org/v1';"
                        + " its setting interregnum.endpoint-urls adds addresses");
        question.getModelBuilder().setBaseUrl("https://api.openai.com/v1").setPromptVariant("wordy");
        assertRefused(
                question,
                Status.Code.FAILED_PRECONDITION,
                "there is no wording 'wordy' of prompts for 'price'; known: plain, terse");
    }

    @Test
    void shouldSayOfAModelBeforehandWhetherItWouldAskIt() {
        ModelOptions.Builder model = question().getModelBuilder();
        assertThat(describe(model).getAgent().getStrategiesList()).contains("llm");
        assertRefusedBeforehand(
                model.clone().setBaseUrl("https://example.org"),
                Status.Code.FAILED_PRECONDITION,
                "this agent may not ask at the model.base_url 'https://example.org';"
                        + " its setting interregnum.endpoint-urls adds addresses");
        assertRefusedBeforehand(
                model.clone().setPromptVariant("wordy"),
                Status.Code.FAILED_PRECONDITION,
                "there is no wording 'wordy' of prompts for 'price'; known: plain, terse");
        assertRefusedBeforehand(
                model.clone().clearModel(),
                Status.Code.INVALID_ARGUMENT,
                "model.model is ''; it must be the name of a model");
    }

    private static DescribeSellerAgentResponse describe(ModelOptions.Builder model) {
        return SellerAgentServiceGrpc.newBlockingStub(channel)
                .describeSellerAgent(
                        DescribeSellerAgentRequest.newBuilder().setModel(model).build());
    }

    private static void assertRefusedBeforehand(ModelOptions.Builder model, Status.Code code, String description) {
        assertThatThrownBy(() -> describe(model)).isInstanceOfSatisfying(StatusRuntimeException.class, refusal -> {
            assertThat(refusal.getStatus().getCode()).isEqualTo(code);
            assertThat(refusal.getStatus().getDescription()).isEqualTo(description);
        });
    }

    @Test
    void shouldInterruptTheQuestionWhenTheCallIsCancelled() throws Exception {
        int before = ScriptedLanguageModels.INTERRUPTED.get();
        CountDownLatch hanging = ScriptedLanguageModels.hang();
        Future<DecidePriceResponse> call = SellerAgentServiceGrpc.newFutureStub(channel)
                .decidePrice(question().build());
        assertThat(hanging.await(10, TimeUnit.SECONDS)).isTrue();
        // Meanwhile others are answered.
        assertThat(seller.decidePrice(question().clearStrategy().build()).getOutcome())
                .isEqualTo(DecisionOutcome.DECISION_OUTCOME_RULE);
        call.cancel(true);
        await(() -> ScriptedLanguageModels.INTERRUPTED.get() == before + 1);
    }

    @Test
    void shouldInterruptTheQuestionWhenTheCallRunsOutOfTime() {
        int before = ScriptedLanguageModels.INTERRUPTED.get();
        ScriptedLanguageModels.hang();
        assertThatThrownBy(() -> seller.withDeadlineAfter(300, TimeUnit.MILLISECONDS)
                        .decidePrice(question().build()))
                .isInstanceOfSatisfying(
                        StatusRuntimeException.class,
                        failure -> assertThat(failure.getStatus().getCode()).isEqualTo(Status.Code.DEADLINE_EXCEEDED));
        await(() -> ScriptedLanguageModels.INTERRUPTED.get() == before + 1);
    }

    private static void await(BooleanSupplier condition) {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
        while (!condition.getAsBoolean() && System.nanoTime() < end) {
            Thread.onSpinWait();
        }
        assertThat(condition.getAsBoolean()).isTrue();
    }

    private static void assertRefused(DecidePriceRequest.Builder question, Status.Code code, String message) {
        assertThatThrownBy(() -> seller.decidePrice(question.build()))
                .isInstanceOfSatisfying(StatusRuntimeException.class, refusal -> {
                    assertThat(refusal.getStatus().getCode()).isEqualTo(code);
                    assertThat(refusal.getStatus().getDescription()).isEqualTo(message);
                });
    }

    private static Arguments broken(String message, Consumer<ModelOptions.Builder> breaking) {
        return Arguments.of(message, breaking);
    }

    private static DecidePriceRequest.Builder question() {
        return DecidePriceRequest.newBuilder()
                .setStep(1)
                .setSeller(1)
                .setMarket(MarketView.newBuilder()
                        .addPrices(1)
                        .addPrices(1.5)
                        .addPrices(2)
                        .addShares(0.25)
                        .addShares(0.5)
                        .addShares(0.25))
                .addPricePremiums(0.5)
                .addPricePremiums(1)
                .addPricePremiums(0.2)
                .setStrategy("llm")
                .setModel(ModelOptions.newBuilder()
                        .setEndpoint("house")
                        .setProvider(ModelProvider.MODEL_PROVIDER_OLLAMA)
                        .setBaseUrl("http://127.0.0.1:11434")
                        .setModel("small")
                        .setStructuredOutput(StructuredOutput.STRUCTURED_OUTPUT_JSON_OBJECT)
                        .setMaxOutputTokens(200)
                        .setCallsInFlight(4)
                        .setCallTimeoutMillis(20_000)
                        .setDeadlineMillis(60_000));
    }
}
