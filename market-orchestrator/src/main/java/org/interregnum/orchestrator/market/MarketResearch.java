package org.interregnum.orchestrator.market;

import java.util.stream.IntStream;
import org.interregnum.orchestrator.model.Preferences;
import org.interregnum.orchestrator.model.PricePremiums;

/**
 * Computes price premiums U[i,j] − max(0, max over k ≠ j of U[i,k]) for a seller j (MODEL.md, "Time", 3). Works through
 * the buyers tile by tile and within a tile seller by seller, so that every inner loop is a straight line over
 * contiguous memory. In a large market all cores share the tiles. Keeps scratch space between calls, so that one call
 * must end before the next begins.
 */
final class MarketResearch {
    /** Buyers a tile; their best alternatives and one seller's preferences fit into the first-level cache. */
    private static final int TILE = 1024;

    /** From so many buyers on, sharing the work among cores costs less than it saves. */
    private static final int LARGE = 100_000;

    private final double[] premiums;

    MarketResearch(int buyers) {
        premiums = new double[buyers];
    }

    /**
     * Computes the premiums of the buyers seen.
     *
     * @param networkBenefit J·q of each seller
     * @param seen the buyers seen, ascending, in the first {@code seenCount} elements; not read when everybody is seen
     */
    PricePremiums of(
            int seller, Preferences preferences, double[] networkBenefit, double[] prices, int[] seen, int seenCount) {
        int buyers = premiums.length;
        double[][] columns = preferences.columns();
        IntStream tiles = IntStream.range(0, (buyers + TILE - 1) / TILE);
        (buyers < LARGE ? tiles : tiles.parallel()).forEach(tile -> {
            int from = tile * TILE;
            tile(seller, columns, networkBenefit, prices, from, Math.min(buyers, from + TILE));
        });
        if (seenCount < buyers) {
            // Ascending and without repetition, so no premium is overwritten before it is moved.
            for (int i = 0; i < seenCount; i++) {
                premiums[i] = premiums[seen[i]];
            }
        }
        return new PricePremiums(premiums, seenCount);
    }

    private void tile(int seller, double[][] columns, double[] networkBenefit, double[] prices, int from, int to) {
        for (int i = from; i < to; i++) {
            premiums[i] = 0;
        }
        for (int rival = 0; rival < columns.length; rival++) {
            if (rival != seller) {
                raiseAlternative(premiums, columns[rival], networkBenefit[rival], prices[rival], from, to);
            }
        }
        subtractAlternative(premiums, columns[seller], networkBenefit[seller], prices[seller], from, to);
    }

    private static void raiseAlternative(
            double[] best, double[] preferences, double networkBenefit, double price, int from, int to) {
        for (int i = from; i < to; i++) {
            best[i] = Math.max(best[i], preferences[i] + networkBenefit - price);
        }
    }

    private static void subtractAlternative(
            double[] best, double[] preferences, double networkBenefit, double price, int from, int to) {
        for (int i = from; i < to; i++) {
            best[i] = preferences[i] + networkBenefit - price - best[i];
        }
    }
}
