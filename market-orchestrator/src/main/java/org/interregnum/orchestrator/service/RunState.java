package org.interregnum.orchestrator.service;

import java.util.Locale;
import org.interregnum.orchestrator.event.RunStatus;

/** What a run is doing, or how it ended. */
public enum RunState {
    /** It waits for others to end. */
    WAITING(false),
    /** It takes steps. */
    RUNNING(false),
    /** It stands still until it is told to go on. */
    PAUSED(false),
    /** It has all its points. */
    FINISHED(true),
    /** It was stopped, and can go on. */
    STOPPED(true),
    /** Agents failed, or its log could not be written; it can go on. */
    FAILED(true),
    /** It reached a budget; it can go on. */
    BUDGET_SPENT(true);

    private final boolean over;

    RunState(boolean over) {
        this.over = over;
    }

    /** The state that an end is. */
    static RunState of(RunStatus status) {
        return switch (status) {
            case FINISHED -> FINISHED;
            case INTERRUPTED -> STOPPED;
            case FAILED -> FAILED;
            case BUDGET_SPENT -> BUDGET_SPENT;
        };
    }

    /** Whether nothing happens any more unless somebody asks for it. */
    public boolean isOver() {
        return over;
    }

    /** Its name in lower case, as it is written to the outside. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
