package org.interregnum.orchestrator.decision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.interregnum.orchestrator.agent.ModelSettings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CallPacesTest {
    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);
    private static final long MINUTE = TimeUnit.MINUTES.toNanos(1);

    private final ManualClock clock = new ManualClock();
    private final CallPaces paces = new CallPaces(clock);

    private CallPace pace(int callsPerMinute) {
        return paces.of(DecisionTestData.model("local", 1, callsPerMinute)).orElseThrow();
    }

    /** The times at which calls begin of somebody who always wants to, from now on, looking at random moments. */
    private List<Long> begun(CallPace pace, long nanos, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        List<Long> times = new ArrayList<>();
        long end = clock.now + nanos;
        while (clock.now < end) {
            while (pace.begin()) {
                times.add(clock.now);
            }
            // Now and then it does nothing for a while, in which the bucket fills.
            clock.advance(
                    random.nextInt(40) == 0
                            ? random.nextLong(3 * SECOND)
                            : Math.max(1, Math.min(pace.nanosUntilNext(), random.nextLong(MINUTE))));
        }
        return times;
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 7, 60, 90, 600, 5000})
    void shouldAllowInAnySpanAtMostItsPartOfTheLimitAndASecondsWorth(int limit) {
        clock.advance(-2 * MINUTE);
        List<Long> times = begun(pace(limit), 5 * MINUTE, limit);

        long held = Math.max(1, limit / 60);
        assertThat(times).hasSizeBetween(limit * 5 / 2, limit * 5 + (int) held);
        for (int first = 0; first < times.size(); first++) {
            for (int last = first + 1; last < times.size(); last += 1 + last / 50) {
                double minutes = (double) (times.get(last) - times.get(first)) / MINUTE;
                assertThat(last - first + 1).isLessThanOrEqualTo((int) (held + limit * minutes + 1e-6));
            }
        }
    }

    @Test
    void shouldBeginWithOneCall() {
        CallPace pace = pace(6000);
        assertThat(pace.begin()).isTrue();
        assertThat(pace.begin()).isFalse();
        assertThat(pace.nanosUntilNext()).isEqualTo(SECOND / 100);
        clock.advance(SECOND / 100 - 1);
        assertThat(pace.begin()).isFalse();
        clock.advance(1);
        assertThat(pace.begin()).isTrue();
    }

    @Test
    void shouldLetCallsWithoutAPermitBePaidForBeforeTheNext() {
        CallPace pace = pace(60);
        assertThat(pace.begin()).isTrue();
        pace.owe(3);
        pace.owe(0);
        pace.owe(-1);
        assertThat(pace.nanosUntilNext()).isEqualTo(4 * SECOND);
        clock.advance(4 * SECOND - 1);
        assertThat(pace.begin()).isFalse();
        clock.advance(1);
        assertThat(pace.begin()).isTrue();
        assertThat(pace.begin()).isFalse();
    }

    @Test
    void shouldTakeAPermitBack() {
        CallPace pace = pace(1);
        assertThat(pace.begin()).isTrue();
        pace.giveBack();
        pace.giveBack();
        assertThat(pace.begin()).isTrue();
        assertThat(pace.begin()).as("it holds one").isFalse();
    }

    @Test
    void shouldHaveOnePaceForEachEndpointAddressAndLimit() {
        ModelSettings model = DecisionTestData.model("local", 1, 60);
        assertThat(paces.of(DecisionTestData.model("local", 100, 60)))
                .containsSame(paces.of(model).orElseThrow());
        assertThat(paces.of(DecisionTestData.model("other", 1, 60)))
                .isNotEqualTo(paces.of(model))
                .isPresent();
        assertThat(paces.of(DecisionTestData.model("local", 1, 61)))
                .isNotEqualTo(paces.of(model))
                .isPresent();
        assertThat(paces.of(DecisionTestData.model("local", 1))).isEmpty();
        assertThat(CallPaces.NONE.of(model)).isEmpty();
    }

    @Test
    void shouldKeepToItsPartWhenOthersShareTheLimit() {
        CallPace pace = pace(60);
        assertThat(begun(pace, MINUTE, 1)).hasSizeLessThanOrEqualTo(61);
        paces.shareAmong(3);
        pace.owe(1);
        clock.advance(4 * MINUTE);
        assertThat(begun(pace, 3 * MINUTE, 2)).hasSizeBetween(50, 61);
        // One that is asked for later has the part from the beginning.
        assertThat(begun(pace(600), MINUTE, 3)).hasSizeBetween(150, 203);
        paces.shareAmong(1);
        assertThat(begun(pace, MINUTE, 4)).hasSizeBetween(50, 61);
    }

    @Test
    void shouldNotForgiveWhatIsOwedWhenOthersComeAndGo() {
        CallPace pace = pace(60);
        pace.owe(11);
        paces.shareAmong(2);
        assertThat(pace.nanosUntilNext()).isEqualTo(22 * SECOND);
        paces.shareAmong(1);
        assertThat(pace.nanosUntilNext()).isEqualTo(11 * SECOND);
    }

    @Test
    void shouldShareALimitBelowTheNumberOfProcesses() {
        paces.shareAmong(7);
        CallPace pace = pace(3);
        assertThat(pace.begin()).isTrue();
        assertThat(pace.nanosUntilNext()).isEqualTo((7 * MINUTE + 2) / 3);
        assertThatThrownBy(() -> paces.shareAmong(0)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void shouldBeSharedByThreads() throws Exception {
        CallPace pace = pace(60_000);
        AtomicInteger begun = new AtomicInteger();
        List<Thread> threads = IntStream.range(0, 8)
                .mapToObj(number -> new Thread(() -> {
                    for (int tries = 0; tries < 5000; tries++) {
                        begun.addAndGet(pace.begin() ? 1 : 0);
                        clock.advance(1000);
                    }
                }))
                .toList();
        threads.forEach(Thread::start);
        for (Thread thread : threads) {
            thread.join();
        }
        // 40 ms have passed, in which 40 permits have come.
        assertThat(begun.get()).isBetween(40, 41);
    }
}
