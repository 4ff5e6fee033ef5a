package org.interregnum.orchestrator.random;

import java.util.BitSet;

/**
 * A random subset as NumPy's newer generator draws it: the same numbers as those of
 * {@code numpy.random.default_rng(seed).choice(population, size, replace=False)}, sorted.
 */
public final class NumpySubset {
    /** In populations up to this, NumPy never shuffles. */
    private static final int SMALL_POPULATION = 10_000;

    /** In larger ones it shuffles when the subset is more than this part of them. */
    private static final int SMALL_PART = 50;

    private NumpySubset() {}

    /**
     * Draws a subset of the numbers from 0 to {@code population} − 1.
     *
     * @param seed at least 0
     * @param population how many numbers there are, at least 0
     * @param size how many to draw, from 0 to {@code population}
     * @return the numbers drawn, ascending
     */
    public static int[] of(long seed, int population, int size) {
        if (seed < 0) {
            throw new IllegalArgumentException("seed " + seed + ": must be at least 0");
        }
        if (size < 0 || size > population) {
            throw new IllegalArgumentException("size " + size + ": must be from 0 to the population, " + population);
        }
        Pcg64 generator = new Pcg64(seed);
        BitSet drawn = population > SMALL_POPULATION && size > population / SMALL_PART
                ? endOfShuffled(generator, population, size)
                : byFloyd(generator, population, size);
        return drawn.stream().toArray();
    }

    /** Fisher and Yates' shuffle from the end, only as far as the subset needs. */
    private static BitSet endOfShuffled(Pcg64 generator, int population, int size) {
        int[] numbers = new int[population];
        for (int i = 0; i < population; i++) {
            numbers[i] = i;
        }
        BitSet drawn = new BitSet(population);
        for (int i = population - 1; i >= population - size; i--) {
            int at = generator.nextUpTo(i);
            drawn.set(numbers[at]);
            numbers[at] = numbers[i];
        }
        return drawn;
    }

    /** Floyd's algorithm; what NumPy then draws to put the subset in random order changes nothing here. */
    private static BitSet byFloyd(Pcg64 generator, int population, int size) {
        BitSet drawn = new BitSet(population);
        for (int last = population - size; last < population; last++) {
            int number = generator.nextUpTo(last);
            drawn.set(drawn.get(number) ? last : number);
        }
        return drawn;
    }
}
