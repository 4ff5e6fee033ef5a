package org.interregnum.buyer.llm;

/**
 * What a buyer that buys from a seller is asked about.
 *
 * @param prices price of each seller after the seller's decision
 * @param shares market share of each seller before the buyers' decisions
 * @param currentSeller seller that the buyer buys from, from 0
 * @param impression what the buyer thinks of that seller so far
 */
public record ImpressionSituation(double[] prices, double[] shares, int currentSeller, Impression impression) {}
