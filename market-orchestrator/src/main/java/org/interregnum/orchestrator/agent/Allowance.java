package org.interregnum.orchestrator.agent;

/**
 * What one decision of a model may spend. Nobody exceeds it.
 *
 * @param calls calls that may be sent; {@link Long#MAX_VALUE} for no limit
 * @param tokens tokens of questions and answers together; {@link Long#MAX_VALUE} for no limit
 * @param cost money, in the currency of the prices; infinite for no limit
 */
public record Allowance(long calls, long tokens, double cost) {
    /** No limit of anything. */
    public static final Allowance UNLIMITED = new Allowance(Long.MAX_VALUE, Long.MAX_VALUE, Double.POSITIVE_INFINITY);
}
