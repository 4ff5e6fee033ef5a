package org.interregnum.orchestrator.adapter.grpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.grpc.Status;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.interregnum.agent.v1.AgentDescription;
import org.interregnum.agent.v1.DecidePriceRequest;
import org.interregnum.agent.v1.DecidePriceResponse;
import org.interregnum.agent.v1.DecisionOutcome;
import org.interregnum.orchestrator.agent.AgentAddress;
import org.interregnum.orchestrator.agent.AgentFailureException;
import org.interregnum.orchestrator.agent.Decider;
import org.interregnum.orchestrator.agent.PriceDecision;
import org.interregnum.orchestrator.agent.PricingQuestion;
import org.interregnum.orchestrator.model.PricePremiums;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class GrpcSellerAgentsTest {
    private static final GrpcAgentOptions OPTIONS =
            GrpcAgentOptions.defaults().withRunId("run-1").withDeadline(Duration.ofSeconds(5));
    private static final PricingQuestion QUESTION = new PricingQuestion(
            5,
            2,
            new double[] {1, 2, 3},
            new double[] {0.1, 0.2, 0.7},
            new PricePremiums(new double[] {0.5, -0.25, 99}, 2),
            0.3,
            0.4,
            -0.5);

    private final FakeAgent agent = new FakeAgent();

    @AfterEach
    void stop() {
        agent.close();
    }

    @Test
    void shouldSendTheWholeQuestion() {
        decide(OPTIONS);
        DecidePriceRequest request = agent.priceRequests.element();
        assertThat(request.getRunId()).isEqualTo("run-1");
        assertThat(request.getStep()).isEqualTo(5);
        assertThat(request.getSeller()).isEqualTo(2);
        assertThat(request.getMarket().getPricesList()).containsExactly(1.0, 2.0, 3.0);
        assertThat(request.getMarket().getSharesList()).containsExactly(0.1, 0.2, 0.7);
        assertThat(request.getPricePremiumsList()).containsExactly(0.5, -0.25);
        assertThat(request.getUnitCost()).isEqualTo(0.3);
        assertThat(request.getCostCap()).isEqualTo(0.4);
        assertThat(request.getPriceNoise()).isEqualTo(-0.5);
        assertThat(request.getStrategy()).isEmpty();
    }

    @Test
    void shouldSayWhoDecided() {
        assertThat(decide(OPTIONS))
                .isEqualTo(new PriceDecision(
                        1.5,
                        new Decider("fake", "7", "rule", org.interregnum.orchestrator.agent.DecisionOutcome.RULE, "")));
    }

    @Test
    void shouldKeepTheReasonOfAnOutcomeThatIsNotPlain() {
        agent.pricing = (request, answer) -> {
            answer.onNext(DecidePriceResponse.newBuilder()
                    .setOutcome(DecisionOutcome.DECISION_OUTCOME_FALLBACK)
                    .setReason("the model was silent")
                    .build());
            answer.onCompleted();
        };
        Decider decider = decide(OPTIONS).decider();
        assertThat(decider.outcome()).isEqualTo(org.interregnum.orchestrator.agent.DecisionOutcome.FALLBACK);
        assertThat(decider.reason()).isEqualTo("the model was silent");
    }

    @Test
    void shouldAskForTheStrategyWanted() {
        GrpcAgentOptions whim = new GrpcAgentOptions("", "whim", OPTIONS.deadline(), OPTIONS.connectDeadline(), 1, 1);
        assertThat(decide(whim).decider().strategy()).isEqualTo("whim");
        assertThat(agent.priceRequests.element().getStrategy()).isEqualTo("whim");
    }

    @Test
    void shouldRefuseAnAgentWithoutTheStrategyWanted() {
        GrpcAgentOptions luck = new GrpcAgentOptions("", "luck", OPTIONS.deadline(), OPTIONS.connectDeadline(), 1, 1);
        assertThatThrownBy(() -> decide(luck))
                .isInstanceOf(AgentFailureException.class)
                .hasMessage("seller agent at " + agent.address()
                        + " does not offer the strategy 'luck'; it offers: rule, whim, llm");
    }

    @Test
    void shouldRefuseAnAgentWithoutAName() {
        agent.description = AgentDescription.getDefaultInstance();
        assertThatThrownBy(() -> decide(OPTIONS))
                .isInstanceOf(AgentFailureException.class)
                .hasMessage("seller agent at " + agent.address() + " does not say its name, version and strategies");
    }

    @ParameterizedTest
    @ValueSource(doubles = {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY, -0.01})
    void shouldRefuseAPriceThatIsNone(double price) {
        agent.pricing = FakeAgent.answeringPrice(price);
        assertThatThrownBy(() -> decide(OPTIONS))
                .isInstanceOf(AgentFailureException.class)
                .hasMessage("seller agent at " + agent.address() + " answered a price of " + price
                        + " at step 5; a price must be finite and at least 0");
    }

    @Test
    void shouldRefuseADecisionThatDoesNotSayHowItCameAbout() {
        agent.pricing = (request, answer) -> {
            answer.onNext(DecidePriceResponse.newBuilder().setPrice(1).build());
            answer.onCompleted();
        };
        assertThatThrownBy(() -> decide(OPTIONS))
                .isInstanceOf(AgentFailureException.class)
                .hasMessage("seller agent at " + agent.address()
                        + " did not say how it decided step 5; the outcome must be one of the contract's");
    }

    @Test
    void shouldAskAgainWhenTheAgentWasUnavailable() {
        agent.pricing = FakeAgent.failing(2, Status.UNAVAILABLE, FakeAgent.answeringPrice(4));
        assertThat(decide(OPTIONS).price()).isEqualTo(4);
        assertThat(agent.priceRequests).hasSize(3);
    }

    @Test
    void shouldGiveUpWithinTheDeadlineWhenTheAgentStaysUnavailable() {
        agent.pricing = FakeAgent.failing(
                Integer.MAX_VALUE, Status.UNAVAILABLE.withDescription("back\n soon"), FakeAgent.answeringPrice(4));
        long start = System.nanoTime();
        assertThatThrownBy(() -> decide(OPTIONS.withDeadline(Duration.ofMillis(400))))
                .isInstanceOf(AgentFailureException.class)
                .hasMessage("seller agent at " + agent.address()
                        + " could not be reached at step 5 within 400 ms: back soon");
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(5));
        assertThat(agent.priceRequests).hasSizeBetween(2, 20);
    }

    @Test
    void shouldNotAskAgainWhatWasRefused() {
        agent.pricing = FakeAgent.failing(
                1, Status.INVALID_ARGUMENT.withDescription("seller is 99"), FakeAgent.answeringPrice(4));
        assertThatThrownBy(() -> decide(OPTIONS))
                .isInstanceOf(AgentFailureException.class)
                .hasMessage("seller agent at " + agent.address() + " refused step 5: seller is 99");
        assertThat(agent.priceRequests).hasSize(1);
    }

    @Test
    void shouldNotAskAgainWhenTheAgentLacksSomething() {
        agent.pricing = FakeAgent.failing(
                1, Status.FAILED_PRECONDITION.withDescription("no model"), FakeAgent.answeringPrice(4));
        assertThatThrownBy(() -> decide(OPTIONS))
                .isInstanceOf(AgentFailureException.class)
                .hasMessage("seller agent at " + agent.address() + " cannot answer step 5: no model");
        assertThat(agent.priceRequests).hasSize(1);
    }

    @Test
    void shouldNameAFailureWithoutADescriptionByItsCode() {
        agent.pricing = FakeAgent.failing(1, Status.INTERNAL, FakeAgent.answeringPrice(4));
        assertThatThrownBy(() -> decide(OPTIONS))
                .isInstanceOf(AgentFailureException.class)
                .hasMessage("seller agent at " + agent.address() + " failed at step 5: INTERNAL");
    }

    @Test
    void shouldNotWaitBeyondTheDeadline() {
        agent.pricing = (request, answer) -> {};
        assertThatThrownBy(() -> decide(OPTIONS.withDeadline(Duration.ofMillis(300))))
                .isInstanceOf(AgentFailureException.class)
                .hasMessage("seller agent at " + agent.address() + " did not answer step 5 within 300 ms");
        assertThat(agent.priceRequests).hasSize(1);
    }

    @Test
    void shouldStopWaitingWhenInterrupted() throws InterruptedException {
        CountDownLatch asked = new CountDownLatch(1);
        agent.pricing = (request, answer) -> asked.countDown();
        AtomicReference<Throwable> outcome = new AtomicReference<>();
        Thread run = new Thread(() -> {
            try {
                decide(OPTIONS);
            } catch (AgentFailureException e) {
                outcome.set(e);
            }
        });
        run.start();
        asked.await();
        run.interrupt();
        run.join();
        assertThat(outcome.get()).hasMessageContaining("the run was interrupted");
    }

    @Test
    void shouldSayThatNothingListens() throws IOException {
        int port = freePort();
        long start = System.nanoTime();
        assertThatThrownBy(() -> GrpcSellerAgents.connect(
                        new AgentAddress("127.0.0.1", port), OPTIONS.withConnectDeadline(Duration.ofMillis(500))))
                .isInstanceOf(AgentFailureException.class)
                .hasMessage("seller agent at 127.0.0.1:" + port
                        + " could not be reached within 500 ms: nothing listens there");
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(10));
    }

    @Test
    void shouldSayThatAHostDoesNotExist() {
        assertThatThrownBy(() -> GrpcSellerAgents.connect(
                        AgentAddress.parse("nowhere.invalid:9001"),
                        OPTIONS.withConnectDeadline(Duration.ofMillis(500))))
                .isInstanceOf(AgentFailureException.class)
                .hasMessageStartingWith("seller agent at nowhere.invalid:9001 ");
    }

    @Test
    void shouldSayThatSomethingElseListens() {
        io.grpc.Server other = FakeAgent.serve(0);
        try {
            assertThatThrownBy(() -> GrpcSellerAgents.connect(new AgentAddress("127.0.0.1", other.getPort()), OPTIONS))
                    .isInstanceOf(AgentFailureException.class)
                    .hasMessage("seller agent at 127.0.0.1:" + other.getPort()
                            + " does not understand the question who it is; something else listens there");
        } finally {
            other.shutdownNow();
        }
    }

    @Test
    void shouldWaitForAnAgentThatIsOnItsWay() throws Exception {
        int port = freePort();
        AtomicReference<FakeAgent> late = new AtomicReference<>();
        Thread starting = new Thread(() -> {
            pause(300);
            late.set(new FakeAgent(port));
        });
        starting.start();
        try (GrpcSellerAgents sellers = GrpcSellerAgents.connect(
                new AgentAddress("127.0.0.1", port), OPTIONS.withConnectDeadline(Duration.ofSeconds(20)))) {
            assertThat(sellers.decidePrice(QUESTION).price()).isEqualTo(1.5);
        } finally {
            starting.join();
            late.get().close();
        }
    }

    @Test
    void shouldFindAnAgentAgainThatWasStartedAnew() {
        int port;
        FakeAgent first = new FakeAgent();
        port = first.address().port();
        try (GrpcSellerAgents sellers = GrpcSellerAgents.connect(first.address(), OPTIONS)) {
            sellers.decidePrice(QUESTION);
            first.close();
            try (FakeAgent second = new FakeAgent(port)) {
                assertThat(sellers.decidePrice(QUESTION).price()).isEqualTo(1.5);
                assertThat(second.priceRequests).hasSize(1);
            }
        }
    }

    @Test
    void shouldNameTheVersionThatAnsweredAfterAPause() {
        try (GrpcSellerAgents sellers = GrpcSellerAgents.connect(agent.address(), OPTIONS)) {
            assertThat(sellers.decidePrice(QUESTION).decider().version()).isEqualTo("7");
            agent.becomeVersion("8");
            agent.pricing = FakeAgent.failing(1, Status.UNAVAILABLE, FakeAgent.answeringPrice(4));
            assertThat(sellers.decidePrice(QUESTION).decider().version()).isEqualTo("8");
            assertThat(sellers.profile())
                    .hasValueSatisfying(known -> assertThat(known.version()).isEqualTo("8"));
        }
    }

    @Test
    void shouldNameTheVersionThatWasStartedInPlaceOfAnother() {
        FakeAgent first = new FakeAgent();
        try (GrpcSellerAgents sellers = GrpcSellerAgents.connect(first.address(), OPTIONS)) {
            sellers.decidePrice(QUESTION);
            first.close();
            try (FakeAgent second = new FakeAgent(first.port())) {
                second.becomeVersion("8");
                assertThat(sellers.decidePrice(QUESTION).decider().version()).isEqualTo("8");
            }
        }
    }

    @Test
    void shouldRefuseAnAgentThatTookThePlaceOfAnotherAndLacksTheStrategyWanted() {
        GrpcAgentOptions whim = new GrpcAgentOptions("", "whim", OPTIONS.deadline(), OPTIONS.connectDeadline(), 1, 1);
        try (GrpcSellerAgents sellers = GrpcSellerAgents.connect(agent.address(), whim)) {
            agent.description = agent.description.toBuilder()
                    .clearStrategies()
                    .addStrategies("rule")
                    .build();
            agent.pricing = FakeAgent.failing(1, Status.UNAVAILABLE, FakeAgent.answeringPrice(4));
            assertThatThrownBy(() -> sellers.decidePrice(QUESTION))
                    .isInstanceOf(AgentFailureException.class)
                    .hasMessageEndingWith("does not offer the strategy 'whim'; it offers: rule");
        }
    }

    @Test
    void shouldAskOnceWhoAnAgentIsThatNeverGoesAway() {
        try (GrpcSellerAgents sellers = GrpcSellerAgents.connect(agent.address(), OPTIONS)) {
            for (int question = 0; question < 10; question++) {
                sellers.decidePrice(QUESTION);
            }
        }
        assertThat(agent.descriptions).hasValue(1);
    }

    private PriceDecision decide(GrpcAgentOptions options) {
        try (GrpcSellerAgents sellers = GrpcSellerAgents.connect(agent.address(), options)) {
            return sellers.decidePrice(QUESTION);
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private static void pause(long millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
