package org.interregnum.orchestrator.agent;

import org.interregnum.orchestrator.model.PricePremiums;

/**
 * All that a seller may know when it decides its price. Arrays are the market's own: valid until the answer, not to be
 * written to.
 *
 * @param step number of the step, from 1
 * @param seller number of the seller that may change its price, from 0
 * @param prices price of each seller
 * @param shares market share of each seller
 * @param premiums market research of this seller
 * @param unitCost cost b of a unit share
 * @param costCap share a above which cost stops growing
 * @param priceNoise added to a rule's price before it is floored at 0; drawn by the orchestrator
 */
public record PricingQuestion(
        long step,
        int seller,
        double[] prices,
        double[] shares,
        PricePremiums premiums,
        double unitCost,
        double costCap,
        double priceNoise) {}
