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
 */
public record ModelReport(
        List<ModelCall> calls,
        String promptVariant,
        String promptHash,
        String statedReason,
        boolean allowanceSpent,
        long chargedTokens,
        double chargedCost) {}
