package org.interregnum.orchestrator.decision;

/** The run was asked to stop while models were being asked; the step has not happened. */
public final class StopRequestedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** A stop that the user asked for. */
    public StopRequestedException() {
        super("stopped by the user");
    }
}
