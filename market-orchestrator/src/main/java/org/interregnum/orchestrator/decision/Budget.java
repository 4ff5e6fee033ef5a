package org.interregnum.orchestrator.decision;

import org.interregnum.orchestrator.model.InvalidParameterException;

/**
 * What all models of a run together may spend. Never exceeded, not by the calls in flight either.
 *
 * @param calls calls, at least 1; {@link Long#MAX_VALUE} for no limit
 * @param tokens tokens of questions and answers together, at least 1; {@link Long#MAX_VALUE} for no limit
 * @param cost money in the currency of the prices, above 0; infinite for no limit
 */
public record Budget(long calls, long tokens, double cost) {
    /** No limit of anything. */
    public static final Budget UNLIMITED = new Budget(Long.MAX_VALUE, Long.MAX_VALUE, Double.POSITIVE_INFINITY);

    public Budget {
        if (calls < 1) {
            throw new InvalidParameterException("maxCalls", Long.toString(calls), "must be a whole number from 1");
        }
        if (tokens < 1) {
            throw new InvalidParameterException("maxTokens", Long.toString(tokens), "must be a whole number from 1");
        }
        if (!(cost > 0)) {
            throw new InvalidParameterException("maxCost", Double.toString(cost), "must be a number above 0");
        }
    }
}
