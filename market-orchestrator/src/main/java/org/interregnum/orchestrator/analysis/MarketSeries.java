package org.interregnum.orchestrator.analysis;

import java.util.Arrays;

/**
 * Time series of one run, filled point by point: shares and prices of every seller, and who re-priced. Memory is
 * 16·M·Nt bytes; the buyers' choices are not kept here.
 */
public final class MarketSeries {
    private final double[][] shares;
    private final double[][] prices;
    private final int[] repricingSellers;
    private int points;

    /**
     * @param sellers number of sellers M
     * @param capacity largest number of points, Nt
     */
    public MarketSeries(int sellers, int capacity) {
        shares = new double[sellers][capacity];
        prices = new double[sellers][capacity];
        repricingSellers = new int[Math.max(0, capacity - 1)];
    }

    /** Adds point 0. */
    public void open(double[] sharesNow, double[] pricesNow) {
        add(sharesNow, pricesNow);
    }

    /** Adds the point after a step in which {@code seller} could change its price. */
    public void step(int seller, double[] sharesNow, double[] pricesNow) {
        repricingSellers[points - 1] = seller;
        add(sharesNow, pricesNow);
    }

    private void add(double[] sharesNow, double[] pricesNow) {
        for (int seller = 0; seller < shares.length; seller++) {
            shares[seller][points] = sharesNow[seller];
            prices[seller][points] = pricesNow[seller];
        }
        points++;
    }

    /** Number of points so far. */
    public int points() {
        return points;
    }

    /** Number of sellers M. */
    public int sellers() {
        return shares.length;
    }

    /** Shares q, (M, capacity); only the first {@link #points()} of each row are set. Not to be written to. */
    public double[][] shares() {
        return shares;
    }

    /** Prices p, (M, capacity); only the first {@link #points()} of each row are set. Not to be written to. */
    public double[][] prices() {
        return prices;
    }

    /** The re-pricing seller of each step, points − 1 values. */
    public int[] repricingSellers() {
        return Arrays.copyOf(repricingSellers, Math.max(0, points - 1));
    }
}
