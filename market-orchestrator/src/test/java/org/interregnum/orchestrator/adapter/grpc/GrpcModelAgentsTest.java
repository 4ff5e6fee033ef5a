package org.interregnum.orchestrator.adapter.grpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.grpc.Status;
import io.grpc.stub.StreamObserver;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.interregnum.agent.v1.AgentDescription;
import org.interregnum.agent.v1.ChooseSellerResponse;
import org.interregnum.agent.v1.DecidePriceRequest;
import org.interregnum.agent.v1.DecidePriceResponse;
import org.interregnum.agent.v1.DecisionOutcome;
import org.interregnum.agent.v1.ModelOptions;
import org.interregnum.agent.v1.ModelReport;
import org.interregnum.agent.v1.UpdateImpressionResponse;
import org.interregnum.orchestrator.agent.AgentFailureException;
import org.interregnum.orchestrator.agent.AgentProfile;
import org.interregnum.orchestrator.agent.Allowance;
import org.interregnum.orchestrator.agent.ChatText;
import org.interregnum.orchestrator.agent.ModelAnswer;
import org.interregnum.orchestrator.agent.ModelCall;
import org.interregnum.orchestrator.agent.ModelDecision;
import org.interregnum.orchestrator.agent.ModelQuestion;
import org.interregnum.orchestrator.model.Impression;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class GrpcModelAgentsTest {
    private static final GrpcAgentOptions OPTIONS = GrpcAgentOptions.defaults().withRunId("run-1");
    private static final Duration DEADLINE = Duration.ofSeconds(20);
    private static final Allowance LIMITED = new Allowance(3, 1000, 0.25);

    private FakeAgent agent = new FakeAgent();
    private GrpcModelAgents agents = connect(Patience.DEFAULT);

    @AfterEach
    void stop() {
        agents.close();
        agent.close();
    }

    @Test
    void shouldAskForAPrice() throws Exception {
        agent.pricing = ModelTestQuestions.answering(ModelTestQuestions.pricing());
        ModelAnswer answer = ask(ModelTestQuestions.price(5), LIMITED);
        DecidePriceRequest request = agent.priceRequests.element();
        assertThat(request.getRunId()).isEqualTo("run-1");
        assertThat(request.getStep()).isEqualTo(5);
        assertThat(request.getSeller()).isEqualTo(2);
        assertThat(request.getMarket().getPricesList()).containsExactly(1.0, 2.0, 3.0);
        assertThat(request.getMarket().getSharesList()).containsExactly(0.1, 0.2, 0.7);
        assertThat(request.getPricePremiumsList()).containsExactly(0.5, -0.25);
        assertThat(request.getUnitCost()).isEqualTo(0.3);
        assertThat(request.getCostCap()).isEqualTo(0.4);
        assertThat(request.getPriceNoise()).isZero();
        assertThat(request.getStrategy()).isEqualTo("llm");
        assertThat(request.getInformation()).isEqualTo(org.interregnum.agent.v1.Information.INFORMATION_PRICE_ONLY);
        assertModel(request.getModel());
        assertThat(request.getModel().getAllowance().getCalls()).isEqualTo(3);
        assertThat(request.getModel().getAllowance().getTokens()).isEqualTo(1000);
        assertThat(request.getModel().getAllowance().getCost()).isEqualTo(0.25);
        assertThat(answer)
                .isEqualTo(new ModelAnswer(
                        new AgentProfile("fake", "7", "llm"),
                        new ModelDecision.Price(0.1),
                        org.interregnum.orchestrator.agent.DecisionOutcome.REPAIRED,
                        "no JSON",
                        new org.interregnum.orchestrator.agent.ModelReport(
                                List.of(
                                        new ModelCall(
                                                false,
                                                List.of(new ChatText("user", "Price?")),
                                                null,
                                                "time-out",
                                                0,
                                                "",
                                                -1,
                                                -1,
                                                9),
                                        new ModelCall(
                                                true,
                                                List.of(new ChatText("user", "Price!")),
                                                "{}",
                                                null,
                                                200,
                                                "m-2",
                                                0,
                                                5,
                                                7)),
                                "plain",
                                "ab",
                                "why not",
                                true,
                                40,
                                0.5)));
    }

    private static void assertModel(ModelOptions options) {
        assertThat(options.getEndpoint()).isEqualTo("local");
        assertThat(options.getProvider()).isEqualTo(org.interregnum.agent.v1.ModelProvider.MODEL_PROVIDER_OLLAMA);
        assertThat(options.getBaseUrl()).isEqualTo("http://127.0.0.1:11434");
        assertThat(options.getModel()).isEqualTo("llama");
        assertThat(options.getTemperature()).isEqualTo(0.7);
        assertThat(options.getStructuredOutput())
                .isEqualTo(org.interregnum.agent.v1.StructuredOutput.STRUCTURED_OUTPUT_JSON_OBJECT);
        assertThat(options.getPromptVariant()).isEqualTo("plain");
        assertThat(options.getMaxOutputTokens()).isEqualTo(300);
        assertThat(options.getCallsInFlight()).isEqualTo(4);
        assertThat(options.getCallTimeoutMillis()).isEqualTo(2000);
        assertThat(options.getDeadlineMillis()).isEqualTo(DEADLINE.toMillis());
        assertThat(options.getAllowance().getInputPrice()).isEqualTo(1.5);
        assertThat(options.getAllowance().getOutputPrice()).isZero();
    }

    @Test
    void shouldAskForAnImpression() throws Exception {
        agent.impressing = (request, answer) -> ModelTestQuestions.answer(
                answer,
                UpdateImpressionResponse.newBuilder()
                        .setImpression(org.interregnum.agent.v1.Impression.IMPRESSION_EXCELLENT)
                        .setOutcome(DecisionOutcome.DECISION_OUTCOME_MODEL)
                        .setReport(ModelTestQuestions.REPORT)
                        .build());
        ModelAnswer answer = ask(ModelTestQuestions.impression(6), Allowance.UNLIMITED);
        var request = agent.impressionRequests.element();
        assertThat(request.getRunId()).isEqualTo("run-1");
        assertThat(request.getStep()).isEqualTo(6);
        assertThat(request.getBuyer()).isEqualTo(42);
        assertThat(request.getCurrentSeller()).isEqualTo(1);
        assertThat(request.getImpression()).isEqualTo(org.interregnum.agent.v1.Impression.IMPRESSION_BAD);
        assertThat(request.getMarket().getPricesList()).containsExactly(1.0, 2.0, 3.0);
        assertThat(request.getStrategy()).isEqualTo("llm");
        assertModel(request.getModel());
        assertThat(request.getModel().getAllowance().hasCalls()).isFalse();
        assertThat(request.getModel().getAllowance().hasTokens()).isFalse();
        assertThat(request.getModel().getAllowance().hasCost()).isFalse();
        assertThat(answer.decision()).isEqualTo(new ModelDecision.OfImpression(Impression.EXCELLENT));
        assertThat(answer.outcome()).isEqualTo(org.interregnum.orchestrator.agent.DecisionOutcome.MODEL);
    }

    @Test
    void shouldAskForAChoice() throws Exception {
        agent.choosingOne = ModelTestQuestions::choose;
        ModelAnswer answer = ask(ModelTestQuestions.choice(7, 3), Allowance.UNLIMITED);
        var request = agent.oneChoiceRequests.element();
        assertThat(request.getStep()).isEqualTo(7);
        assertThat(request.getBuyer()).isEqualTo(3);
        assertThat(request.getCurrentSeller()).isEqualTo(-1);
        assertThat(request.getImpressionsList())
                .containsExactly(
                        org.interregnum.agent.v1.Impression.IMPRESSION_TERRIBLE,
                        org.interregnum.agent.v1.Impression.IMPRESSION_GOOD,
                        org.interregnum.agent.v1.Impression.IMPRESSION_EXCELLENT);
        assertModel(request.getModel());
        assertThat(answer.decision()).isEqualTo(new ModelDecision.Choice(2));
    }

    @ParameterizedTest
    @ValueSource(doubles = {Double.NaN, Double.POSITIVE_INFINITY, -0.01})
    void shouldRefuseAPriceThatIsNone(double price) {
        assertPricingFails(
                response -> response.setPrice(price),
                "answered a price of " + price + " at step 5; a price must be finite and at least 0");
    }

    @Test
    void shouldRefuseAnAnswerThatDoesNotSayHowItCameAbout() {
        assertPricingFails(
                DecidePriceResponse.Builder::clearOutcome,
                "did not say how it decided step 5; the outcome must be one of the contract's");
        assertPricingFails(
                response -> response.setOutcome(DecisionOutcome.DECISION_OUTCOME_RULE),
                "did not ask a model at step 5, as it was told to");
        assertPricingFails(DecidePriceResponse.Builder::clearReport, "did not report how the model decided step 5");
    }

    @Test
    void shouldRefuseAReportOfImpossibleUse() {
        List<Consumer<ModelReport.Builder>> reports = List.of(
                report -> report.setChargedTokens(-1),
                report -> report.setChargedCost(Double.NaN),
                report -> report.setChargedCost(Double.POSITIVE_INFINITY),
                report -> report.getCallsBuilder(0).setInputTokens(-1),
                report -> report.getCallsBuilder(0).setOutputTokens(-1),
                report -> report.getCallsBuilder(0).setLatencyNanos(-1));
        for (Consumer<ModelReport.Builder> change : reports) {
            assertPricingFails(
                    response -> change.accept(response.getReportBuilder()),
                    "reported at step 5 that less than nothing, or what is no number, was used");
        }
    }

    private void assertPricingFails(Consumer<DecidePriceResponse.Builder> change, String predicate) {
        DecidePriceResponse.Builder response = ModelTestQuestions.pricing();
        change.accept(response);
        agent.pricing = ModelTestQuestions.answering(response);
        assertFails(ModelTestQuestions.price(5), "seller agent at " + agent.address() + " " + predicate);
    }

    @ParameterizedTest
    @ValueSource(ints = {3, -2, Integer.MAX_VALUE})
    void shouldRefuseASellerThatDoesNotExist(int seller) {
        agent.choosingOne = (request, answer) -> ModelTestQuestions.answer(
                answer,
                ChooseSellerResponse.newBuilder()
                        .setChoice(seller)
                        .setOutcome(DecisionOutcome.DECISION_OUTCOME_MODEL)
                        .setReport(ModelTestQuestions.REPORT)
                        .build());
        assertFails(
                ModelTestQuestions.choice(5, 0),
                "buyer agent at " + agent.address() + " chose seller " + seller + " at step 5, but sellers are 0 to 2");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 77})
    void shouldRefuseAnImpressionThatIsNone(int impression) {
        agent.impressing = (request, answer) -> ModelTestQuestions.answer(
                answer,
                UpdateImpressionResponse.newBuilder()
                        .setImpressionValue(impression)
                        .setOutcome(DecisionOutcome.DECISION_OUTCOME_MODEL)
                        .setReport(ModelTestQuestions.REPORT)
                        .build());
        assertFails(
                ModelTestQuestions.impression(5),
                "buyer agent at " + agent.address()
                        + " answered no impression at step 5; it must be one of the contract's");
    }

    @Test
    void shouldNotAskAgainWhatWasRefused() {
        agent.pricing = FakeAgent.failing(
                1, Status.INVALID_ARGUMENT.withDescription("seller is 2"), FakeAgent.answeringPrice(1));
        assertFails(ModelTestQuestions.price(5), "seller agent at " + agent.address() + " refused step 5: seller is 2");
        assertThat(agent.priceRequests).hasSize(1);
    }

    @Test
    void shouldChargeTheAllowanceForEachAttemptThatWasLost() throws Exception {
        agent.pricing =
                FakeAgent.failing(2, Status.UNAVAILABLE, ModelTestQuestions.answering(ModelTestQuestions.pricing()));
        ModelAnswer answer = ask(ModelTestQuestions.price(5), LIMITED);
        assertThat(agent.priceRequests).hasSize(3);
        assertThat(List.copyOf(agent.priceRequests).get(2)).isEqualTo(agent.priceRequests.element());
        assertThat(answer.report().chargedTokens()).isEqualTo(40 + 2 * 1000);
        assertThat(answer.report().chargedCost()).isEqualTo(0.5 + 2 * 0.25);
        assertThat(answer.report().lostCalls()).isEqualTo(2 * LIMITED.calls());
        assertThat(answer.report().calls()).hasSize(2);
        assertThat(answer.reason()).isEqualTo("no JSON");
    }

    @Test
    void shouldChargeNothingForAttemptsWithoutALimit() throws Exception {
        agent.pricing =
                FakeAgent.failing(2, Status.UNAVAILABLE, ModelTestQuestions.answering(ModelTestQuestions.pricing()));
        ModelAnswer answer = ask(ModelTestQuestions.price(5), Allowance.UNLIMITED);
        assertThat(answer.report().chargedTokens()).isEqualTo(40);
        assertThat(answer.report().chargedCost()).isEqualTo(0.5);
        assertThat(answer.report().lostCalls()).isZero();
    }

    @Test
    void shouldGoOnWhenTheAgentIsBackAndNameWhoAnswered() throws Exception {
        int count = 50;
        CountDownLatch asked = new CountDownLatch(count);
        agent.choosingOne = (request, answer) -> asked.countDown();
        List<CompletableFuture<ModelAnswer>> answers = new ArrayList<>();
        for (int buyer = 0; buyer < count; buyer++) {
            answers.add(start(ModelTestQuestions.choice(8, buyer), LIMITED));
        }
        asked.await();
        int port = agent.port();
        agent.close();
        // Long enough for attempts that nobody can have received, which are not charged.
        Thread.sleep(700);
        agent = new FakeAgent(port);
        agent.becomeVersion("8");
        agent.choosingOne = ModelTestQuestions::choose;
        for (int buyer = 0; buyer < count; buyer++) {
            ModelAnswer answer = answers.get(buyer).get();
            assertThat(answer.decision())
                    .isEqualTo(new ModelDecision.Choice(FakeAgent.choiceOf(buyer, ModelTestQuestions.PRICES.length)));
            assertThat(answer.agent().version()).isEqualTo("8");
            assertThat(answer.report().chargedTokens()).isEqualTo(1000);
        }
        assertThat(agent.oneChoiceRequests).hasSize(count);
        assertThat(agent.descriptions.get()).isLessThan(count);
    }

    @Test
    void shouldNotWaitForeverForAnAgentThatIsAway() {
        agents.close();
        agents = connect(new Patience(Duration.ofSeconds(1), Duration.ofMillis(900)));
        agent.close();
        assertThatThrownBy(() -> agents.ask(
                                ModelTestQuestions.price(5),
                                ModelTestQuestions.settings(Duration.ofMillis(100)),
                                Allowance.UNLIMITED)
                        .get())
                .isInstanceOf(ExecutionException.class)
                .cause()
                .isInstanceOf(AgentFailureException.class)
                .hasMessage("seller agent at " + agent.address()
                        + " could not be reached at step 5 within 1 s: nothing listens there");
    }

    @Test
    void shouldNotWaitForAnAnswerBeyondTheDeadline() {
        agents.close();
        agents = connect(new Patience(Duration.ofMillis(300), Duration.ofSeconds(9)));
        agent.pricing = (request, answer) -> {};
        assertThatThrownBy(() -> agents.ask(
                                ModelTestQuestions.price(5),
                                ModelTestQuestions.settings(Duration.ofMillis(200)),
                                Allowance.UNLIMITED)
                        .get())
                .cause()
                .isInstanceOf(AgentFailureException.class)
                .hasMessage("seller agent at " + agent.address() + " did not answer step 5 within 500 ms");
    }

    @Test
    void shouldHaveManyQuestionsUnderWayAtOnce() throws Exception {
        int count = 1000;
        CountDownLatch all = new CountDownLatch(count);
        ScheduledExecutorService later = Executors.newSingleThreadScheduledExecutor();
        agent.choosingOne = (request, answer) -> {
            all.countDown();
            later.execute(() -> {
                await(all);
                ModelTestQuestions.choose(request, answer);
            });
        };
        try {
            List<CompletableFuture<ModelAnswer>> answers = new ArrayList<>();
            for (int buyer = 0; buyer < count; buyer++) {
                answers.add(start(ModelTestQuestions.choice(9, buyer), Allowance.UNLIMITED));
            }
            for (int buyer = 0; buyer < count; buyer++) {
                assertThat(answers.get(buyer).get().decision())
                        .isEqualTo(
                                new ModelDecision.Choice(FakeAgent.choiceOf(buyer, ModelTestQuestions.PRICES.length)));
            }
        } finally {
            later.shutdownNow();
        }
        assertThat(agent.descriptions).hasValue(2);
    }

    @Test
    void shouldCancelTheCall() throws Exception {
        CountDownLatch asked = new CountDownLatch(1);
        CountDownLatch cancelled = new CountDownLatch(1);
        agent.pricing = (request, answer) -> {
            ((io.grpc.stub.ServerCallStreamObserver<DecidePriceResponse>) answer)
                    .setOnCancelHandler(cancelled::countDown);
            asked.countDown();
        };
        CompletableFuture<ModelAnswer> answer = start(ModelTestQuestions.price(5), Allowance.UNLIMITED);
        asked.await();
        answer.cancel(true);
        assertThat(cancelled.await(10, TimeUnit.SECONDS)).isTrue();
        assertThat(answer).isCancelled();
    }

    @Test
    void shouldEndWhatIsOpenWhenItIsClosed() throws Exception {
        CountDownLatch asked = new CountDownLatch(1);
        AtomicInteger calls = new AtomicInteger();
        agent.pricing = (DecidePriceRequest request, StreamObserver<DecidePriceResponse> answer) -> {
            calls.incrementAndGet();
            asked.countDown();
        };
        CompletableFuture<ModelAnswer> answer = start(ModelTestQuestions.price(5), Allowance.UNLIMITED);
        asked.await();
        agents.close();
        assertThatThrownBy(answer::get)
                .cause()
                .isInstanceOf(AgentFailureException.class)
                .hasMessage(
                        "seller agent at " + agent.address() + " was not waited for: the connection was given back");
        assertThat(calls).hasValue(1);
    }

    @Test
    void shouldRefuseAnAgentThatAsksNoModels() {
        agent.description = AgentDescription.newBuilder()
                .setName("fake")
                .setVersion("7")
                .addStrategies("rule")
                .build();
        assertThatThrownBy(() -> GrpcModelAgents.connect(Optional.empty(), Optional.of(agent.address()), OPTIONS))
                .isInstanceOf(AgentFailureException.class)
                .hasMessage(
                        "buyer agent at " + agent.address() + " does not offer the strategy 'llm'; it offers: rule");
    }

    @Test
    void shouldSayThatThereIsNoAgentForAQuestion() {
        agents.close();
        agents = GrpcModelAgents.connect(Optional.of(agent.address()), Optional.empty(), OPTIONS);
        assertFails(ModelTestQuestions.impression(5), "there is no agent to ask models for buyers");
    }

    private void assertFails(ModelQuestion question, String message) {
        assertThatThrownBy(() -> ask(question, Allowance.UNLIMITED))
                .isInstanceOf(ExecutionException.class)
                .cause()
                .isInstanceOf(AgentFailureException.class)
                .hasMessage(message);
    }

    private GrpcModelAgents connect(Patience patience) {
        return GrpcModelAgents.connect(Optional.of(agent.address()), Optional.of(agent.address()), OPTIONS, patience);
    }

    private ModelAnswer ask(ModelQuestion question, Allowance allowance) throws Exception {
        return start(question, allowance).get();
    }

    private CompletableFuture<ModelAnswer> start(ModelQuestion question, Allowance allowance) {
        return agents.ask(question, ModelTestQuestions.settings(DEADLINE), allowance);
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
