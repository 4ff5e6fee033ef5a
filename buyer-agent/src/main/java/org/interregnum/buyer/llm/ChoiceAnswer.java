package org.interregnum.buyer.llm;

/**
 * The seller that a model chose.
 *
 * @param reason why, in its own words
 * @param seller number of the seller, from 0; −1 for none
 */
public record ChoiceAnswer(String reason, int seller) {
    /** The choice of no seller. */
    public static final int NONE = -1;
}
