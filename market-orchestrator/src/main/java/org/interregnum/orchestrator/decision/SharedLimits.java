package org.interregnum.orchestrator.decision;

import java.util.Optional;

/**
 * What limits several runs of a process together.
 *
 * @param budget what is left of a common budget, in which what the runs have on record is counted already; empty where each
 *     has its own
 * @param paces how often each endpoint may be asked
 */
public record SharedLimits(Optional<BudgetLedger> budget, CallPaces paces) {
    /** Those of a replay, which asks nobody. */
    public static final SharedLimits OF_REPLAY = new SharedLimits(Optional.empty(), CallPaces.NONE);

    /** Those of a run that is alone. */
    public static SharedLimits none() {
        return new SharedLimits(Optional.empty(), new CallPaces());
    }
}
