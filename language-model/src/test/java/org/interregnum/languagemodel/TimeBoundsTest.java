package org.interregnum.languagemodel;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import org.interregnum.languagemodel.ModelReply.Ending;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class TimeBoundsTest {
    private static final Pacing ADAPTING = new Pacing(
            Duration.ofMillis(10), Duration.ofMillis(50), 6, 10, Duration.ofSeconds(5), 3, Duration.ofMillis(500));

    private final ModelServer server = new ModelServer();

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void shouldEndWithTheDeadlineAndNameTheLastFailure() {
        server.then(ModelServer.error(500))
                .otherwise(ModelServer.answer("{\"price\": 1}").after(Duration.ofSeconds(20)));
        long start = System.nanoTime();

        ModelReply<Double> reply =
                Asked.ask(Asked.models(), Asked.options(server).deadline(Duration.ofSeconds(2)));

        assertThat(reply.ending()).isEqualTo(Ending.UNANSWERED);
        assertThat(reply.reason()).contains("deadline of 2.00 s").contains("no answer within");
        assertThat(reply.calls()).hasSize(2);
        assertThat(reply.calls().get(1).latencyNanos()).isPositive();
        assertThat(Duration.ofNanos(System.nanoTime() - start))
                .isBetween(Duration.ofMillis(1800), Duration.ofSeconds(10));
    }

    @Test
    void shouldBoundAWaitForASlotByTheDeadline() throws Exception {
        server.otherwise(ModelServer.answer("{\"price\": 1}").after(Duration.ofSeconds(3)));
        BoundedLanguageModels models = Asked.models();
        Thread other = new Thread(() -> {
            ModelReply<Double> unused = Asked.ask(models, Asked.options(server).callsInFlight(1));
        });
        other.start();
        while (server.requests().isEmpty()) {
            Thread.sleep(5);
        }

        ModelReply<Double> reply =
                Asked.ask(models, Asked.options(server).callsInFlight(1).deadline(Duration.ofMillis(300)));

        assertThat(reply.ending()).isEqualTo(Ending.UNANSWERED);
        assertThat(reply.reason()).isEqualTo("the endpoint shop could take no call within the deadline of 0.30 s");
        assertThat(reply.calls()).isEmpty();
    }

    @Test
    void shouldRepeatACallThatHangs() {
        server.then(ModelServer.answer("{\"price\": 1}").after(Duration.ofSeconds(20)));

        ModelReply<Double> reply =
                Asked.ask(Asked.models(), Asked.options(server).callTimeout(Duration.ofSeconds(1)));

        assertThat(reply.ending()).isEqualTo(Ending.ANSWERED);
        assertThat(reply.calls().get(0).failure()).isEqualTo("no answer within 1.00 s");
        // What the provider may charge for it nobody knows.
        assertThat(reply.chargedTokens()).isGreaterThan(110 + 200);
    }

    @Test
    void shouldRepeatACallWhoseAnswerStopsHalfway() {
        server.then(ModelServer.answer("{\"price\": 1}").stalling(Duration.ofSeconds(20)));

        ModelReply<Double> reply =
                Asked.ask(Asked.models(), Asked.options(server).callTimeout(Duration.ofSeconds(1)));

        assertThat(reply.ending()).isEqualTo(Ending.ANSWERED);
        assertThat(reply.calls()).hasSize(2).hasSameSizeAs(server.requests());
        assertThat(reply.calls().get(0).failure()).isEqualTo("no answer within 1.00 s");
    }

    @Test
    void shouldNotWaitLongForAQuickEndpointThatHangs() {
        // The first call of a process is slow, and what follows from that is not meant here.
        ModelReply<Double> unused = Asked.ask(Asked.models(), Asked.options(server));
        BoundedLanguageModels models = Asked.models(ADAPTING);
        for (int i = 0; i < 5; i++) {
            assertThat(Asked.ask(models, Asked.options(server)).ending()).isEqualTo(Ending.ANSWERED);
        }
        server.then(
                ModelServer.answer("late").after(Duration.ofSeconds(20)),
                ModelServer.answer("late").after(Duration.ofSeconds(20)));

        ModelReply<Double> reply = Asked.ask(models, Asked.options(server).callTimeout(Duration.ofSeconds(15)));

        assertThat(reply.ending()).isEqualTo(Ending.ANSWERED);
        long first = reply.calls().get(0).latencyNanos();
        assertThat(Duration.ofNanos(first)).isBetween(Duration.ofMillis(450), Duration.ofSeconds(10));
        assertThat(reply.calls().get(1).latencyNanos()).isGreaterThan(first);
    }

    @Test
    void shouldGiveNoMoreTimeAfterFailuresThatWereNoTimeOuts() {
        BoundedLanguageModels models = Asked.models(ADAPTING);
        for (int i = 0; i < 5; i++) {
            assertThat(Asked.ask(models, Asked.options(server)).ending()).isEqualTo(Ending.ANSWERED);
        }
        server.then(
                ModelServer.error(500),
                ModelServer.error(500),
                ModelServer.answer("late").after(Duration.ofSeconds(20)));
        AnswerTimes times = models.endpoint(Asked.options(server).build()).answerTimes("asked-model");

        ModelReply<Double> reply = Asked.ask(models, Asked.options(server).callTimeout(Duration.ofSeconds(15)));

        assertThat(reply.ending()).isEqualTo(Ending.ANSWERED);
        assertThat(reply.calls()).hasSize(4);
        assertThat(Duration.ofNanos(reply.calls().get(2).latencyNanos()))
                .isLessThan(Duration.ofNanos(
                        2 * times.timeoutNanos(Duration.ofSeconds(15).toNanos(), 0)));
    }

    @Test
    void shouldFollowLatenciesWithinBounds() {
        AnswerTimes times = new AnswerTimes(Pacing.STANDARD);
        long minute = Duration.ofMinutes(1).toNanos();
        for (int i = 0; i < 19; i++) {
            times.add(Duration.ofMillis(100).toNanos());
        }
        assertThat(times.timeoutNanos(minute, 0)).isEqualTo(minute);

        times.add(Duration.ofMillis(100).toNanos());
        assertThat(times.timeoutNanos(minute, 0))
                .isEqualTo(Duration.ofSeconds(2).toNanos());
        assertThat(times.timeoutNanos(minute, 2))
                .isEqualTo(Duration.ofSeconds(8).toNanos());
        assertThat(times.timeoutNanos(minute, 5)).isEqualTo(minute);
        assertThat(times.timeoutNanos(1000, 0)).isEqualTo(1000);

        times.add(Duration.ofSeconds(2).toNanos());
        assertThat(times.timeoutNanos(minute, 0))
                .isEqualTo(Duration.ofSeconds(16).toNanos());
        for (int i = 0; i < 100; i++) {
            times.add(Duration.ofMillis(100).toNanos());
        }
        assertThat(times.timeoutNanos(minute, 0))
                .isEqualTo(Duration.ofSeconds(2).toNanos());
    }

    @Test
    void shouldEndPromptlyWhenInterrupted() throws Exception {
        server.otherwise(ModelServer.answer("late").after(Duration.ofSeconds(20)));
        AtomicReference<ModelReply<Double>> reply = new AtomicReference<>();
        AtomicReference<Boolean> isStillInterrupted = new AtomicReference<>();
        Thread asking = new Thread(() -> {
            reply.set(Asked.ask(Asked.models(), Asked.options(server)));
            isStillInterrupted.set(Thread.currentThread().isInterrupted());
        });
        asking.start();
        while (server.requests().isEmpty()) {
            Thread.sleep(5);
        }

        asking.interrupt();
        asking.join(5000);

        assertThat(reply.get().ending()).isEqualTo(Ending.UNANSWERED);
        assertThat(reply.get().reason()).isEqualTo("interrupted");
        assertThat(reply.get().calls())
                .singleElement()
                .satisfies(call -> assertThat(call.failure()).isEqualTo("interrupted"));
        assertThat(isStillInterrupted.get()).isTrue();
    }

    @Test
    void shouldSendNothingWhenInterruptedBefore() {
        Thread.currentThread().interrupt();

        ModelReply<Double> reply = Asked.ask(Asked.models(), Asked.options(server));

        assertThat(Thread.interrupted()).isTrue();
        assertThat(reply.reason()).isEqualTo("interrupted");
        assertThat(server.requests()).isEmpty();
    }
}
