package org.interregnum.orchestrator.adapter.grpc;

import io.grpc.Status;
import java.nio.channels.ClosedChannelException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

/** How an agent's absence shows, and how long it is waited before it is asked again. */
final class Absence {
    private static final long FIRST_PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(50);
    private static final long LONGEST_PAUSE_NANOS = TimeUnit.SECONDS.toNanos(2);

    private Absence() {}

    /**
     * A server that goes away resets the streams of its last calls. grpc-java reports that as INTERNAL or CANCELLED, and
     * tells it from an agent's own by its wording alone. A question that is written just when the connection goes away ends
     * as UNKNOWN, with that as its cause. Either way the agent has not answered, and may when it is back.
     */
    static Status asUnavailableIfReset(Status status) {
        boolean reset = (status.getCode() == Status.Code.INTERNAL || status.getCode() == Status.Code.CANCELLED)
                && status.getDescription() != null
                && status.getDescription().startsWith("RST_STREAM");
        boolean closed = status.getCode() == Status.Code.UNKNOWN && status.getCause() instanceof ClosedChannelException;
        return reset || closed
                ? Status.UNAVAILABLE.withDescription("the agent ended the call without an answer")
                : status;
    }

    /** How long to wait before a question is repeated that has been repeated so many times. */
    static long pauseNanos(int repetitions) {
        long pause = Math.min(LONGEST_PAUSE_NANOS, FIRST_PAUSE_NANOS << Math.min(repetitions, 10));
        // Half of it by chance, so that many callers of an agent that returns do not come all at once.
        return pause / 2 + ThreadLocalRandom.current().nextLong(pause / 2);
    }
}
