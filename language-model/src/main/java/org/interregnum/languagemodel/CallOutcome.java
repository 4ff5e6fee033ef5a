package org.interregnum.languagemodel;

/**
 * What came of one call.
 *
 * @param call its record; null when nothing was sent
 * @param fate what follows from it
 * @param text the model's answer; null when none came
 * @param isCutOff whether the answer ended because it reached the limit of tokens
 * @param mayHaveUsedTokens whether the provider may have charged for it, whatever it said
 * @param retryAfterNanos for how long the server wants no calls; 0 when it did not say
 */
record CallOutcome(
        ModelCall call, Fate fate, String text, boolean isCutOff, boolean mayHaveUsedTokens, long retryAfterNanos) {
    /** What follows from a call. */
    enum Fate {
        /** The model answered. */
        ANSWERED,
        /** The endpoint is asked too often: later it may answer. */
        THROTTLED,
        /** The endpoint may be down: later it may answer. */
        DOWN,
        /** The endpoint could not answer just now. */
        UNLUCKY,
        /** The endpoint will not answer such calls. */
        REFUSED,
        /** There was no time left for it. */
        OUT_OF_TIME,
        /** The asking thread was interrupted. */
        INTERRUPTED
    }

    /** Whether the same call may be answered if it is sent again. */
    boolean isTransient() {
        return fate == Fate.THROTTLED || fate == Fate.DOWN || fate == Fate.UNLUCKY;
    }

    /** What it tells about the endpoint. */
    EndpointGate.Verdict verdict() {
        if (call == null) {
            return EndpointGate.Verdict.NOTHING;
        }
        return switch (fate) {
            case ANSWERED -> EndpointGate.Verdict.ANSWERED;
            case THROTTLED -> EndpointGate.Verdict.THROTTLED;
            case DOWN ->
                call.status() == 503 && retryAfterNanos > 0
                        ? EndpointGate.Verdict.OVERLOADED
                        : EndpointGate.Verdict.DOWN;
            case UNLUCKY, REFUSED -> EndpointGate.Verdict.UP;
            case OUT_OF_TIME, INTERRUPTED -> EndpointGate.Verdict.NOTHING;
        };
    }
}
