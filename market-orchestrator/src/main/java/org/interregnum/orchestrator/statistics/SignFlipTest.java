package org.interregnum.orchestrator.statistics;

import org.apache.commons.rng.UniformRandomProvider;

/**
 * The two-sided permutation test of paired differences (Fisher 1935): were the two sides interchangeable, each difference
 * could as well have the other sign. p is the share of the assignments of signs whose mean is at least as far from 0 as
 * the observed one.
 */
final class SignFlipTest {
    /** Up to this many pairs all assignments are looked at. */
    static final int MOST_EXACT = 16;

    /** Sums of the same numbers in another order differ by less, relative to the sum of their sizes. */
    private static final double ROUNDING = 1e-12;

    private SignFlipTest() {}

    static double p(double[] differences, Bootstrap bootstrap) {
        double size = 0;
        double observed = 0;
        for (double difference : differences) {
            size += Math.abs(difference);
            observed += difference;
        }
        double from = Math.abs(observed) - ROUNDING * size;
        return differences.length <= MOST_EXACT
                ? exact(differences, from)
                : sampled(differences, from, bootstrap.random(), bootstrap.resamples());
    }

    private static double exact(double[] differences, double from) {
        int assignments = 1 << differences.length;
        int far = 0;
        for (int signs = 0; signs < assignments; signs++) {
            far += Math.abs(sum(differences, signs)) >= from ? 1 : 0;
        }
        return far / (double) assignments;
    }

    /** With the observed assignment counted among those drawn, so never 0 (Phipson and Smyth 2010). */
    private static double sampled(double[] differences, double from, UniformRandomProvider random, int draws) {
        int far = 0;
        for (int draw = 0; draw < draws; draw++) {
            double sum = 0;
            for (double difference : differences) {
                sum += random.nextBoolean() ? difference : -difference;
            }
            far += Math.abs(sum) >= from ? 1 : 0;
        }
        return (far + 1.0) / (draws + 1.0);
    }

    private static double sum(double[] differences, int signs) {
        double sum = 0;
        for (int pair = 0; pair < differences.length; pair++) {
            sum += (signs >>> pair & 1) == 0 ? differences[pair] : -differences[pair];
        }
        return sum;
    }
}
