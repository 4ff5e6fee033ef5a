package org.interregnum.orchestrator.run;

import org.interregnum.orchestrator.analysis.MarketSeries;
import org.interregnum.orchestrator.event.RunStatus;
import org.interregnum.orchestrator.model.MarketState;
import org.interregnum.orchestrator.model.Preferences;

/**
 * What a run computed, whole or up to where it stopped.
 *
 * @param status how it ended
 * @param reason why, in one line; empty when it finished
 * @param logFailed whether it failed because its log could not be written, which is no fault of the agents
 * @param series shares, prices and re-pricing sellers; without a point when the market did not open
 * @param preferences the buyers' preferences
 * @param state the last state
 * @param stepNanos time spent in the steps that this process took, in nanoseconds
 * @param stepsTimed number of these; those of an earlier process are not among them
 */
public record RunResult(
        RunStatus status,
        String reason,
        boolean logFailed,
        MarketSeries series,
        Preferences preferences,
        MarketState state,
        long stepNanos,
        long stepsTimed) {
    /** Time of a step, in nanoseconds; NaN when this process took none. */
    public double nanosAStep() {
        return stepsTimed == 0 ? Double.NaN : (double) stepNanos / stepsTimed;
    }

    /** Number of steps taken. */
    public long steps() {
        return state.step();
    }

    /** The same run, failed because its log could not be written; a reason that there was before stays in front. */
    public RunResult withLogFailure(String problem) {
        if (logFailed) {
            return this;
        }
        String reasons = reason.isEmpty() ? problem : reason + "; " + problem;
        return new RunResult(RunStatus.FAILED, reasons, true, series, preferences, state, stepNanos, stepsTimed);
    }
}
