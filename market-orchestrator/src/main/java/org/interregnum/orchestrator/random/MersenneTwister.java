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
    private final int[] lagged = new int[STRIDE];
    private int position = SIZE;

    /** @param seed the 32-bit integer that initialises the 624 words by Knuth's recurrence, as NumPy's legacy seed does */
    MersenneTwister(int seed) {
        int word = seed;
        for (int i = 0; i < SIZE; i++) {
            block[i] = word;
            word = 1_812_433_253 * (word ^ (word >>> 30)) + i + 1;
        }
    }

    /** The next 32-bit word. */
    int nextInt() {
        if (position == SIZE) {
            advance();
        }
        return temper(block[position++]);
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
            temper(block, position, words, filled, run);
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
        // The recurrence reads LAG words ahead, which for all but the first STRIDE words are new ones. They are read
        // from a copy, so that no loop reads the array that it writes.
        System.arraycopy(old, LAG, lagged, 0, STRIDE);
        twist(old, 0, lagged, now, STRIDE);
        System.arraycopy(now, 0, lagged, 0, STRIDE);
        twist(old, STRIDE, lagged, now, STRIDE);
        System.arraycopy(now, STRIDE, lagged, 0, STRIDE);
        twist(old, 2 * STRIDE, lagged, now, SIZE - 1 - 2 * STRIDE);
        now[SIZE - 1] = twisted(old[SIZE - 1], now[0]) ^ now[LAG - 1];
        block = now;
        next = old;
        position = 0;
    }

    private static void twist(int[] old, int from, int[] lagged, int[] now, int count) {
        for (int i = 0; i < count; i++) {
            now[from + i] = twisted(old[from + i], old[from + i + 1]) ^ lagged[i];
        }
    }

    private static int twisted(int upper, int lower) {
        int mixed = (upper & UPPER) | (lower & LOWER);
        return (mixed >>> 1) ^ (-(mixed & 1) & TWIST);
    }

    private static void temper(int[] block, int from, int[] words, int to, int count) {
        for (int i = 0; i < count; i++) {
            words[to + i] = temper(block[from + i]);
        }
    }

    private static int temper(int word) {
        int tempered = word;
        tempered ^= tempered >>> 11;
        tempered ^= (tempered << 7) & 0x9d2c_5680;
        tempered ^= (tempered << 15) & 0xefc6_0000;
        tempered ^= tempered >>> 18;
        return tempered;
    }
}
