package org.interregnum.languagemodel;

/** Latencies of a model's last answers, and the time-out that follows from them. */
final class AnswerTimes {
    private static final int REMEMBERED = 100;
    /** Far above any latency seen, so that only calls that hang are given up. */
    private static final int TIMES_LARGEST = 8;

    private final int answersToAdapt;
    private final long shortestNanos;
    private final long[] latencies = new long[REMEMBERED];
    private long answers;

    AnswerTimes(Pacing pacing) {
        answersToAdapt = pacing.answersToAdapt();
        shortestNanos = pacing.shortestTimeout().toNanos();
    }

    /** An answer came, after so many nanoseconds. */
    synchronized void add(long latencyNanos) {
        latencies[(int) (answers % REMEMBERED)] = latencyNanos;
        answers++;
    }

    /**
     * The time-out of a call, in nanoseconds.
     *
     * @param longestNanos the longest it may be; used as it is until enough answers were seen
     * @param timeOuts calls of the decision that were given up so far: after each the next is given twice the time, since
     *     it may be this question that takes long. Failures of another kind say nothing about that
     */
    synchronized long timeoutNanos(long longestNanos, int timeOuts) {
        if (answers < answersToAdapt) {
            return longestNanos;
        }
        long largest = 0;
        for (long latency : latencies) {
            largest = Math.max(largest, latency);
        }
        long first = Math.max(shortestNanos, TIMES_LARGEST * largest);
        return (long) Math.min((double) longestNanos, first * Math.pow(2, timeOuts));
    }
}
