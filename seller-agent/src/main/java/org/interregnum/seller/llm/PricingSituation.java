package org.interregnum.seller.llm;

/**
 * What a seller that may change its price is asked about.
 *
 * @param step step of the market, from 1
 * @param seller number of the seller, from 0
 * @param prices price of each seller before the decision
 * @param shares market share of each seller before the decision
 * @param premiums price premiums of the buyers seen, in any order, in the first {@code count} elements; finite
 * @param count number of buyers seen
 * @param unitCost cost of a unit share, at least 0
 * @param costCap market share above which cost stops growing, in [0, 1]
 * @param information what the seller is told
 */
public record PricingSituation(
        long step,
        int seller,
        double[] prices,
        double[] shares,
        double[] premiums,
        int count,
        double unitCost,
        double costCap,
        Information information) {}
