package org.interregnum.orchestrator.adapter.export.sweep;

/** What there is of a sweep or a run cannot be used. The message is one line for the user: which file, where, and why. */
public final class SweepUnreadableException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    SweepUnreadableException(String message) {
        super(message);
    }
}
