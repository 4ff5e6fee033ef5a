package org.interregnum.orchestrator.sweeping;

import org.interregnum.orchestrator.sweep.CellOutcome;

/** Hears of a sweep's progress, from many threads. */
public interface SweepListener {
    /** A cell has an outcome, and the journal has it. */
    void ended(CellOutcome outcome);
}
