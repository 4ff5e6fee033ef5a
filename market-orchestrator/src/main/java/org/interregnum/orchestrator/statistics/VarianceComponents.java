package org.interregnum.orchestrator.statistics;

import java.util.List;
import java.util.Optional;
import org.apache.commons.statistics.distribution.ChiSquaredDistribution;
import org.apache.commons.statistics.distribution.FDistribution;
import org.apache.commons.statistics.inference.OneWayAnova;

/**
 * The variance of a quantity, divided by a one-way analysis of variance with random effects (Searle, Casella, McCulloch
 * 1992): value = mean + effect of the seed + rest of the run. The intervals suppose that both are normal.
 *
 * @param seeds number of seeds
 * @param runs number of runs, more than seeds
 * @param betweenRuns variance between runs of one seed: the mean square within seeds
 * @param betweenRunsInterval its interval, by the χ² distribution
 * @param betweenSeeds variance of the seeds' effects by the method of moments; 0 where that is below 0
 * @param betweenSeedsInterval its interval, by Williams (1962), of at least the confidence
 */
public record VarianceComponents(
        int seeds,
        int runs,
        double betweenRuns,
        Interval betweenRunsInterval,
        double betweenSeeds,
        Interval betweenSeedsInterval) {

    /** Share of the seeds in the variance of a run, the intraclass correlation; NaN where nothing varies. */
    public double shareOfSeeds() {
        return betweenSeeds / (betweenSeeds + betweenRuns);
    }

    /**
     * Divides the variance.
     *
     * @param groups the runs of each seed
     * @param confidence probability with which an interval is to contain the true variance
     * @return empty with fewer than two seeds, or when no seed was run twice
     */
    static Optional<VarianceComponents> of(List<double[]> groups, double confidence) {
        int runs = groups.stream().mapToInt(group -> group.length).sum();
        int seeds = groups.size();
        if (seeds < 2 || runs == seeds) {
            return Optional.empty();
        }
        OneWayAnova.Result anova = OneWayAnova.withDefaults().test(groups);
        double within = anova.getMSWG();
        double between = anova.getMSBG();
        double squares = groups.stream()
                .mapToDouble(group -> (double) group.length * group.length)
                .sum();
        // Runs of a seed, on an average that is exact where each has as many.
        double runsOfASeed = (runs - squares / runs) / (seeds - 1);
        return Optional.of(new VarianceComponents(
                seeds,
                runs,
                within,
                betweenRuns(within, runs - seeds, confidence),
                Math.max(0, (between - within) / runsOfASeed),
                betweenSeeds(between, within, seeds, runs, runsOfASeed, confidence)));
    }

    private static Interval betweenRuns(double within, int degrees, double confidence) {
        ChiSquaredDistribution distribution = ChiSquaredDistribution.of(degrees);
        double tail = (1 - confidence) / 2;
        return new Interval(
                degrees * within / distribution.inverseSurvivalProbability(tail),
                degrees * within / distribution.inverseCumulativeProbability(tail));
    }

    private static Interval betweenSeeds(
            double between, double within, int seeds, int runs, double runsOfASeed, double confidence) {
        // Two statements, one about a ratio and one about a mean square, that are both right with the confidence.
        double tail = (1 - confidence) / 4;
        FDistribution ratio = FDistribution.of(seeds - 1, runs - seeds);
        ChiSquaredDistribution square = ChiSquaredDistribution.of(seeds - 1);
        double low = (seeds - 1)
                * (between - within * ratio.inverseSurvivalProbability(tail))
                / (runsOfASeed * square.inverseSurvivalProbability(tail));
        double high = (seeds - 1)
                * (between - within * ratio.inverseCumulativeProbability(tail))
                / (runsOfASeed * square.inverseCumulativeProbability(tail));
        return new Interval(Math.max(0, low), Math.max(0, high));
    }
}
