package org.interregnum.agent;

/** A request is sound, but this agent lacks what it needs until somebody mends that. The message is one line. */
public final class UnmetRequestException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** @param message one line that says what is lacking */
    public UnmetRequestException(String message) {
        super(message);
    }
}
