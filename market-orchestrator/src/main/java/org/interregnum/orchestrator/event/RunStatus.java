package org.interregnum.orchestrator.event;

/** How a run ended. */
public enum RunStatus {
    /** All points were computed. */
    FINISHED,
    /** Stopped because agents failed, or because the log could not be written. */
    FAILED,
    /** Stopped at a budget. */
    BUDGET_SPENT,
    /** Stopped by the user. */
    INTERRUPTED
}
