package org.interregnum.standalone.scripted;

import java.util.List;

/** What becomes of a question to the scripted model. */
public enum AnswerKind {
    /** Answered by the rules, in the form asked for. */
    RIGHT,
    /** Refused with status 429 and a time to wait. */
    RATE_LIMITED,
    /** Refused with status 500. */
    FAILED,
    /** Never answered. */
    HUNG,
    /** The right answer, within sentences and a fence. */
    PROSE,
    /** No JSON. */
    GARBAGE,
    /** JSON of another form than the one asked for. */
    MISFIT,
    /** Refused with status 400, because the request itself was wrong. */
    REFUSED;

    private static final List<AnswerKind> TROUBLES = List.of(RATE_LIMITED, FAILED, HUNG, PROSE, GARBAGE, MISFIT);

    /** The kinds that can be made to happen, in the order in which they share out chance. */
    public static List<AnswerKind> troubles() {
        return TROUBLES;
    }
}
