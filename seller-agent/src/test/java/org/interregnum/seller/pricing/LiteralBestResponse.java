package org.interregnum.seller.pricing;

import java.util.Arrays;

/** The rule exactly as MODEL.md states it, with a full sort: what {@link BestResponse} is compared with. */
final class LiteralBestResponse {
    private LiteralBestResponse() {}

    static double price(
            double[] premiums, int count, double price, double unitCost, double costCap, double priceNoise) {
        if (count == 0) {
            return price;
        }
        double[] sorted = Arrays.copyOf(premiums, count + 1);
        Arrays.sort(sorted, 0, count);
        sorted[0] -= 0.00001;
        sorted[count] = sorted[count - 1] + 0.00001;
        double best = Double.NEGATIVE_INFINITY;
        double premium = Double.NaN;
        for (int k = 0; k <= count; k++) {
            double share = k == count ? 0 : k * (-1.0 / count) + 1;
            double profit = share * (price + sorted[k]) - unitCost * Math.min(share, costCap);
            if (profit > best) {
                best = profit;
                premium = sorted[k];
            }
        }
        return Math.max(0, price + premium + priceNoise);
    }
}
