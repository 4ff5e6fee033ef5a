package org.interregnum.orchestrator.decision;

import io.github.bucket4j.Bandwidth;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.BucketConfiguration;
import io.github.bucket4j.TimeMeter;
import io.github.bucket4j.TokensInheritanceStrategy;
import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * A limit of calls a minute at one endpoint, kept by a bucket of permits that fills steadily. It begins with one permit and
 * holds a second's worth of them, at least one; so in any span of t minutes at most (limit × t + what it holds) calls are
 * allowed. Thread-safe.
 */
final class CallPace {
    private static final int SECONDS_OF_A_MINUTE = 60;

    private final int callsPerMinute;
    private final Bucket permits;

    /**
     * A pace of which nothing is used.
     *
     * @param members how many processes share the limit, from 1; this one keeps to one part
     * @param nanos a clock that never goes back
     */
    CallPace(int callsPerMinute, int members, LongSupplier nanos) {
        this.callsPerMinute = callsPerMinute;
        permits = Bucket.builder()
                .addLimit(part(members))
                .withCustomTimePrecision(new Clock(nanos))
                .build();
    }

    /** The limit's part in whole calls and minutes, so that nothing is rounded. */
    private Bandwidth part(int members) {
        return Bandwidth.builder()
                .capacity(Math.max(1, callsPerMinute / SECONDS_OF_A_MINUTE / members))
                .refillGreedy(callsPerMinute, Duration.ofMinutes(members))
                .initialTokens(1)
                .build();
    }

    /** Takes the permit for a call; false when there is none yet. */
    boolean begin() {
        return permits.tryConsume(1);
    }

    /** Gives a permit back: the call was not made. */
    void giveBack() {
        permits.addTokens(1);
    }

    /** Counts calls that were made without a permit; those that follow wait the longer. */
    void owe(long calls) {
        if (calls > 0) {
            var unused = permits.consumeIgnoringRateLimits(calls);
        }
    }

    /** How long until there is a permit, in nanoseconds, if nobody else takes it; 0 when there is one. */
    long nanosUntilNext() {
        return permits.estimateAbilityToConsume(1).getNanosToWaitForRefill();
    }

    /** From now on so many processes share the limit; what is owed stays owed. */
    void shareAmong(int members) {
        permits.replaceConfiguration(
                BucketConfiguration.builder().addLimit(part(members)).build(), TokensInheritanceStrategy.AS_IS);
    }

    private record Clock(LongSupplier nanos) implements TimeMeter {
        @Override
        public long currentTimeNanos() {
            return nanos.getAsLong();
        }

        @Override
        public boolean isWallClockBased() {
            return false;
        }
    }
}
