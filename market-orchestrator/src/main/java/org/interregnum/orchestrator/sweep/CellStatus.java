package org.interregnum.orchestrator.sweep;

import java.util.Locale;

/** How a cell of a sweep ended. One that was interrupted has no status: it is done when the sweep goes on. */
public enum CellStatus {
    /** Its run took all its steps. */
    FINISHED,
    /** Agents failed it, or it could not be kept; it is tried again when the sweep is started again. */
    FAILED,
    /** The budget of the sweep did not allow it a further call; it goes on with a larger one. */
    BUDGET_SPENT;

    /** Its name in files. */
    public String inFiles() {
        return name().toLowerCase(Locale.ROOT);
    }
}
