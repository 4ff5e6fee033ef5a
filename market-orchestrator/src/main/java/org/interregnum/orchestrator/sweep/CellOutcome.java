package org.interregnum.orchestrator.sweep;

import java.util.Map;
import java.util.Optional;

/**
 * What a cell of a sweep came to: a line of its table.
 *
 * @param cell its number, from 0
 * @param status how it ended
 * @param reason why it did not finish, in one line; empty when it did
 * @param steps number of steps that its run took
 * @param regime name of the regime in small letters; empty when the run has no point
 * @param orderParameters order parameters by name, in their lasting order; NaN where one is not defined
 * @param use what its models used; empty in a run of rules
 */
public record CellOutcome(
        int cell,
        CellStatus status,
        String reason,
        long steps,
        String regime,
        Map<String, Double> orderParameters,
        Optional<CellUse> use) {
    /** A cell whose run could not even begin. */
    public static CellOutcome failed(int cell, String reason) {
        return failed(cell, reason, Optional.empty());
    }

    /**
     * A cell whose run took steps, but of which nothing counts.
     *
     * @param use what its models used, if it is known
     */
    public static CellOutcome failed(int cell, String reason, Optional<CellUse> use) {
        return new CellOutcome(cell, CellStatus.FAILED, reason, 0, "", Map.of(), use);
    }

    /** Whether nothing is left to do. */
    public boolean isFinished() {
        return status == CellStatus.FINISHED;
    }
}
