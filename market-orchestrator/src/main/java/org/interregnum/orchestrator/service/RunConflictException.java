package org.interregnum.orchestrator.service;

/** What was asked for does not go with what a run is doing. The message is one line. */
public final class RunConflictException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    RunConflictException(String message) {
        super(message);
    }
}
