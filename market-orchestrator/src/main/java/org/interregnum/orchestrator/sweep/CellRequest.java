package org.interregnum.orchestrator.sweep;

import java.util.Locale;

/**
 * A cell that some orchestrator is to run.
 *
 * @param sweep identifier of the sweep, of which there is no other
 * @param cell number of the cell, from 0
 * @param attempt how often the cell ended before without being finished
 * @param programVersion version of the program that asks: another one might come to other numbers
 * @param source what the sweep is
 * @param isKept whether a run of rules keeps its log too
 * @param limits what its models may spend from the run's beginning
 */
public record CellRequest(
        String sweep,
        int cell,
        int attempt,
        String programVersion,
        SweepSource source,
        boolean isKept,
        CellLimits limits) {
    /** What the run is called, which is the same at every attempt. */
    public String runId() {
        return runId(sweep, cell);
    }

    /** What the run of a cell is called. */
    public static String runId(String sweep, int cell) {
        return String.format(Locale.ROOT, "%s-%06d", sweep, cell);
    }
}
