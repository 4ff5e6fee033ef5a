package org.interregnum.orchestrator.random;

/**
 * A counter-based generator on {@link Philox4x64}: every draw is a function of the seed, its purpose, the step and the
 * buyer alone, so any step's draws can be made again without those before it.
 *
 * <p>The key is (seed, 0) and the counter (index, step, purpose, 0). Purpose 1: normal preferences, index the position
 * in buyer-by-buyer order divided by four, step 0. Purpose 2: the step's seller and noise. Purposes 3 and 4: activity
 * and visibility, index the buyer divided by four; buyer i reads word i mod 4. A uniform double is the upper 53 bits of
 * a word divided by 2⁵³; a pair of words gives two normal deviates by the method of Box and Muller. Logarithm, sine and
 * cosine are those of {@link StrictMath}, so every machine draws the same.
 */
final class PhiloxRandom implements MarketRandom {
    private static final long PREFERENCES = 1;
    private static final long STEP = 2;
    private static final long ACTIVITY = 3;
    private static final long VISIBILITY = 4;
    private static final int WORDS = 4;
    private static final double TWO_TO_53 = 9_007_199_254_740_992.0;

    private final long seed;
    private final long[] words = new long[WORDS];
    private final double[] normals = new double[WORDS];
    private long step;

    PhiloxRandom(long seed) {
        this.seed = seed;
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
        long limit = (long) Math.ceil(probability * TWO_TO_53);
        int selected = 0;
        for (int from = 0; from < buyers; from += WORDS) {
            draw(from / WORDS, step, purpose);
            int batch = Math.min(WORDS, buyers - from);
            for (int word = 0; word < batch; word++) {
                into[selected] = from + word;
                selected += (int) (((words[word] >>> 11) - limit) >>> 63);
            }
        }
        return selected;
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
