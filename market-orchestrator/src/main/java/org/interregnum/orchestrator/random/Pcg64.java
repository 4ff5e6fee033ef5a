package org.interregnum.orchestrator.random;

/**
 * PCG64 (O'Neill 2014: a 128-bit linear congruential generator whose output is XSL-RR), seeded and read as
 * {@code numpy.random.default_rng(seed)} does.
 */
final class Pcg64 {
    private static final long MULTIPLIER_HIGH = 0x2360_ED05_1FC6_5DA4L;
    private static final long MULTIPLIER_LOW = 0x4385_DF64_9FCC_F645L;
    private static final long LOWER_32 = 0xFFFF_FFFFL;

    private final long incrementHigh;
    private final long incrementLow;
    private long high;
    private long low;
    private int upperHalf;
    private boolean hasUpperHalf;

    /** @param seed at least 0 */
    Pcg64(long seed) {
        long[] words = SeedSequence.words(seed, 4);
        incrementHigh = words[2] << 1 | words[3] >>> 63;
        incrementLow = words[3] << 1 | 1;
        advance();
        low += words[1];
        high += words[0] + carry(low, words[1]);
        advance();
    }

    /** A uniform integer from 0 to {@code largest}, by Lemire's method on 32-bit words. */
    int nextUpTo(int largest) {
        if (largest == 0) {
            return 0; // without a draw
        }
        long count = largest + 1L;
        long product = nextWord() * count;
        // Below this many remainders, some integers have one chance more than others. Seldom needed, so it is
        // computed only where a remainder is small.
        if ((product & LOWER_32) < count) {
            long unfair = (LOWER_32 - largest) % count;
            while ((product & LOWER_32) < unfair) {
                product = nextWord() * count;
            }
        }
        return (int) (product >>> 32);
    }

    /** The next 32 bits, unsigned: the lower half of a 64-bit output, then its upper half. */
    private long nextWord() {
        if (hasUpperHalf) {
            hasUpperHalf = false;
            return upperHalf & LOWER_32;
        }
        long output = nextLong();
        upperHalf = (int) (output >>> 32);
        hasUpperHalf = true;
        return output & LOWER_32;
    }

    private long nextLong() {
        advance();
        return Long.rotateRight(high ^ low, (int) (high >>> 58));
    }

    private void advance() {
        long productHigh = unsignedMultiplyHigh(low, MULTIPLIER_LOW) + high * MULTIPLIER_LOW + low * MULTIPLIER_HIGH;
        low = low * MULTIPLIER_LOW + incrementLow;
        high = productHigh + incrementHigh + carry(low, incrementLow);
    }

    /** What adding a number carried over, as the sum tells. */
    private static long carry(long sum, long added) {
        return Long.compareUnsigned(sum, added) < 0 ? 1 : 0;
    }

    private static long unsignedMultiplyHigh(long first, long second) {
        return Math.multiplyHigh(first, second) + ((first >> 63) & second) + ((second >> 63) & first);
    }
}
