package org.interregnum.orchestrator.model;

import java.util.Locale;

/**
 * Everything that defines a market but its agents and its chance (MODEL.md, "Symbols and defaults").
 *
 * @param buyers number of buyers N, from 1 to {@link #LARGEST_COUNT}
 * @param sellers number of sellers M, from 3 to {@link #LARGEST_COUNT} (the scaling of the network effect needs ln(M/2) above 0)
 * @param scaledNetworkEffect J̄, at least 0
 * @param updateRate ρ, above 0 and such that {@link #activityProbability()} is at most 1
 * @param preferenceMean μ
 * @param preferenceDeviation σ, at least 0
 * @param unitCost b, at least 0
 * @param costCap a, the share above which cost stops growing, in [0, 1]
 * @param noise standard deviation of the noise on a best-response price, at least 0
 * @param visibility probability that market research sees a buyer, in [0, 1]
 */
public record MarketParameters(
        int buyers,
        int sellers,
        double scaledNetworkEffect,
        double updateRate,
        double preferenceMean,
        double preferenceDeviation,
        double unitCost,
        double costCap,
        double noise,
        double visibility) {

    /** Number of buyers when they follow a rule. */
    public static final int DEFAULT_BUYERS = 5000;

    /** Number of sellers. */
    public static final int DEFAULT_SELLERS = 10;

    /** Mean of the preferences. */
    public static final double DEFAULT_PREFERENCE_MEAN = 0.5;

    /** Standard deviation of the preferences. */
    public static final double DEFAULT_PREFERENCE_DEVIATION = 1;

    /** Largest number of buyers, sellers or points: sums of two of them are still whole numbers of 32 bits. */
    public static final int LARGEST_COUNT = 1_000_000_000;

    /** Largest magnitude of any real parameter; it keeps every utility and profit finite. */
    public static final double LARGEST = 1e9;

    public MarketParameters {
        require(
                buyers >= 1 && buyers <= LARGEST_COUNT,
                "buyers",
                buyers,
                "must be a whole number from 1 to 1000000000");
        require(
                sellers >= 3 && sellers <= LARGEST_COUNT,
                "sellers",
                sellers,
                "must be a whole number from 3 to 1000000000");
        requireWithin(0, LARGEST, "scaledNetworkEffect", scaledNetworkEffect, "must be a number from 0 to 1e9");
        requireWithin(-LARGEST, LARGEST, "preferenceMean", preferenceMean, "must be a number from -1e9 to 1e9");
        requireWithin(0, LARGEST, "preferenceDeviation", preferenceDeviation, "must be a number from 0 to 1e9");
        requireWithin(0, LARGEST, "unitCost", unitCost, "must be a number from 0 to 1e9");
        requireWithin(0, 1, "costCap", costCap, "must be a number from 0 to 1");
        requireWithin(0, LARGEST, "noise", noise, "must be a number from 0 to 1e9");
        requireWithin(0, 1, "visibility", visibility, "must be a number from 0 to 1");
        // Rounded down, so that the bound which the message names is one that is accepted.
        double largestRate = Math.floor(sellers / Math.log(sellers) * 1e5) / 1e5;
        require(
                updateRate > 0 && updateRate * Math.log(sellers) / sellers <= 1,
                "updateRate",
                updateRate,
                String.format(
                        Locale.ROOT,
                        "must be a number above 0 and at most M / ln(M), %.5f for %d sellers",
                        largestRate,
                        sellers));
    }

    /** A market with the defaults of MODEL.md. */
    public static MarketParameters of(double scaledNetworkEffect, double updateRate) {
        return of(scaledNetworkEffect, updateRate, DEFAULT_BUYERS, DEFAULT_SELLERS);
    }

    /** A market of some size, otherwise with the defaults of MODEL.md. */
    public static MarketParameters of(double scaledNetworkEffect, double updateRate, int buyers, int sellers) {
        return new MarketParameters(
                buyers,
                sellers,
                scaledNetworkEffect,
                updateRate,
                DEFAULT_PREFERENCE_MEAN,
                DEFAULT_PREFERENCE_DEVIATION,
                0,
                defaultCostCap(sellers),
                0,
                1);
    }

    /** The share above which cost stops growing unless said otherwise: 0.8 / M. */
    public static double defaultCostCap(int sellers) {
        return 0.8 / sellers;
    }

    /** The network effect J = J̄·M / √(ln(M/2)) of the utility. */
    public double networkEffect() {
        return scaledNetworkEffect * sellers / Math.sqrt(Math.log(sellers / 2.0));
    }

    /** Probability ρ·ln(M)/M that a buyer is active in a step, in (0, 1]. */
    public double activityProbability() {
        return updateRate * Math.log(sellers) / sellers;
    }

    /** Cost b·min(q, a) of serving a market share. */
    public double cost(double share) {
        return unitCost * Math.min(share, costCap);
    }

    private static void requireWithin(double least, double most, String parameter, double value, String rule) {
        require(value >= least && value <= most, parameter, value, rule);
    }

    private static void require(boolean holds, String parameter, Number value, String rule) {
        if (!holds) {
            throw new InvalidParameterException(parameter, value.toString(), rule);
        }
    }
}
