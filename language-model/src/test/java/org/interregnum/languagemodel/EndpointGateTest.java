package org.interregnum.languagemodel;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicReference;
import org.interregnum.languagemodel.EndpointGate.Pass;
import org.interregnum.languagemodel.EndpointGate.Verdict;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class EndpointGateTest {
    private static final Duration BREAK = Duration.ofSeconds(1);
    private final EndpointGate gate = new EndpointGate(
            new Pacing(Duration.ofMillis(1), Duration.ofMillis(2), 6, 3, BREAK, 20, Duration.ofSeconds(5)));

    @Test
    void shouldLetNoMoreThroughThanTheMaximum() throws Exception {
        Pass first = enter(2);
        enter(2);

        assertThat(gate.enter(2, in(Duration.ofMillis(50)))).isEmpty();
        gate.leave(first, Verdict.ANSWERED);
        assertThat(gate.enter(2, in(Duration.ofMillis(50)))).isPresent();
    }

    @Test
    void shouldShrinkOnceForCallsThrottledTogetherAndGrowBack() throws Exception {
        List<Pass> together = new ArrayList<>();
        for (int i = 0; i < 16; i++) {
            together.add(enter(16));
        }
        together.forEach(pass -> gate.leave(pass, Verdict.THROTTLED));
        assertThat(gate.limit()).isEqualTo(8);

        gate.leave(enter(16), Verdict.OVERLOADED);
        assertThat(gate.limit()).isEqualTo(4);
        gate.leave(enter(16), Verdict.DOWN);
        gate.leave(enter(16), Verdict.UP);
        assertThat(gate.limit()).isEqualTo(4);

        for (int round = 0; round < 40; round++) {
            List<Pass> passes = new ArrayList<>();
            int limit = gate.limit();
            for (int i = 0; i < limit; i++) {
                passes.add(enter(16));
            }
            passes.forEach(pass -> gate.leave(pass, Verdict.ANSWERED));
        }
        assertThat(gate.limit()).isEqualTo(16);
    }

    @Test
    void shouldNeverShrinkBelowOneCall() throws Exception {
        for (int i = 0; i < 10; i++) {
            gate.leave(enter(4), Verdict.THROTTLED);
        }
        assertThat(gate.limit()).isEqualTo(1);
    }

    @Test
    void shouldKeepEachToItsOwnMaximum() throws Exception {
        enter(1);

        assertThat(gate.enter(1, in(Duration.ofMillis(30)))).isEmpty();
        assertThat(gate.enter(2, in(Duration.ofMillis(30)))).isPresent();
    }

    @Test
    void shouldLetThemThroughInTheOrderOfTheirComing() throws Exception {
        Pass held = enter(1);
        ConcurrentLinkedQueue<Integer> order = new ConcurrentLinkedQueue<>();
        List<CompletableFuture<Void>> all = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            int number = i;
            Thread thread = new Thread(() -> {
                try {
                    Pass pass = enter(1);
                    order.add(number);
                    gate.leave(pass, Verdict.ANSWERED);
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            });
            thread.start();
            while (thread.getState() != Thread.State.TIMED_WAITING) {
                Thread.sleep(1);
            }
            all.add(CompletableFuture.runAsync(() -> join(thread)));
        }

        gate.leave(held, Verdict.ANSWERED);
        all.forEach(CompletableFuture::join);

        assertThat(order).containsExactly(0, 1, 2, 3, 4);
    }

    @Test
    void shouldOpenAfterFailuresInARowAndCloseAfterAProbe() throws Exception {
        for (Verdict verdict : List.of(Verdict.DOWN, Verdict.DOWN, Verdict.ANSWERED, Verdict.DOWN, Verdict.DOWN)) {
            gate.leave(enter(4), verdict);
        }
        Pass early = enter(4);
        gate.leave(enter(4), Verdict.DOWN);

        assertThat(gate.enter(4, in(Duration.ofMillis(50)))).isEmpty();
        long start = System.nanoTime();
        Pass probe = enter(4);
        assertThat(probe.isProbe()).isTrue();
        assertThat(System.nanoTime() - start)
                .isGreaterThan(Duration.ofMillis(100).toNanos());
        // One probe at a time, and what was sent before tells nothing.
        gate.leave(early, Verdict.ANSWERED);
        assertThat(gate.enter(4, in(Duration.ofMillis(50)))).isEmpty();

        gate.leave(probe, Verdict.ANSWERED);
        enter(4);
        enter(4);
    }

    @Test
    void shouldStayOpenWhenAProbeFailsOrTellsNothing() throws Exception {
        for (int i = 0; i < 3; i++) {
            gate.leave(enter(4), Verdict.DOWN);
        }
        for (Verdict verdict : List.of(Verdict.DOWN, Verdict.NOTHING)) {
            gate.leave(enter(4), verdict);
            assertThat(gate.enter(4, in(Duration.ofMillis(50)))).isEmpty();
        }
        gate.leave(enter(4), Verdict.THROTTLED);
        gate.leave(enter(4), Verdict.ANSWERED);
    }

    @Test
    void shouldNotTakeAThrottlingEndpointToBeDown() throws Exception {
        for (int i = 0; i < 20; i++) {
            gate.leave(enter(4), Verdict.THROTTLED);
        }
        assertThat(gate.enter(4, in(Duration.ofMillis(50)))).isPresent();
    }

    @Test
    void shouldHoldBackThoseThatWaitWhenAPauseBegins() throws Exception {
        Pass held = enter(1);
        AtomicReference<Boolean> entered = new AtomicReference<>();
        Thread waiting = new Thread(() -> entered.set(enters(Duration.ofSeconds(8))));
        waiting.start();
        while (waiting.getState() != Thread.State.TIMED_WAITING) {
            Thread.sleep(1);
        }

        gate.pauseUntil(in(Duration.ofSeconds(10)));

        // Its deadline is before the pause's end: it is told at once, not when its own time is over.
        waiting.join(Duration.ofSeconds(4).toMillis());
        assertThat(waiting.isAlive()).isFalse();
        assertThat(entered.get()).isFalse();
        gate.leave(held, Verdict.NOTHING);
    }

    private boolean enters(Duration wait) {
        try {
            return gate.enter(1, in(wait)).isPresent();
        } catch (InterruptedException e) {
            return false;
        }
    }

    private Pass enter(int maximum) throws InterruptedException {
        return gate.enter(maximum, in(Duration.ofSeconds(10))).orElseThrow();
    }

    private static void join(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static long in(Duration wait) {
        return System.nanoTime() + wait.toNanos();
    }
}
