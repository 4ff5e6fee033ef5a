package org.interregnum.orchestrator.random;

/** NumPy's {@code SeedSequence} (after O'Neill's {@code seed_seq_fe}): spreads a seed over as many words as needed. */
final class SeedSequence {
    private static final int POOL = 4;
    private static final int FIRST_IN = 0x43b0_d7e5;
    private static final int FACTOR_IN = 0x931e_8875;
    private static final int FIRST_OUT = 0x8b51_f9dd;
    private static final int FACTOR_OUT = 0x58f3_8ded;
    private static final int MIX_LEFT = 0xca01_f9dd;
    private static final int MIX_RIGHT = 0x4973_f715;

    private final int[] pool = new int[POOL];
    /** Changes with every hashing, so that equal words are hashed differently. */
    private int constant;

    private SeedSequence(long seed) {
        constant = FIRST_IN;
        for (int i = 0; i < POOL; i++) {
            int word = i < 2 ? (int) (seed >>> (32 * i)) : 0;
            pool[i] = hash(word, FACTOR_IN);
        }
        for (int from = 0; from < POOL; from++) {
            for (int to = 0; to < POOL; to++) {
                if (from != to) {
                    pool[to] = fold(MIX_LEFT * pool[to] - MIX_RIGHT * hash(pool[from], FACTOR_IN));
                }
            }
        }
        constant = FIRST_OUT;
    }

    /**
     * The first words that a seed spreads to.
     *
     * @param seed at least 0
     * @param count how many words of 64 bits
     */
    static long[] words(long seed, int count) {
        SeedSequence sequence = new SeedSequence(seed);
        long[] words = new long[count];
        for (int i = 0; i < count; i++) {
            long lower = sequence.hash(sequence.pool[2 * i % POOL], FACTOR_OUT) & 0xFFFF_FFFFL;
            long upper = sequence.hash(sequence.pool[(2 * i + 1) % POOL], FACTOR_OUT);
            words[i] = upper << 32 | lower;
        }
        return words;
    }

    private int hash(int word, int factor) {
        int mixed = word ^ constant;
        constant *= factor;
        return fold(mixed * constant);
    }

    private static int fold(int word) {
        return word ^ (word >>> 16);
    }
}
