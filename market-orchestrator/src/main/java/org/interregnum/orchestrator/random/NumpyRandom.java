package org.interregnum.orchestrator.random;

/**
 * NumPy's legacy generator, {@code numpy.random.seed}: the same numbers in the same order as the published code
 * (MODEL.md, "Reproducing the published baseline bit for bit").
 */
final class NumpyRandom implements MarketRandom {
    /** Buyers drawn for at a time; keeps the words of large markets in the cache. */
    private static final int BATCH = 4096;

    private static final double TWO_TO_53 = 9_007_199_254_740_992.0;

    private final MersenneTwister twister;
    private final int[] words = new int[2 * BATCH];
    private double cachedNormal;
    private boolean hasCachedNormal;

    NumpyRandom(int seed) {
        twister = new MersenneTwister(seed);
    }

    private NumpyRandom(NumpyRandom other) {
        twister = other.twister.copy();
        cachedNormal = other.cachedNormal;
        hasCachedNormal = other.hasCachedNormal;
    }

    @Override
    public MarketRandom copy() {
        return new NumpyRandom(this);
    }

    @Override
    public double[][] preferences(int buyers, int sellers, double mean, double deviation) {
        double[][] columns = new double[sellers][buyers];
        for (int buyer = 0; buyer < buyers; buyer++) {
            for (double[] column : columns) {
                column[buyer] = mean + deviation * normal();
            }
        }
        return columns;
    }

    @Override
    public void beginStep(long step) {
        // One stream runs through all steps.
    }

    @Override
    public int seller(int sellers) {
        int largest = sellers - 1;
        int mask = -1 >>> Integer.numberOfLeadingZeros(largest);
        int draw = twister.nextInt() & mask;
        while (draw > largest) {
            draw = twister.nextInt() & mask;
        }
        return draw;
    }

    @Override
    public int active(double probability, int buyers, int[] into) {
        // A buyer is active where its double exceeds 1 − probability. That double is an integer divided by 2⁵³, so
        // the comparison is one of integers, and exact.
        return select((long) Math.floor((1 - probability) * TWO_TO_53), true, buyers, into);
    }

    @Override
    public int seen(double visibility, int buyers, int[] into) {
        if (visibility == 1) {
            // Every double is below 1: the draws decide nothing, but the stream must move on.
            twister.skip(2L * buyers);
            return buyers;
        }
        // A buyer is seen where its double is below the visibility: not above the largest integer below it.
        return select((long) Math.ceil(visibility * TWO_TO_53) - 1, false, buyers, into);
    }

    /** Selects the buyers whose 53-bit draw is above, or else not above, a limit. */
    private int select(long limit, boolean above, int buyers, int[] into) {
        int selected = 0;
        for (int from = 0; from < buyers; from += BATCH) {
            int batch = Math.min(BATCH, buyers - from);
            twister.fill(words, 2 * batch);
            selected = select(words, from, batch, limit, above, into, selected);
        }
        return selected;
    }

    private static int select(
            int[] words, int from, int batch, long limit, boolean above, int[] into, int selectedBefore) {
        int highLimit = (int) (limit >> 26);
        int flip = above ? 0 : 1;
        int selected = selectedBefore;
        for (int i = 0; i < batch; i++) {
            int high = words[2 * i] >>> 5;
            // The upper 27 bits nearly always decide; where they are equal, the lower 26 do.
            int isAbove = (highLimit - high) >>> 31;
            if (high == highLimit) {
                long draw = ((long) high << 26) | (words[2 * i + 1] >>> 6);
                isAbove = draw > limit ? 1 : 0;
            }
            into[selected] = from + i;
            selected += isAbove ^ flip;
        }
        return selected;
    }

    @Override
    public double normal() {
        if (hasCachedNormal) {
            hasCachedNormal = false;
            return cachedNormal;
        }
        double x1;
        double x2;
        double radiusSquared;
        do {
            x1 = 2.0 * twister.nextDouble() - 1.0;
            x2 = 2.0 * twister.nextDouble() - 1.0;
            radiusSquared = x1 * x1 + x2 * x2;
        } while (radiusSquared >= 1.0 || radiusSquared == 0.0);
        double factor = Math.sqrt(-2.0 * Math.log(radiusSquared) / radiusSquared);
        cachedNormal = factor * x1;
        hasCachedNormal = true;
        return factor * x2;
    }
}
