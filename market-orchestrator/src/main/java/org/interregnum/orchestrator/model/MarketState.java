package org.interregnum.orchestrator.model;

import java.util.Arrays;

/**
 * State of a market between two steps: who buys where, at which prices. Only {@code event.MarketHistory} moves it.
 *
 * <p>A share is 1/N added once for each buyer, as the published code does it, not count/N; the two differ in the last
 * bits, and the sum depends on the count alone, so a table of N + 1 values serves.
 */
public final class MarketState {
    /** Choice of a buyer that buys nothing. */
    public static final int NO_SELLER = -1;

    private final int[] choices;
    private final int[] customers;
    private final double[] prices;
    private final double[] shares;
    private final double[] shareOfCount;
    private Impressions impressions;
    private long step;

    /** A market without models before it opens: all prices at unit cost, all shares 1/M, every buyer with seller 0. */
    public MarketState(MarketParameters parameters) {
        this(parameters, new int[0]);
    }

    /**
     * The market before it opens.
     *
     * @param modelBuyers the buyers that are models, ascending
     */
    public MarketState(MarketParameters parameters, int[] modelBuyers) {
        impressions = new Impressions(modelBuyers, parameters.sellers());
        choices = new int[parameters.buyers()];
        customers = new int[parameters.sellers()];
        customers[0] = parameters.buyers();
        prices = new double[parameters.sellers()];
        Arrays.fill(prices, parameters.unitCost());
        shares = new double[parameters.sellers()];
        Arrays.fill(shares, 1.0 / parameters.sellers());
        shareOfCount = new double[parameters.buyers() + 1];
        double each = 1.0 / parameters.buyers();
        for (int count = 1; count < shareOfCount.length; count++) {
            shareOfCount[count] = shareOfCount[count - 1] + each;
        }
    }

    /** Number of steps taken; 0 at the opening. */
    public long step() {
        return step;
    }

    /** Seller of each buyer, {@link #NO_SELLER} for none. A live view, not to be written to. */
    public int[] choices() {
        return choices;
    }

    /** Price of each seller. A live view, not to be written to. */
    public double[] prices() {
        return prices;
    }

    /** Market share of each seller. A live view, not to be written to. */
    public double[] shares() {
        return shares;
    }

    /** The share that a seller with so many buyers has. */
    public double shareOf(int count) {
        return shareOfCount[count];
    }

    /** Number of buyers of each seller. A live view, not to be written to. */
    public int[] customers() {
        return customers;
    }

    /** What the buyers that are models think of the sellers. A live view, not to be written to. */
    public Impressions impressions() {
        return impressions;
    }

    /** Moves one buyer; shares follow at {@link #recountShares()}. */
    public void choose(int buyer, int seller) {
        int before = choices[buyer];
        if (before >= 0) {
            customers[before]--;
        }
        if (seller >= 0) {
            customers[seller]++;
        }
        choices[buyer] = seller;
    }

    /** Publishes a seller's new price. */
    public void price(int seller, double price) {
        prices[seller] = price;
    }

    /**
     * Makes other buyers models.
     *
     * @param modelBuyers the buyers that are models from now on, ascending
     * @param now what they think of every seller, buyer by buyer, seller 0 first
     */
    public void assignModels(int[] modelBuyers, Impression[] now) {
        impressions = new Impressions(modelBuyers, prices.length);
        impressions.setAll(now);
    }

    /** Sets every share from its number of buyers. */
    public void recountShares() {
        for (int seller = 0; seller < shares.length; seller++) {
            shares[seller] = shareOfCount[customers[seller]];
        }
    }

    /** Counts a step as taken. */
    public void stepTaken() {
        step++;
    }
}
