package org.interregnum.orchestrator.adapter.grpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.grpc.Status;
import io.grpc.stub.StreamObserver;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.interregnum.agent.v1.ChooseSellersRequest;
import org.interregnum.agent.v1.ChooseSellersResponse;
import org.interregnum.agent.v1.DecisionOutcome;
import org.interregnum.orchestrator.agent.AgentFailureException;
import org.interregnum.orchestrator.agent.ChoiceQuestion;
import org.interregnum.orchestrator.agent.Decider;
import org.interregnum.orchestrator.model.Preferences;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class GrpcBuyerAgentsTest {
    private static final int SELLERS = 4;
    private static final GrpcAgentOptions OPTIONS = GrpcAgentOptions.defaults().withDeadline(Duration.ofSeconds(5));

    private final FakeAgent agent = new FakeAgent();

    @AfterEach
    void stop() {
        agent.close();
    }

    @Test
    void shouldSendTheWholeQuestion() {
        choose(new int[] {1, 3}, OPTIONS.withRunId("run-1"));
        ChooseSellersRequest request = agent.choiceRequests.element();
        assertThat(request.getRunId()).isEqualTo("run-1");
        assertThat(request.getStep()).isEqualTo(17);
        assertThat(request.getNetworkEffect()).isEqualTo(2.5);
        assertThat(request.getMarket().getPricesList()).containsExactly(1.0, 2.0, 3.0, 4.0);
        assertThat(request.getMarket().getSharesList()).containsExactly(0.0, 0.25, 0.5, 0.25);
        assertThat(request.getBuyersList()).containsExactly(1, 3);
        assertThat(request.getPreferencesList())
                .containsExactly(1000.0, 3000.0, 1000.1, 3000.1, 1000.2, 3000.2, 1000.3, 3000.3);
    }

    @Test
    void shouldPutEachAnswerWhereItsBuyerWas() {
        int[] buyers = buyers(1000);
        assertThat(choose(buyers, OPTIONS.withBatches(7, 3))).containsExactly(expected(buyers));
        assertThat(agent.choiceRequests).hasSize(143);
    }

    @Test
    void shouldPutEachAnswerWhereItsBuyerWasWhateverTheOrderOfArrival() {
        List<Runnable> held = new ArrayList<>();
        int batches = 6;
        agent.choosing = (request, answer) -> {
            synchronized (held) {
                held.add(() -> FakeAgent.chooseByNumber(request, answer));
                if (held.size() == batches) {
                    Collections.reverse(held);
                    held.forEach(Runnable::run);
                }
            }
        };
        int[] buyers = buyers(60);
        assertThat(choose(buyers, OPTIONS.withBatches(10, batches))).containsExactly(expected(buyers));
    }

    @Test
    void shouldNotHaveMoreRequestsUnderWayThanAllowed() {
        AtomicInteger underWay = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        agent.choosing = (request, answer) -> {
            most.accumulateAndGet(underWay.incrementAndGet(), Math::max);
            pause(5);
            underWay.decrementAndGet();
            FakeAgent.chooseByNumber(request, answer);
        };
        choose(buyers(100), OPTIONS.withBatches(5, 3));
        assertThat(most).hasValueLessThanOrEqualTo(3);
    }

    @Test
    void shouldKeepRequestsSmallWhateverTheBatchSize() {
        int[] buyers = buyers(200_000);
        assertThat(choose(buyers, OPTIONS.withBatches(Integer.MAX_VALUE, 2))).containsExactly(expected(buyers));
        assertThat(agent.choiceRequests)
                .allSatisfy(request -> assertThat(request.getSerializedSize()).isLessThanOrEqualTo(1 << 20))
                .hasSizeGreaterThan(5);
    }

    @Test
    void shouldAskAgainWhenTheAgentWasUnavailable() {
        agent.choosing = FakeAgent.failing(2, Status.UNAVAILABLE, FakeAgent::chooseByNumber);
        int[] buyers = buyers(40);
        assertThat(choose(buyers, OPTIONS.withBatches(10, 4))).containsExactly(expected(buyers));
        // Two failed. The answers to the other two may have come while nobody could say any more who gave them.
        assertThat(agent.choiceRequests).hasSizeBetween(4 + 2, 4 + 2 + 2);
    }

    @Test
    void shouldNameTheVersionThatAnsweredAfterAPause() {
        int[] buyers = buyers(40);
        try (GrpcBuyerAgents agents = GrpcBuyerAgents.connect(agent.address(), OPTIONS.withBatches(10, 4))) {
            assertThat(agents.choose(question(buyers), new int[40]).version()).isEqualTo("7");
            agent.becomeVersion("8");
            agent.choosing = FakeAgent.failing(1, Status.UNAVAILABLE, FakeAgent::chooseByNumber);
            assertThat(agents.choose(question(buyers), new int[40]).version()).isEqualTo("8");
            // At the start, and then for each of the four batches under way at most.
            int asked = agent.descriptions.get();
            assertThat(asked).isBetween(2, 5);
            assertThat(agents.choose(question(buyers), new int[40]).version()).isEqualTo("8");
            assertThat(agent.descriptions).hasValue(asked);
        }
    }

    @Test
    void shouldNotAskAgainWhatWasRefused() {
        agent.choosing = FakeAgent.failing(
                1, Status.INVALID_ARGUMENT.withDescription("buyers is empty"), FakeAgent::chooseByNumber);
        assertFailure("refused step 17: buyers is empty");
        assertThat(agent.choiceRequests).hasSize(1);
    }

    @Test
    void shouldNotWaitBeyondTheDeadline() {
        agent.choosing = (request, answer) -> {};
        assertThatThrownBy(() -> choose(new int[] {0}, OPTIONS.withDeadline(Duration.ofSeconds(1))))
                .isInstanceOf(AgentFailureException.class)
                .hasMessage("buyer agent at " + agent.address() + " did not answer step 17 within 1 s");
    }

    @Test
    void shouldRefuseTheWrongNumberOfChoices() {
        agent.choosing = (request, answer) -> answer(answer, DecisionOutcome.DECISION_OUTCOME_RULE, 0, 1, 2);
        assertFailure("answered 3 choices for 20 buyers at step 17");
    }

    @Test
    void shouldRefuseNoChoices() {
        agent.choosing = (request, answer) -> answer(answer, DecisionOutcome.DECISION_OUTCOME_RULE);
        assertFailure("answered 0 choices for 20 buyers at step 17");
    }

    @ParameterizedTest
    @ValueSource(ints = {SELLERS, -2, Integer.MAX_VALUE, Integer.MIN_VALUE})
    void shouldRefuseASellerThatDoesNotExist(int seller) {
        agent.choosing = (request, answer) -> {
            int[] choices = new int[request.getBuyersCount()];
            choices[7] = seller;
            answer(answer, DecisionOutcome.DECISION_OUTCOME_RULE, choices);
        };
        assertFailure("chose seller " + seller + " at step 17, but sellers are 0 to 3");
    }

    @Test
    void shouldRefuseADecisionThatDoesNotSayHowItCameAbout() {
        agent.choosing = (request, answer) ->
                answer(answer, DecisionOutcome.DECISION_OUTCOME_UNSPECIFIED, new int[request.getBuyersCount()]);
        assertFailure("did not say how it decided step 17; the outcome must be one of the contract's");
    }

    @Test
    void shouldTellOfTheLeastPlainBatch() {
        agent.choosing = (request, answer) -> {
            boolean second = request.getBuyers(0) >= 10;
            answer(
                    answer,
                    second ? DecisionOutcome.DECISION_OUTCOME_REPAIRED : DecisionOutcome.DECISION_OUTCOME_RULE,
                    new int[request.getBuyersCount()]);
        };
        try (GrpcBuyerAgents agents = GrpcBuyerAgents.connect(agent.address(), OPTIONS.withBatches(10, 2))) {
            Decider decider = agents.choose(question(buyers(30)), new int[30]);
            assertThat(decider.agent()).isEqualTo("fake");
            assertThat(decider.outcome()).isEqualTo(org.interregnum.orchestrator.agent.DecisionOutcome.REPAIRED);
        }
    }

    @Test
    void shouldLeaveAloneWhatLiesBeyondTheBuyersAsked() {
        int[] choices = new int[10];
        Arrays.fill(choices, 77);
        ChoiceQuestion question = question(buyers(10));
        try (GrpcBuyerAgents agents = GrpcBuyerAgents.connect(agent.address(), OPTIONS)) {
            agents.choose(
                    new ChoiceQuestion(
                            1, question.buyers(), 4, question.preferences(), 1, question.prices(), question.shares()),
                    choices);
        }
        assertThat(choices).containsExactly(-1, 0, 1, 2, 77, 77, 77, 77, 77, 77);
    }

    private void assertFailure(String predicate) {
        assertThatThrownBy(() -> choose(buyers(20), OPTIONS))
                .isInstanceOf(AgentFailureException.class)
                .hasMessage("buyer agent at " + agent.address() + " " + predicate);
    }

    private int[] choose(int[] buyers, GrpcAgentOptions options) {
        int[] choices = new int[buyers.length];
        try (GrpcBuyerAgents agents = GrpcBuyerAgents.connect(agent.address(), options)) {
            agents.choose(question(buyers), choices);
        }
        return choices;
    }

    private static ChoiceQuestion question(int[] buyers) {
        int most = buyers[buyers.length - 1] + 1;
        double[][] columns = new double[SELLERS][most];
        for (int seller = 0; seller < SELLERS; seller++) {
            for (int buyer = 0; buyer < most; buyer++) {
                columns[seller][buyer] = (buyer * 10_000 + seller) / 10.0;
            }
        }
        return new ChoiceQuestion(
                17, buyers, buyers.length, new Preferences(columns), 2.5, new double[] {1, 2, 3, 4}, new double[] {
                    0, 0.25, 0.5, 0.25
                });
    }

    private static int[] buyers(int count) {
        int[] buyers = new int[count];
        Arrays.setAll(buyers, index -> index);
        return buyers;
    }

    private static int[] expected(int[] buyers) {
        return Arrays.stream(buyers)
                .map(buyer -> FakeAgent.choiceOf(buyer, SELLERS))
                .toArray();
    }

    private static void answer(
            StreamObserver<ChooseSellersResponse> observer, DecisionOutcome outcome, int... choices) {
        ChooseSellersResponse.Builder response =
                ChooseSellersResponse.newBuilder().setOutcome(outcome);
        for (int choice : choices) {
            response.addChoices(choice);
        }
        observer.onNext(response.build());
        observer.onCompleted();
    }

    private static void pause(long millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
