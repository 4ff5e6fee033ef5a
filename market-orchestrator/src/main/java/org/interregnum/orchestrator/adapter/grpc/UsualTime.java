package org.interregnum.orchestrator.adapter.grpc;

import java.util.concurrent.TimeUnit;

/** How long the answers of an agent usually take, and from when on one takes suspiciously long. Not shared by threads. */
final class UsualTime {
    private static final long AT_LEAST_NANOS = TimeUnit.SECONDS.toNanos(2);
    private static final int TIMES = 3;
    private static final double WEIGHT = 0.2;

    private double usualNanos;

    void add(long nanos) {
        usualNanos += WEIGHT * (nanos - usualNanos);
    }

    long tooLongNanos() {
        return Math.max(AT_LEAST_NANOS, (long) (TIMES * usualNanos));
    }
}
