package org.interregnum.languagemodel;

/**
 * How many repetitions an endpoint may still be burdened with, so that its failing does not multiply the calls to it: in n
 * decisions there are at most 1.9 n + 4.1 calls, and so never more than 2 n + 4. Counted in tenths, which add up exactly.
 */
final class RepetitionBudget {
    /** With what the first decision brings it is the five repetitions that make six calls; no more, for short runs' sake. */
    private static final int INITIAL = 41;

    private static final int MOST = 500;
    private static final int PER_DECISION = 9;
    private static final int PER_REPETITION = 10;

    private int tenths = INITIAL;

    /** A decision begins. */
    synchronized void deposit() {
        tenths = Math.min(MOST, tenths + PER_DECISION);
    }

    /** Takes what a repetition costs; false, and nothing is taken, when there is not as much. */
    synchronized boolean take() {
        if (tenths < PER_REPETITION) {
            return false;
        }
        tenths -= PER_REPETITION;
        return true;
    }
}
