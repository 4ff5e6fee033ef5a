package org.interregnum.languagemodel;

import com.netflix.concurrency.limits.limit.AIMDLimit;
import dev.failsafe.CircuitBreaker;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Lets calls to an endpoint through: in the order of their coming, no more at once than it bears, none while it asked for a
 * pause, and one at a time to find out whether it is up again.
 *
 * <p>The limit and the breaker are libraries'; the waiting is not. Netflix' blocking limiter wakes all that wait whenever a
 * call ends, lets any of them through, and knows one time-out for all; here each has a deadline, and the pause and the
 * breaker must hold for those that already wait.
 */
final class EndpointGate {
    /** What a call told about its endpoint. */
    enum Verdict {
        /** It answered. */
        ANSWERED,
        /** It is up, but refused this call. */
        UP,
        /** It is up, but wants fewer calls. */
        THROTTLED,
        /** It failed, in a way that may mean that it is down. */
        DOWN,
        /** It failed likewise, and wants fewer calls. */
        OVERLOADED,
        /** Nothing: the call was given up for reasons of ours. */
        NOTHING
    }

    /**
     * A call that was let through.
     *
     * @param sinceNanos since when
     * @param inFlight calls under way then, with this one
     * @param isProbe whether its outcome decides if the endpoint is up again
     */
    record Pass(long sinceNanos, int inFlight, boolean isProbe) {}

    private static final double SHRINKING = 0.5;

    private final ReentrantLock lock = new ReentrantLock();
    private final Deque<Condition> waiting = new ArrayDeque<>();
    private final CircuitBreaker<Object> breaker;
    private AIMDLimit limit = limit(1, 1);
    private int largestMaximum = 1;
    private int inFlight;
    private long pausedUntil = System.nanoTime();
    private long shrunkAt = System.nanoTime();

    EndpointGate(Pacing pacing) {
        breaker = CircuitBreaker.builder()
                .withFailureThreshold(pacing.failuresToBreak())
                .withDelay(pacing.breakTime())
                // Without it, as many probes would be let through as failures opened it.
                .withSuccessThreshold(1)
                .build();
    }

    /**
     * Waits until a call may be sent; each that is let through must {@linkplain #leave leave}.
     *
     * @param maximum most calls under way at once, as this one's options have it
     * @param deadline the {@linkplain System#nanoTime() time} until which to wait
     * @return empty when it may not be sent until then
     */
    Optional<Pass> enter(int maximum, long deadline) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            raiseMaximum(maximum);
            Condition turn = lock.newCondition();
            waiting.add(turn);
            try {
                return awaitTurn(turn, maximum, deadline);
            } finally {
                waiting.remove(turn);
                wakeFirst();
            }
        } finally {
            lock.unlock();
        }
    }

    /** A call that was let through has ended. */
    void leave(Pass pass, Verdict verdict) {
        lock.lock();
        try {
            inFlight--;
            adjustLimit(pass, verdict);
            tellBreaker(pass, verdict);
            wakeFirst();
        } finally {
            lock.unlock();
        }
    }

    /** Lets no call through until a {@linkplain System#nanoTime() time}. */
    void pauseUntil(long time) {
        lock.lock();
        try {
            if (time - pausedUntil > 0) {
                pausedUntil = time;
                // Those whose deadline comes first need not wait for it.
                waiting.forEach(Condition::signal);
            }
        } finally {
            lock.unlock();
        }
    }

    /** Calls that may be under way at once at present. */
    int limit() {
        lock.lock();
        try {
            return limit.getLimit();
        } finally {
            lock.unlock();
        }
    }

    private Optional<Pass> awaitTurn(Condition turn, int maximum, long deadline) throws InterruptedException {
        while (true) {
            long now = System.nanoTime();
            if (deadline - now <= 0 || pausedUntil - deadline >= 0) {
                return Optional.empty();
            }
            long wait = waiting.peekFirst() == turn ? obstacleNanos(maximum, now) : Long.MAX_VALUE;
            if (wait == 0) {
                inFlight++;
                return Optional.of(new Pass(now, inFlight, breaker.isHalfOpen()));
            }
            long unused = turn.awaitNanos(Math.min(wait, deadline - now));
        }
    }

    /** How long to wait before looking again; 0 when a call may be sent, in which case the breaker counts on it. */
    private long obstacleNanos(int maximum, long now) {
        if (pausedUntil - now > 0) {
            return pausedUntil - now;
        }
        if (inFlight >= Math.min(maximum, limit.getLimit())) {
            return Long.MAX_VALUE;
        }
        if (breaker.tryAcquirePermit()) {
            return 0;
        }
        return breaker.isOpen()
                ? Math.max(
                        TimeUnit.MICROSECONDS.toNanos(1),
                        breaker.getRemainingDelay().toNanos())
                : Long.MAX_VALUE;
    }

    private void adjustLimit(Pass pass, Verdict verdict) {
        long now = System.nanoTime();
        switch (verdict) {
            case ANSWERED -> limit.onSample(pass.sinceNanos(), now - pass.sinceNanos(), pass.inFlight(), false);
            case THROTTLED, OVERLOADED -> {
                // Calls that were under way together are throttled together: that is one reason to shrink, not many.
                if (pass.sinceNanos() - shrunkAt >= 0) {
                    limit.onSample(pass.sinceNanos(), now - pass.sinceNanos(), pass.inFlight(), true);
                    shrunkAt = now;
                }
            }
            case UP, DOWN, NOTHING -> {}
        }
    }

    private void tellBreaker(Pass pass, Verdict verdict) {
        if (breaker.isHalfOpen() && !pass.isProbe()) {
            // Sent before the endpoint was taken to be down: it tells nothing about now.
            return;
        }
        switch (verdict) {
            case ANSWERED, UP -> breaker.recordSuccess();
            case DOWN, OVERLOADED -> breaker.recordFailure();
            case THROTTLED -> {
                if (pass.isProbe()) {
                    breaker.recordSuccess();
                }
            }
            case NOTHING -> {
                if (pass.isProbe()) {
                    breaker.open();
                }
            }
        }
    }

    /** Asks may differ in their maximum: the limit is for the largest, and each keeps to its own besides. */
    private void raiseMaximum(int maximum) {
        if (maximum > largestMaximum) {
            boolean isShrunk = limit.getLimit() < largestMaximum;
            limit = limit(isShrunk ? limit.getLimit() : maximum, maximum);
            largestMaximum = maximum;
        }
    }

    private void wakeFirst() {
        Condition first = waiting.peekFirst();
        if (first != null) {
            first.signal();
        }
    }

    private static AIMDLimit limit(int initial, int maximum) {
        return AIMDLimit.newBuilder()
                .initialLimit(initial)
                .minLimit(1)
                .maxLimit(maximum)
                .backoffRatio(SHRINKING)
                // Slow answers do not shrink it: a model thinks as long as it does.
                .timeout(Long.MAX_VALUE, TimeUnit.NANOSECONDS)
                .build();
    }
}
