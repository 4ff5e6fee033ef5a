package org.interregnum.orchestrator.random;

import java.util.stream.IntStream;

/**
 * A counter-based generator on {@link Philox4x64}: every draw is a function of the seed, its purpose, the step and the
 * buyer alone, so any step's draws can be made again without those before it.
 *
 * <p>The key is (seed, 0) and the counter (index, step, purpose, 0). Purpose 1: normal preferences, index the position
 * in buyer-by-buyer order divided by four, step 0. Purpose 2: the step's seller and noise. Purposes 3 and 4: activity
 * and visibility, index the buyer divided by eight; buyer i reads the lower half of word (i mod 8)/2 when i is even, the
 * upper half when it is odd, and is selected where this number is below its probability times 2³². A uniform double is
 * the upper 53 bits of a word divided by 2⁵³; a pair of words gives two normal deviates by the method of Box and Muller.
 * Logarithm, sine and cosine are those of {@link StrictMath}, so every machine draws the same.
 */
final class PhiloxRandom implements MarketRandom {
    private static final long PREFERENCES = 1;
    private static final long STEP = 2;
    private static final long ACTIVITY = 3;
    private static final long VISIBILITY = 4;
    private static final int WORDS = 4;
    private static final int BUYERS_A_BLOCK = 2 * WORDS;

    /** Buyers drawn for by one thread at a time: a multiple of those of a block. */
    private static final int CHUNK = 1 << 16;

    private static final double TWO_TO_32 = 4_294_967_296.0;
    private static final double TWO_TO_53 = 9_007_199_254_740_992.0;

    private final long seed;
    private final long[] words = new long[WORDS];
    private final double[] normals = new double[WORDS];
    private long step;

    PhiloxRandom(long seed) {
        this.seed = seed;
    }

    @Override
    public MarketRandom copy() {
        PhiloxRandom copy = new PhiloxRandom(seed);
        copy.step = step;
        return copy;
    }

    @Override
    public double[][] preferences(int buyers, int sellers, double mean, double deviation) {
        double[][] columns = new double[sellers][buyers];
        long position = 0;
        for (int buyer = 0; buyer < buyers; buyer++) {
            for (double[] column : columns) {
                int word = (int) (position % WORDS);
                if (word == 0) {
                    draw(position / WORDS, 0, PREFERENCES);
                    normalPair(0);
                    normalPair(2);
                }
                column[buyer] = mean + deviation * normals[word];
                position++;
            }
        }
        return columns;
    }

    @Override
    public void beginStep(long number) {
        step = number;
    }

    @Override
    public int seller(int sellers) {
        draw(0, step, STEP);
        // The upper half of word × sellers: biased by less than sellers / 2⁶³.
        return (int) Math.multiplyHigh(words[0] >>> 1, 2L * sellers);
    }

    @Override
    public int active(double probability, int buyers, int[] into) {
        return select(ACTIVITY, probability, buyers, into);
    }

    @Override
    public int seen(double visibility, int buyers, int[] into) {
        return visibility == 1 ? buyers : select(VISIBILITY, visibility, buyers, into);
    }

    private int select(long purpose, double probability, int buyers, int[] into) {
        long limit = (long) Math.ceil(probability * TWO_TO_32);
        int chunks = (buyers + CHUNK - 1) / CHUNK;
        if (chunks == 1) {
            return select(purpose, limit, 0, buyers, into);
        }
        int[] counts = new int[chunks];
        IntStream.range(0, chunks).parallel().forEach(chunk -> {
            int from = chunk * CHUNK;
            counts[chunk] = select(purpose, limit, from, Math.min(buyers, from + CHUNK), into);
        });
        int selected = counts[0];
        for (int chunk = 1; chunk < chunks; chunk++) {
            System.arraycopy(into, chunk * CHUNK, into, selected, counts[chunk]);
            selected += counts[chunk];
        }
        return selected;
    }

    /** Selects among the buyers of one chunk, into the chunk's own part of the array. */
    private int select(long purpose, long limit, int from, int to, int[] into) {
        long[] block = new long[WORDS];
        int selected = from;
        for (int buyer = from; buyer < to; buyer += BUYERS_A_BLOCK) {
            Philox4x64.words(buyer / BUYERS_A_BLOCK, step, purpose, 0, seed, 0, block);
            int batch = Math.min(BUYERS_A_BLOCK, to - buyer);
            for (int i = 0; i < batch; i++) {
                long draw = (block[i >> 1] >>> ((i & 1) << 5)) & 0xFFFF_FFFFL;
                into[selected] = buyer + i;
                selected += (int) ((draw - limit) >>> 63);
            }
        }
        return selected - from;
    }

    @Override
    public double normal() {
        draw(0, step, STEP);
        normalPair(2);
        return normals[2];
    }

    private void draw(long index, long atStep, long purpose) {
        Philox4x64.words(index, atStep, purpose, 0, seed, 0, words);
    }

    private void normalPair(int word) {
        // 1 − uniform is in (0, 1], so the logarithm is finite.
        double radius = StrictMath.sqrt(-2 * StrictMath.log(1 - (words[word] >>> 11) / TWO_TO_53));
        double angle = 2 * Math.PI * ((words[word + 1] >>> 11) / TWO_TO_53);
        normals[word] = radius * StrictMath.cos(angle);
        normals[word + 1] = radius * StrictMath.sin(angle);
    }
}
