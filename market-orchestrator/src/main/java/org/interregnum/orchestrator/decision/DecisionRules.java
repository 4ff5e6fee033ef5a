package org.interregnum.orchestrator.decision;

import org.interregnum.orchestrator.model.InvalidParameterException;

/**
 * When a run with models stops before its last point.
 *
 * @param onFailure what happens when a model does not decide acceptably
 * @param maxFallbackRate largest fraction of the last {@link #WINDOW} decisions that may be fallbacks, in [0, 1]
 * @param budget what may be spent
 */
public record DecisionRules(FailurePolicy onFailure, double maxFallbackRate, Budget budget) {
    /** Number of decisions among which fallbacks are counted. */
    public static final int WINDOW = 100;

    /** Largest fraction of fallbacks unless said otherwise. */
    public static final double DEFAULT_MAX_FALLBACK_RATE = 0.05;

    /** What applies unless said otherwise. */
    public static final DecisionRules DEFAULT =
            new DecisionRules(FailurePolicy.HOLD, DEFAULT_MAX_FALLBACK_RATE, Budget.UNLIMITED);

    public DecisionRules {
        if (!(maxFallbackRate >= 0 && maxFallbackRate <= 1)) {
            throw new InvalidParameterException(
                    "maxFallbackRate", Double.toString(maxFallbackRate), "must be a number from 0 to 1");
        }
    }
}
