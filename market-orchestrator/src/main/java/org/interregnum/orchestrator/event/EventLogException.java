package org.interregnum.orchestrator.event;

/** The log cannot be written or read. The message is one line for the user: which log, what is wrong with it. */
public class EventLogException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** @param message one line that names the log and what is wrong */
    public EventLogException(String message) {
        super(message);
    }

    /** @param message one line that names the log and what is wrong */
    public EventLogException(String message, Throwable cause) {
        super(message, cause);
    }
}
