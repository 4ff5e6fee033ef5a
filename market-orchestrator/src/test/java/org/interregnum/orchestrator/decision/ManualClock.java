package org.interregnum.orchestrator.decision;

import java.util.function.LongSupplier;

/** A clock that a test sets, in nanoseconds. */
final class ManualClock implements LongSupplier {
    volatile long now;

    synchronized void advance(long nanos) {
        now += nanos;
    }

    @Override
    public long getAsLong() {
        return now;
    }
}
