package org.interregnum.orchestrator.agent;

import java.util.List;

/**
 * How a model came to its decision: everything needed to audit it.
 *
 * @param calls every call that was sent, in order
 * @param promptVariant name of the prompt's wording
 * @param promptHash SHA-256 of the wording's templates in hexadecimal digits
 * @param statedReason the reason that the model gave; empty when it gave none
 * @param allowanceSpent whether a further call was not made because it might have exceeded the allowance
 * @param chargedTokens tokens used at most: as the provider counted them, or the largest possible number where it did not
 * @param chargedCost money spent at most, likewise
 * @param lostCalls calls at most that nobody can tell of, because the agent that may have made them was lost; 0 where calls
 *     have no limit
 */
public record ModelReport(
        List<ModelCall> calls,
        String promptVariant,
        String promptHash,
        String statedReason,
        boolean allowanceSpent,
        long chargedTokens,
        double chargedCost,
        long lostCalls) {
    /** The report of an agent that was not lost. */
    public ModelReport(
            List<ModelCall> calls,
            String promptVariant,
            String promptHash,
            String statedReason,
            boolean allowanceSpent,
            long chargedTokens,
            double chargedCost) {
        this(calls, promptVariant, promptHash, statedReason, allowanceSpent, chargedTokens, chargedCost, 0);
    }

    /** Calls that count against a budget: those that are known, and those that may have been made. */
    public long chargedCalls() {
        long sum = calls.size() + lostCalls;
        return sum < 0 ? Long.MAX_VALUE : sum;
    }
}
