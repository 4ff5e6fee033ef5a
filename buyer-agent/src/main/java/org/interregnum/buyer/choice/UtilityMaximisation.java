package org.interregnum.buyer.choice;

import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * The rule-based buyer: the first maximum of (nothing = 0, U[0], …, U[M−1]) with U[k] = u[k] + J·q[k] − p[k] (MODEL.md,
 * "Rule-based buyer"); so a tie goes to nothing, then to the lowest seller.
 *
 * <p>Works through the buyers in tiles and within a tile seller by seller, so that the inner loop has no branch that
 * chance decides: which seller wins cannot be predicted, and every wrong guess would cost more than the arithmetic.
 */
public final class UtilityMaximisation {
    /** Buyers a tile; their best utilities and sellers so far fit into the first-level cache. */
    private static final int TILE = 128;

    /** Buyers a tile of a large batch, whose preferences come from memory, which is fast over long stretches only. */
    private static final int LARGE_TILE = 1024;

    /** Buyers that one core chooses for at a time; a larger batch is shared among all cores. */
    private static final int CHUNK = 16 * LARGE_TILE;

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
        int chunks = (count + CHUNK - 1) / CHUNK;
        IntStream all = IntStream.range(0, chunks);
        (chunks == 1 ? all : all.parallel()).forEach(chunk -> {
            int from = chunk * CHUNK;
            int to = Math.min(count, from + CHUNK);
            choose(
                    preferences,
                    buyers,
                    from,
                    to,
                    chunks == 1 ? TILE : LARGE_TILE,
                    networkEffect,
                    shares,
                    prices,
                    choices);
        });
    }

    private static void choose(
            double[][] preferences,
            int[] buyers,
            int start,
            int end,
            int mostBuyers,
            double networkEffect,
            double[] shares,
            double[] prices,
            int[] choices) {
        double[] bestUtility = new double[mostBuyers];
        int[] bestSeller = new int[mostBuyers];
        for (int from = start; from < end; from += mostBuyers) {
            int tile = Math.min(mostBuyers, end - from);
            Arrays.fill(bestUtility, 0);
            Arrays.fill(bestSeller, -1);
            for (int seller = 0; seller < shares.length; seller++) {
                double networkBenefit = networkEffect * shares[seller];
                consider(
                        seller,
                        preferences[seller],
                        networkBenefit,
                        prices[seller],
                        buyers,
                        from,
                        tile,
                        bestUtility,
                        bestSeller);
            }
            System.arraycopy(bestSeller, 0, choices, from, tile);
        }
    }

    /** Lets a tile of buyers consider one more seller. */
    private static void consider(
            int seller,
            double[] preferences,
            double networkBenefit,
            double price,
            int[] buyers,
            int from,
            int tile,
            double[] bestUtility,
            int[] bestSeller) {
        for (int i = 0; i < tile; i++) {
            double utility = preferences[buyers[from + i]] + networkBenefit - price;
            double best = bestUtility[i];
            bestSeller[i] = utility > best ? seller : bestSeller[i];
            bestUtility[i] = Math.max(utility, best);
        }
    }
}
