package org.interregnum.orchestrator.model;

/**
 * The market research of a seller: for each buyer that it sees, what that buyer would pay above today's price before
 * leaving (negative: the discount that would win the buyer). MODEL.md, "Time", 3.
 *
 * @param values the premiums, in ascending order of the buyers seen, in the first {@code count} elements; reused by the
 *     next step, so whoever keeps them copies them
 * @param count number of buyers seen, from 0
 */
public record PricePremiums(double[] values, int count) {}
