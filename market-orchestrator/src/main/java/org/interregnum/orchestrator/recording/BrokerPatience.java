package org.interregnum.orchestrator.recording;

import java.time.Duration;
import java.util.function.Supplier;
import org.interregnum.orchestrator.adapter.kafka.BrokerAwayException;
import org.interregnum.orchestrator.adapter.kafka.BrokerListener;
import org.interregnum.orchestrator.event.EventLogException;

/**
 * Waits for a broker that listens but does not answer yet, as one does that has just been started.
 *
 * @param listener hears of the wait
 * @param longest how long it may be; then the last complaint is passed on
 * @param pause time between two attempts
 */
record BrokerPatience(BrokerListener listener, Duration longest, Duration pause) {
    /** What a wait comes to that nobody set otherwise: a broker on a busy machine takes a minute to start. */
    static BrokerPatience of(BrokerListener listener) {
        return new BrokerPatience(listener, Duration.ofMinutes(3), Duration.ofMillis(500));
    }

    /**
     * What comes of an attempt, the first that is answered.
     *
     * @throws EventLogException when it fails for another reason, when the time is over, or when the thread is interrupted
     */
    <T> T await(Supplier<T> attempt) {
        long begun = System.nanoTime();
        boolean hasSaid = false;
        while (true) {
            try {
                T result = attempt.get();
                if (hasSaid) {
                    listener.answers();
                }
                return result;
            } catch (BrokerAwayException e) {
                if (System.nanoTime() - begun > longest.toNanos()) {
                    throw e;
                }
                if (!hasSaid) {
                    hasSaid = true;
                    listener.waiting();
                }
                rest(e);
            }
        }
    }

    private void rest(BrokerAwayException problem) {
        try {
            Thread.sleep(pause.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new EventLogException(problem.getMessage(), problem);
        }
    }
}
