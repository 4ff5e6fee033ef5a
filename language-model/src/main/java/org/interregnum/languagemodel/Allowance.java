package org.interregnum.languagemodel;

/**
 * What one decision may spend. It is never exceeded: a call is made only if its largest possible use still fits.
 *
 * @param calls calls that may be sent
 * @param tokens tokens, of questions and answers together, that may be used
 * @param cost money that may be spent, in the currency of the prices
 * @param inputPrice price of a million tokens of questions
 * @param outputPrice price of a million tokens of answers
 */
public record Allowance(long calls, long tokens, double cost, double inputPrice, double outputPrice) {
    /** No limit of anything. */
    public static final Allowance UNLIMITED =
            new Allowance(Long.MAX_VALUE, Long.MAX_VALUE, Double.POSITIVE_INFINITY, 0, 0);
}
