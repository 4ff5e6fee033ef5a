package org.interregnum.orchestrator.statistics;

/**
 * Where a curve that rises from one plateau to another crosses half of the height between them. The plateaus are the
 * means on both sides of the split that leaves the least squares (Hinkley 1970).
 *
 * @param point the crossing, interpolated linearly between the two neighbouring points
 * @param from the point before it
 * @param to the point after it
 * @param low height of the lower plateau
 * @param high height of the upper plateau
 * @param endsOnPlateaus whether the curve begins and ends near its plateaus; otherwise it goes on outside of the range
 */
record HalfHeight(double point, double from, double to, double low, double high, boolean endsOnPlateaus) {
    /** No curve that has a transition. */
    static final HalfHeight NONE = new HalfHeight(Double.NaN, Double.NaN, Double.NaN, Double.NaN, Double.NaN, false);

    private static final int FEWEST_ON_A_SIDE = 2;

    /** How far the ends of the curve may be from the plateaus, by their height; beyond, the curve goes on outside. */
    private static final double OFF_PLATEAU = 1 / 3.0;

    /**
     * Finds it.
     *
     * @param control where the curve is known, strictly ascending
     * @param heights the curve there
     * @param leastRise rise between the plateaus below which there is no transition
     */
    static HalfHeight of(double[] control, double[] heights, double leastRise) {
        int split = split(heights);
        if (split < 0) {
            return NONE;
        }
        double low = mean(heights, 0, split);
        double high = mean(heights, split, heights.length);
        if (!(high - low >= leastRise)) {
            return NONE;
        }
        double level = (low + high) / 2;
        int best = -1;
        for (int after = 1; after < heights.length; after++) {
            boolean crosses = heights[after - 1] < level && heights[after] >= level;
            if (crosses && (best < 0 || Math.abs(after - split) < Math.abs(best - split))) {
                best = after;
            }
        }
        double from = control[best - 1];
        double to = control[best];
        double share = (level - heights[best - 1]) / (heights[best] - heights[best - 1]);
        boolean endsOnPlateaus = Math.abs(heights[0] - low) <= OFF_PLATEAU * (high - low)
                && Math.abs(heights[heights.length - 1] - high) <= OFF_PLATEAU * (high - low);
        return new HalfHeight(from + share * (to - from), from, to, low, high, endsOnPlateaus);
    }

    /**
     * The first index of the upper plateau; negative when there are too few points. The squares around the means of both
     * sides are least where what these means explain is most, which takes one way along the curve.
     */
    private static int split(double[] heights) {
        int best = -1;
        double most = Double.NEGATIVE_INFINITY;
        double mean = mean(heights, 0, heights.length);
        double before = 0;
        for (int split = 1; split <= heights.length - FEWEST_ON_A_SIDE; split++) {
            // All deviations from the mean together are 0, so those behind are these with the other sign.
            before += heights[split - 1] - mean;
            double explained = before * before / split + before * before / (heights.length - split);
            if (split >= FEWEST_ON_A_SIDE && explained > most) {
                most = explained;
                best = split;
            }
        }
        return best;
    }

    private static double mean(double[] heights, int from, int to) {
        double sum = 0;
        for (int i = from; i < to; i++) {
            sum += heights[i];
        }
        return sum / (to - from);
    }
}
