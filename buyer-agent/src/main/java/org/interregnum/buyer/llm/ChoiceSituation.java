package org.interregnum.buyer.llm;

import java.util.List;

/**
 * What a buyer that chooses is asked about.
 *
 * @param prices price of each seller after the seller's decision
 * @param shares market share of each seller before the buyers' decisions
 * @param impressions what the buyer thinks of each seller
 */
public record ChoiceSituation(double[] prices, double[] shares, List<Impression> impressions) {}
