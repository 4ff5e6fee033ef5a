package org.interregnum.orchestrator.adapter.grpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.grpc.Status;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.interregnum.agent.BundledAgent;
import org.interregnum.agent.PackedRequest;
import org.interregnum.agent.v1.DecidePriceRequest;
import org.interregnum.agent.v1.DecidePriceResponse;
import org.interregnum.orchestrator.adapter.grpc.AgentClient.Answered;
import org.interregnum.orchestrator.agent.AgentFailureException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Two processes behind one name, at 127.0.0.1 and 127.0.0.2, which a test can make stand for the name by turns. */
@Timeout(60)
class ReplicasTest {
    private final FakeAgent first = new FakeAgent();
    private final FakeAgent second = new FakeAgent("127.0.0.2", first.port());
    private AgentClient client;

    @BeforeEach
    void connect() throws UnknownHostException {
        second.becomeVersion("8");
        client = new AgentClient(BundledAgent.SELLER, first.address(), "");
        standFor("127.0.0.1", "127.0.0.2");
    }

    @AfterEach
    void stop() {
        client.close();
        first.close();
        second.close();
    }

    private void standFor(String... addresses) throws UnknownHostException {
        Set<InetAddress> all = new LinkedHashSet<>();
        for (String address : addresses) {
            all.add(InetAddress.getByName(address));
        }
        client.replicas().update(all);
    }

    private Answered<DecidePriceResponse> ask(Duration deadline) {
        return client.ask(
                PackedRequest.DECIDE_PRICE,
                new PackedRequest<>(DecidePriceRequest.newBuilder().setStep(5).build(), new double[] {1}),
                "step 5",
                deadline);
    }

    private String versionAsked() {
        return ask(Duration.ofSeconds(10)).by().profile().version();
    }

    private void askAll(int count, int inFlight) {
        client.askAll(
                PackedRequest.DECIDE_PRICE,
                count,
                inFlight,
                index -> new PackedRequest<>(
                        DecidePriceRequest.newBuilder().setStep(5).build(), new double[] {1}),
                (index, answer, identity) -> {},
                "step 5",
                Duration.ofSeconds(30));
    }

    @Test
    void shouldShareQuestionsAmongAll() {
        askAll(100, 4);
        assertThat(first.priceRequests).hasSizeBetween(25, 75);
        assertThat(second.priceRequests).hasSizeBetween(25, 75);
    }

    @Test
    void shouldAskWhoeverHasLessToDo() {
        CountDownLatch mayEnd = new CountDownLatch(1);
        first.pricing = (request, answer) -> new Thread(() -> {
                    try {
                        mayEnd.await(10, TimeUnit.SECONDS);
                    } catch (InterruptedException e) {
                        throw new IllegalStateException(e);
                    }
                    FakeAgent.answeringPrice(1).accept(request, answer);
                })
                .start();
        second.pricing = (request, answer) -> {
            if (second.priceRequests.size() == 60) {
                mayEnd.countDown();
            }
            FakeAgent.answeringPrice(2).accept(request, answer);
        };
        askAll(64, 4);
        assertThat(first.priceRequests.size()).isLessThanOrEqualTo(6);
    }

    @Test
    void shouldNameWhoeverDecided() {
        first.pricing = FakeAgent.answeringPrice(1);
        second.pricing = FakeAgent.answeringPrice(2);
        List<String> seen = new ArrayList<>();
        for (int question = 0; question < 10; question++) {
            Answered<DecidePriceResponse> answered = ask(Duration.ofSeconds(10));
            seen.add(answered.by().profile().version() + " "
                    + (int) answered.answer().getPrice());
        }
        assertThat(seen).containsOnly("7 1", "8 2").contains("7 1", "8 2");
        assertThat(first.descriptions).hasValue(1);
        assertThat(second.descriptions).hasValue(1);
    }

    @Test
    void shouldAskAnotherWhereOneCannotBeReached() {
        first.close();
        for (int question = 0; question < 20; question++) {
            assertThat(versionAsked()).isEqualTo("8");
        }
    }

    @Test
    void shouldAskAnotherAtOnceWhereOneIsUnavailable() {
        first.pricing = FakeAgent.failing(Integer.MAX_VALUE, Status.UNAVAILABLE, FakeAgent.answeringPrice(1));
        long begin = System.nanoTime();
        for (int question = 0; question < 20; question++) {
            assertThat(versionAsked()).isEqualTo("8");
        }
        assertThat(first.priceRequests.size()).isLessThan(20);
        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(20));
    }

    @Test
    void shouldAskAnotherWhereOneStandsStillAndNotAskThatAgain() {
        versionAsked();
        versionAsked();
        first.pricing = (request, answer) -> {};
        first.isSilent = true;
        for (int question = 0; question < 50; question++) {
            assertThat(versionAsked()).isEqualTo("8");
        }
        // One when each was asked for the first time, and one that was in vain.
        assertThat(first.priceRequests.size()).isLessThanOrEqualTo(3);
    }

    @Test
    void shouldAskThatAgainWhichStoodStillAndAnswers() throws InterruptedException {
        versionAsked();
        versionAsked();
        first.pricing = (request, answer) -> {};
        while (first.priceRequests.size() < 2) {
            versionAsked();
        }
        first.pricing = FakeAgent.answeringPrice(1);
        int before = first.priceRequests.size();
        for (int question = 0; question < 200 && first.priceRequests.size() == before; question++) {
            versionAsked();
            Thread.sleep(50);
        }
        assertThat(first.priceRequests.size()).isGreaterThan(before);
    }

    @Test
    void shouldAskTheOnlyOneAgainOverANewConnection() throws UnknownHostException {
        standFor("127.0.0.1");
        first.pricing = (request, answer) -> {
            if (first.priceRequests.size() > 1) {
                FakeAgent.answeringPrice(3).accept(request, answer);
            }
        };
        assertThat(ask(Duration.ofSeconds(20)).answer().getPrice()).isEqualTo(3);
        assertThat(first.priceRequests).hasSize(2);
    }

    @Test
    void shouldAskNobodyWhoNoLongerStandsForTheName() throws UnknownHostException {
        askAll(10, 2);
        standFor("127.0.0.2");
        int before = first.priceRequests.size();
        askAll(10, 2);
        assertThat(first.priceRequests).hasSize(before);
        standFor("127.0.0.1");
        assertThat(versionAsked()).isEqualTo("7");
    }

    @Test
    void shouldLetQuestionsEndThatAreUnderWayWhenTheirAgentVanishes() throws InterruptedException {
        second.close();
        CountDownLatch asked = new CountDownLatch(1);
        CountDownLatch mayEnd = new CountDownLatch(1);
        first.pricing = (request, answer) -> {
            asked.countDown();
            new Thread(() -> {
                        try {
                            mayEnd.await();
                        } catch (InterruptedException e) {
                            throw new IllegalStateException(e);
                        }
                        FakeAgent.answeringPrice(4).accept(request, answer);
                    })
                    .start();
        };
        Thread vanishing = new Thread(() -> {
            try {
                asked.await();
                standFor("127.0.0.2");
                mayEnd.countDown();
            } catch (InterruptedException | UnknownHostException e) {
                throw new IllegalStateException(e);
            }
        });
        vanishing.start();
        assertThat(ask(Duration.ofSeconds(20)).answer().getPrice()).isEqualTo(4);
        vanishing.join();
        assertThat(first.priceRequests).hasSize(1);
    }

    @Test
    void shouldFailWhenAllAreAway() {
        first.close();
        second.close();
        assertThatThrownBy(() -> ask(Duration.ofMillis(700)))
                .isInstanceOf(AgentFailureException.class)
                .hasMessageContaining("could not be reached at step 5 within 700 ms: nothing listens there");
    }
}
