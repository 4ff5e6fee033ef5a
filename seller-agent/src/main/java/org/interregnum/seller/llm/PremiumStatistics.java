package org.interregnum.seller.llm;

import java.util.Arrays;

/**
 * Statistics of the price premiums that a seller's market research saw. They are what NumPy
 * computes: percentiles by linear interpolation, a histogram of 20 equal bins.
 *
 * @param count number of premiums, at least 1
 * @param mean arithmetic mean
 * @param median median
 * @param standardDeviation standard deviation of the population
 * @param minimum least premium
 * @param maximum largest premium
 * @param percentile25 25th percentile
 * @param percentile75 75th percentile
 * @param edges the 21 edges of the histogram's bins, ascending
 * @param bins number of premiums in each of the 20 bins; a bin holds its lower edge, and the last one its upper edge too
 */
public record PremiumStatistics(
        int count,
        double mean,
        double median,
        double standardDeviation,
        double minimum,
        double maximum,
        double percentile25,
        double percentile75,
        double[] edges,
        int[] bins) {

    private static final int BINS = 20;

    /**
     * Computes the statistics.
     *
     * @param premiums finite premiums, in any order, in the first {@code count} elements; left as they are
     * @param count number of premiums, at least 1
     * @throws ArithmeticException when the premiums are so large that a statistic is not finite
     */
    public static PremiumStatistics of(double[] premiums, int count) {
        if (count < 1) {
            throw new IllegalArgumentException("count is " + count + "; it must be at least 1");
        }
        double[] sorted = Arrays.copyOf(premiums, count);
        Arrays.sort(sorted);
        double minimum = sorted[0];
        double maximum = sorted[count - 1];
        double mean = sum(sorted) / count;
        double[] squares = new double[count];
        for (int i = 0; i < count; i++) {
            squares[i] = (sorted[i] - mean) * (sorted[i] - mean);
        }
        double standardDeviation = Math.sqrt(sum(squares) / count);
        if (!Double.isFinite(mean) || !Double.isFinite(standardDeviation)) {
            throw new ArithmeticException("the price premiums are so large that their statistics overflow");
        }
        double[] edges = edges(minimum, maximum);
        return new PremiumStatistics(
                count,
                mean,
                median(sorted),
                standardDeviation,
                minimum,
                maximum,
                percentile(sorted, 0.25),
                percentile(sorted, 0.75),
                edges,
                bins(sorted, edges));
    }

    /** Adds with the rounding errors kept apart (Neumaier), so that the order and number of values hardly matter. */
    private static double sum(double[] values) {
        double sum = 0;
        double lost = 0;
        for (double value : values) {
            double next = sum + value;
            lost += Math.abs(sum) >= Math.abs(value) ? (sum - next) + value : (value - next) + sum;
            sum = next;
        }
        return sum + lost;
    }

    private static double median(double[] sorted) {
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }

    private static double percentile(double[] sorted, double quantile) {
        double position = (sorted.length - 1) * quantile;
        int below = (int) position;
        double fraction = position - below;
        double lower = sorted[below];
        double upper = sorted[Math.min(below + 1, sorted.length - 1)];
        double difference = upper - lower;
        // From the nearer side, so that the result never leaves the interval by rounding.
        return fraction < 0.5 ? lower + difference * fraction : upper - difference * (1 - fraction);
    }

    private static double[] edges(double minimum, double maximum) {
        double first = minimum == maximum ? minimum - 0.5 : minimum;
        double last = minimum == maximum ? maximum + 0.5 : maximum;
        double width = (last - first) / BINS;
        double[] edges = new double[BINS + 1];
        for (int i = 0; i < BINS; i++) {
            // A range of a few denormal numbers has no width that could be multiplied.
            edges[i] = (width == 0 ? (double) i / BINS * (last - first) : i * width) + first;
        }
        edges[BINS] = last;
        return edges;
    }

    private static int[] bins(double[] sorted, double[] edges) {
        int[] bins = new int[BINS];
        double range = edges[BINS] - edges[0];
        for (double value : sorted) {
            // Numbers of 2⁵³ and more may have no half to widen the range by; then one bin holds them all.
            int bin = range == 0 ? 0 : Math.min((int) ((value - edges[0]) / range * BINS), BINS - 1);
            // The division may be a rounding error away from the edges that are told; those decide.
            if (value < edges[bin]) {
                bin--;
            } else if (bin < BINS - 1 && value >= edges[bin + 1]) {
                bin++;
            }
            bins[bin]++;
        }
        return bins;
    }
}
