package org.interregnum.orchestrator.statistics;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A quantity in runs that differ in their seed alone. Seeds are the units: where one seed was run several times, as with
 * models, whose answers vary, its runs count together as their mean.
 */
public final class Replicates {
    private final SortedMap<Long, List<Double>> values = new TreeMap<>();

    /**
     * Adds a run.
     *
     * @param seed its seed
     * @param value the quantity in it; a run in which it is NaN is left out
     */
    public void add(long seed, double value) {
        if (!Double.isNaN(value)) {
            values.computeIfAbsent(seed, unknown -> new ArrayList<>()).add(value);
        }
    }

    /** The mean of each seed's runs, by seed, ascending. */
    public SortedMap<Long, Double> meansBySeed() {
        SortedMap<Long, Double> means = new TreeMap<>();
        values.forEach((seed, runs) -> means.put(
                seed, runs.stream().mapToDouble(Double::doubleValue).average().orElseThrow()));
        return means;
    }

    /** The mean over seeds, with its interval. */
    public Estimate estimate(Bootstrap bootstrap) {
        double[] means =
                meansBySeed().values().stream().mapToDouble(Double::doubleValue).toArray();
        double sum = 0;
        for (double mean : means) {
            sum += mean;
        }
        return new Estimate(means.length, sum / means.length, bootstrap.ofMean(means));
    }

    /** How the variance divides into that between seeds and that between runs of one seed, if any seed ran twice. */
    public Optional<VarianceComponents> variance(double confidence) {
        List<double[]> groups = new ArrayList<>();
        values.values()
                .forEach(runs -> groups.add(
                        runs.stream().mapToDouble(Double::doubleValue).toArray()));
        return VarianceComponents.of(groups, confidence);
    }
}
