package org.interregnum.orchestrator.random;

/**
 * MT19937 (Matsumoto and Nishimura 1998) in blocks: a block of 624 words is computed at once by loops that read one
 * array and write another, which the compiler turns into vector instructions, and words are tempered only where
 * somebody reads them.
 */
final class MersenneTwister {
    private static final int SIZE = 624;
    private static final int LAG = 397;
    /** Words that can be computed before the recurrence needs one of its own results. */
    private static final int STRIDE = SIZE - LAG;

    private static final int UPPER = 0x8000_0000;
    private static final int LOWER = 0x7fff_ffff;
    private static final int TWIST = 0x9908_b0df;

    private int[] block = new int[SIZE];
    private int[] next = new int[SIZE];
    /** For each word of the block the word after it. */
    private final int[] following = new int[SIZE];

    /** For each word of the next block the word that the recurrence reads LAG words ahead. */
    private final int[] ahead = new int[SIZE];

    private final int[] tempered = new int[SIZE];
    private boolean isTempered;
    private int position = SIZE;

    /** @param seed the 32-bit integer that initialises the 624 words by Knuth's recurrence, as NumPy's legacy seed does */
    MersenneTwister(int seed) {
        int word = seed;
        for (int i = 0; i < SIZE; i++) {
            block[i] = word;
            word = 1_812_433_253 * (word ^ (word >>> 30)) + i + 1;
        }
    }

    private MersenneTwister(MersenneTwister other) {
        block = other.block.clone();
        position = other.position;
    }

    /** One that goes on with the same words. */
    MersenneTwister copy() {
        return new MersenneTwister(this);
    }

    /** The next 32-bit word. */
    int nextInt() {
        if (position == SIZE) {
            advance();
        }
        temperBlock();
        return tempered[position++];
    }

    /** The next double in [0, 1): 53 bits from two words. */
    double nextDouble() {
        int high = nextInt() >>> 5;
        int low = nextInt() >>> 6;
        return (high * 67_108_864.0 + low) / 9_007_199_254_740_992.0;
    }

    /** Fills the first {@code count} elements with the next words. */
    void fill(int[] words, int count) {
        for (int filled = 0; filled < count; ) {
            if (position == SIZE) {
                advance();
            }
            int run = Math.min(count - filled, SIZE - position);
            temperBlock();
            System.arraycopy(tempered, position, words, filled, run);
            position += run;
            filled += run;
        }
    }

    /** Passes over the next {@code count} words, as if they had been read. */
    void skip(long count) {
        long left = count;
        while (left > 0) {
            if (position == SIZE) {
                advance();
            }
            int run = (int) Math.min(left, SIZE - position);
            position += run;
            left -= run;
        }
    }

    private void advance() {
        int[] old = block;
        int[] now = next;
        // The words ahead are old ones for the first STRIDE words only. All that a loop reads is copied to where it
        // stands under the loop's one index, in an array that the loop does not write: only then do compilers turn
        // it into vector instructions.
        System.arraycopy(old, 1, following, 0, SIZE - 1);
        System.arraycopy(old, LAG, ahead, 0, STRIDE);
        twist(old, following, ahead, now, 0, STRIDE);
        System.arraycopy(now, 0, ahead, STRIDE, STRIDE);
        twist(old, following, ahead, now, STRIDE, 2 * STRIDE);
        System.arraycopy(now, STRIDE, ahead, 2 * STRIDE, SIZE - 2 * STRIDE);
        twist(old, following, ahead, now, 2 * STRIDE, SIZE - 1);
        now[SIZE - 1] = twisted(old[SIZE - 1], now[0]) ^ ahead[SIZE - 1];
        block = now;
        next = old;
        position = 0;
        isTempered = false;
    }

    private static void twist(int[] old, int[] following, int[] ahead, int[] now, int from, int to) {
        for (int i = from; i < to; i++) {
            now[i] = twisted(old[i], following[i]) ^ ahead[i];
        }
    }

    private static int twisted(int upper, int lower) {
        int mixed = (upper & UPPER) | (lower & LOWER);
        return (mixed >>> 1) ^ (-(mixed & 1) & TWIST);
    }

    private void temperBlock() {
        if (!isTempered) {
            temper(block, tempered);
            isTempered = true;
        }
    }

    private static void temper(int[] block, int[] tempered) {
        for (int i = 0; i < SIZE; i++) {
            int word = block[i];
            word ^= word >>> 11;
            word ^= (word << 7) & 0x9d2c_5680;
            word ^= (word << 15) & 0xefc6_0000;
            word ^= word >>> 18;
            tempered[i] = word;
        }
    }
}
