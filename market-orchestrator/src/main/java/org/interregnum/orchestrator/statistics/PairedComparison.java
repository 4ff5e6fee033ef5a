package org.interregnum.orchestrator.statistics;

import java.util.Arrays;
import org.apache.commons.statistics.descriptive.Mean;
import org.apache.commons.statistics.descriptive.StandardDeviation;
import org.apache.commons.statistics.ranking.NaturalRanking;
import org.apache.commons.statistics.ranking.TiesStrategy;

/**
 * Two kinds of agents compared on the same seeds.
 *
 * @param pairs number of seeds that both have
 * @param difference mean over them of the second's value less the first's; NaN without pairs
 * @param interval bootstrap interval of that mean; not defined with fewer than two pairs
 * @param p two-sided p-value of the permutation test that flips signs; NaN without pairs. It cannot be below 2^(1 − pairs)
 * @param exact whether all assignments of signs were looked at, instead of some drawn
 * @param standardisedDifference Cohen's d_z: mean of the differences by their standard deviation; NaN with fewer than two
 *     pairs or where they do not vary
 * @param rankBiserial matched-pairs rank-biserial correlation (Kerby 2014), from −1 to 1: of the ranks of the differences
 *     by size, the share of those above 0 less that of those below; NaN where all are 0
 */
public record PairedComparison(
        int pairs,
        double difference,
        Interval interval,
        double p,
        boolean exact,
        double standardisedDifference,
        double rankBiserial) {

    /**
     * Compares.
     *
     * @param differences the second's value less the first's, a seed each
     */
    public static PairedComparison of(double[] differences, Bootstrap bootstrap) {
        int pairs = differences.length;
        if (pairs == 0) {
            return new PairedComparison(0, Double.NaN, Interval.UNDEFINED, Double.NaN, true, Double.NaN, Double.NaN);
        }
        double mean = Mean.of(differences).getAsDouble();
        return new PairedComparison(
                pairs,
                mean,
                bootstrap.ofMean(differences),
                SignFlipTest.p(differences, bootstrap),
                pairs <= SignFlipTest.MOST_EXACT,
                standardised(mean, differences),
                rankBiserial(differences));
    }

    private static double standardised(double mean, double[] differences) {
        boolean varies = Arrays.stream(differences).anyMatch(difference -> difference != differences[0]);
        return varies ? mean / StandardDeviation.of(differences).getAsDouble() : Double.NaN;
    }

    private static double rankBiserial(double[] differences) {
        double[] some =
                Arrays.stream(differences).filter(difference -> difference != 0).toArray();
        double[] ranks = new NaturalRanking(TiesStrategy.AVERAGE)
                .apply(Arrays.stream(some).map(Math::abs).toArray());
        double signed = 0;
        for (int pair = 0; pair < some.length; pair++) {
            signed += Math.signum(some[pair]) * ranks[pair];
        }
        return signed / (some.length * (some.length + 1) / 2.0);
    }
}
