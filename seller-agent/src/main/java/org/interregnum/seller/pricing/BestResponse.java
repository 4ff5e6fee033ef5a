package org.interregnum.seller.pricing;

import java.util.Arrays;

/**
 * The rule-based seller: the price that would have maximised its profit among the buyers that its market research saw
 * (MODEL.md, "Rule-based seller"). An instance keeps scratch space between calls and belongs to one thread.
 */
public final class BestResponse {
    private static final double NUDGE = 0.00001;

    /**
     * Decides a price.
     *
     * @param premiums price premiums of the buyers seen, in any order, in the first {@code count} elements; finite; left
     *     as they are
     * @param count number of buyers seen; at 0 the seller holds its price
     * @param price today's price p[j], at least 0
     * @param unitCost cost b of a unit share, at least 0
     * @param costCap share a above which cost stops growing, in [0, 1]
     * @param priceNoise added to the price before it is floored at 0
     * @return the new price, at least 0
     */
    public double price(
            double[] premiums, int count, double price, double unitCost, double costCap, double priceNoise) {
        if (count == 0) {
            return price;
        }
        double[] sorted = Arrays.copyOf(premiums, count + 1);
        Arrays.sort(sorted, 0, count);
        sorted[0] -= NUDGE;
        sorted[count] = sorted[count - 1] + NUDGE;
        double spacing = -1.0 / count;
        double bestProfit = Double.NEGATIVE_INFINITY;
        double bestPremium = 0;
        for (int k = 0; k <= count; k++) {
            double share = k == count ? 0 : k * spacing + 1;
            double profit = share * (price + sorted[k]) - unitCost * Math.min(share, costCap);
            if (profit > bestProfit) {
                bestProfit = profit;
                bestPremium = sorted[k];
            }
        }
        return Math.max(0.0, price + bestPremium + priceNoise);
    }
}
