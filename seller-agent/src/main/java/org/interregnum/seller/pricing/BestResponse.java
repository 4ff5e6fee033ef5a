package org.interregnum.seller.pricing;

import java.util.Arrays;

/**
 * The rule-based seller: the price that would have maximised its profit among the buyers that its market research saw
 * (MODEL.md, "Rule-based seller"). An instance keeps scratch space between calls and belongs to one thread.
 *
 * <p>The rule sorts all premiums and takes the first that maximises s[k]·(p + e[k]) − b·min(s[k], a). Nearly all of that
 * sorting is for nothing, so this computes the same answer, to the last bit, without it:
 *
 * <ul>
 *   <li>only the prices p + e[k] matter, and adding p keeps them in order;
 *   <li>a price below 0 earns less than e[n], which sells nothing and earns exactly 0, so only prices of at least 0
 *       compete; those below count in the ranks only;
 *   <li>the competing prices are counted into equal buckets; counts bound the profit of a bucket from below and above;
 *       only prices in buckets whose bound reaches the best are sorted and evaluated.
 * </ul>
 */
public final class BestResponse {
    private static final double NUDGE = 0.00001;

    /** So few prices are sorted without counting them into buckets first. */
    private static final int FEW = 48;

    private static final int MOST_BUCKETS = 2048;

    /** Covers the rounding of the bounds, relative to the magnitudes compared. */
    private static final double SLACK = 1e-9;

    private double[] prices = {};
    private double[] candidates = {};
    private final int[] bucketCounts = new int[MOST_BUCKETS + 1];

    private double bestProfit;
    private double bestPrice;

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
        reserve(count);
        int competing = collectCompeting(premiums, count, price, prices);
        bestProfit = Double.NEGATIVE_INFINITY;
        Market market = new Market(premiums, count, price, unitCost, costCap);
        if (competing <= FEW) {
            evaluateSorted(market, prices, competing, count - competing);
        } else {
            evaluateBestBuckets(market, competing);
        }
        if (!(bestProfit >= 0)) {
            bestPrice = price + dearestPremium(market);
        }
        return Math.max(0.0, bestPrice + priceNoise);
    }

    /** What the evaluation needs to know of the question. */
    private record Market(double[] premiums, int count, double price, double unitCost, double costCap) {
        double cost(double share) {
            return unitCost * Math.min(share, costCap);
        }

        /** s[k]: the share left when the k cheapest buyers have gone. */
        double share(int rank) {
            return rank * (-1.0 / count) + 1;
        }
    }

    private void reserve(int count) {
        if (prices.length < count) {
            prices = new double[count];
            candidates = new double[count];
        }
    }

    /** Collects the prices p + e of at least 0, without a branch that chance decides. */
    private static int collectCompeting(double[] premiums, int count, double price, double[] into) {
        int competing = 0;
        for (int i = 0; i < count; i++) {
            // Adding 0.0 turns −0.0, whose sign bit is set, into 0.0.
            double candidate = price + premiums[i] + 0.0;
            into[competing] = candidate;
            competing += 1 + (int) (Double.doubleToRawLongBits(candidate) >> 63);
        }
        return competing;
    }

    /** Evaluates some prices whose ranks are consecutive, the lowest being {@code firstRank}. */
    private void evaluateSorted(Market market, double[] unsorted, int number, int firstRank) {
        Arrays.sort(unsorted, 0, number);
        for (int i = 0; i < number; i++) {
            int rank = firstRank + i;
            double candidate = rank == 0 ? market.price() + (least(market) - NUDGE) : unsorted[i];
            double share = market.share(rank);
            double profit = share * candidate - market.cost(share);
            if (profit > bestProfit) {
                bestProfit = profit;
                bestPrice = candidate;
            }
        }
    }

    private void evaluateBestBuckets(Market market, int competing) {
        double dearest = max(prices, competing);
        int buckets = Math.min(MOST_BUCKETS, Integer.highestOneBit(competing) / 4);
        double perUnit = buckets * (1 - SLACK) / dearest;
        if (!(perUnit <= Double.MAX_VALUE)) {
            evaluateSorted(market, prices, competing, market.count() - competing);
            return;
        }
        Arrays.fill(bucketCounts, 0, buckets, 0);
        count(prices, competing, perUnit, bucketCounts);
        double floor = leastBestProfit(market, competing, buckets, perUnit);

        int rank = market.count() - competing;
        int first = -1;
        int firstRank = 0;
        int last = -1;
        int rankAfterLast = 0;
        for (int bucket = 0; bucket < buckets; bucket++) {
            int inside = bucketCounts[bucket];
            if (inside > 0 && mostProfit(market, bucket, rank, inside, perUnit) >= floor) {
                if (first < 0) {
                    first = bucket;
                    firstRank = rank;
                }
                last = bucket;
                rankAfterLast = rank + inside;
            }
            rank += inside;
        }
        if (first >= 0) {
            int number = collect(prices, competing, perUnit, first, last, candidates);
            if (number != rankAfterLast - firstRank) {
                throw new AssertionError("buckets disagree");
            }
            evaluateSorted(market, candidates, number, firstRank);
        }
    }

    private static void count(double[] prices, int number, double perUnit, int[] counts) {
        for (int i = 0; i < number; i++) {
            counts[(int) (prices[i] * perUnit)]++;
        }
    }

    /** A profit that the best price reaches at least. */
    private double leastBestProfit(Market market, int competing, int buckets, double perUnit) {
        double least = 0;
        int rank = market.count() - competing;
        for (int bucket = 0; bucket < buckets; bucket++) {
            if (bucketCounts[bucket] > 0) {
                double share = market.share(rank);
                double lowest = bucket / perUnit * (1 - SLACK) - NUDGE;
                double profit = share * lowest - market.cost(share);
                least = Math.max(least, profit);
            }
            rank += bucketCounts[bucket];
        }
        return least - SLACK * (least + market.unitCost());
    }

    /** A profit that no price in a bucket exceeds. */
    private static double mostProfit(Market market, int bucket, int rank, int inside, double perUnit) {
        double highest = (bucket + 1) / perUnit * (1 + SLACK);
        return market.share(rank) * highest - market.cost(market.share(rank + inside - 1));
    }

    private static int collect(double[] prices, int number, double perUnit, int first, int last, double[] into) {
        int collected = 0;
        int width = last - first;
        for (int i = 0; i < number; i++) {
            double candidate = prices[i];
            into[collected] = candidate;
            int offset = (int) (candidate * perUnit) - first;
            // 1 where 0 ≤ offset ≤ width.
            collected += 1 + ((offset | (width - offset)) >> 31);
        }
        return collected;
    }

    /** e[n]: the price at which nobody is left. */
    private static double dearestPremium(Market market) {
        double dearest = max(market.premiums(), market.count());
        return (market.count() == 1 ? dearest - NUDGE : dearest) + NUDGE;
    }

    private static double max(double[] values, int count) {
        double max0 = Double.NEGATIVE_INFINITY;
        double max1 = Double.NEGATIVE_INFINITY;
        double max2 = Double.NEGATIVE_INFINITY;
        double max3 = Double.NEGATIVE_INFINITY;
        int i = 0;
        for (; i + 3 < count; i += 4) {
            max0 = Math.max(max0, values[i]);
            max1 = Math.max(max1, values[i + 1]);
            max2 = Math.max(max2, values[i + 2]);
            max3 = Math.max(max3, values[i + 3]);
        }
        for (; i < count; i++) {
            max0 = Math.max(max0, values[i]);
        }
        return Math.max(Math.max(max0, max1), Math.max(max2, max3));
    }

    private static double least(Market market) {
        double least = Double.POSITIVE_INFINITY;
        for (int i = 0; i < market.count(); i++) {
            least = Math.min(least, market.premiums()[i]);
        }
        return least;
    }
}
