package org.interregnum.buyer.choice;

/**
 * The rule-based buyer: the first maximum of (nothing = 0, U[0], …, U[M−1]) with U[k] = u[k] + J·q[k] − p[k] (MODEL.md,
 * "Rule-based buyer"); so a tie goes to nothing, then to the lowest seller.
 */
public final class UtilityMaximisation {
    private UtilityMaximisation() {}

    /**
     * Chooses for a batch of buyers.
     *
     * @param preferences element [k][i] is buyer i's preference u for seller k
     * @param buyers indices into the columns of {@code preferences} of the buyers that choose, in the first {@code count}
     *     elements
     * @param count number of buyers that choose
     * @param networkEffect J, at least 0
     * @param shares market share q of each seller
     * @param prices price p of each seller
     * @param choices receives the seller of each buyer in the order of {@code buyers}, −1 for none
     */
    public static void choose(
            double[][] preferences,
            int[] buyers,
            int count,
            double networkEffect,
            double[] shares,
            double[] prices,
            int[] choices) {
        double[] networkBenefit = new double[shares.length];
        for (int seller = 0; seller < shares.length; seller++) {
            networkBenefit[seller] = networkEffect * shares[seller];
        }
        for (int index = 0; index < count; index++) {
            int buyer = buyers[index];
            double best = 0;
            int choice = -1;
            for (int seller = 0; seller < shares.length; seller++) {
                double utility = preferences[seller][buyer] + networkBenefit[seller] - prices[seller];
                if (utility > best) {
                    best = utility;
                    choice = seller;
                }
            }
            choices[index] = choice;
        }
    }
}
