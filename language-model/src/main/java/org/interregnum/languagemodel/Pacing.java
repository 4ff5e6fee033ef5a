package org.interregnum.languagemodel;

import java.time.Duration;

/**
 * The times and counts by which an endpoint is spared; tests take shorter ones.
 *
 * @param firstPause pause before the first repetition; each further one is twice as long
 * @param longestPause longest pause of these
 * @param attempts most calls for one decision
 * @param failuresToBreak failures in a row after which an endpoint is taken to be down
 * @param breakTime how long an endpoint that is down is left alone
 * @param answersToAdapt answers after which the time-out follows their latencies
 * @param shortestTimeout shortest time-out of a first attempt that they lead to
 */
record Pacing(
        Duration firstPause,
        Duration longestPause,
        int attempts,
        int failuresToBreak,
        Duration breakTime,
        int answersToAdapt,
        Duration shortestTimeout) {
    /** What is used outside of tests. */
    static final Pacing STANDARD = new Pacing(
            Duration.ofMillis(250), Duration.ofSeconds(20), 6, 10, Duration.ofSeconds(5), 20, Duration.ofSeconds(2));
}
