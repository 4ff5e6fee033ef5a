package org.interregnum.languagemodel;

/** A decision ends without the answer that was waited for. */
final class NoDecisionException extends Exception {
    private static final long serialVersionUID = 1L;

    private final ModelReply.Ending ending;

    /**
     * @param ending how it ends
     * @param reason why, in one line
     */
    NoDecisionException(ModelReply.Ending ending, String reason) {
        // Without a stack trace: it is the ordinary end of many decisions, and nobody looks where it was thrown.
        super(reason, null, false, false);
        this.ending = ending;
    }

    /** How it ends. */
    ModelReply.Ending ending() {
        return ending;
    }
}
