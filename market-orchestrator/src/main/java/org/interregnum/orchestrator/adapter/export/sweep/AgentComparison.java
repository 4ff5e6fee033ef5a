package org.interregnum.orchestrator.adapter.export.sweep;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.interregnum.orchestrator.statistics.Bootstrap;
import org.interregnum.orchestrator.statistics.Estimate;
import org.interregnum.orchestrator.statistics.PairedComparison;
import org.interregnum.orchestrator.statistics.Replicates;
import org.interregnum.orchestrator.statistics.VarianceComponents;

/**
 * Several kinds of agents compared in the same markets: with the same settings of the market and the same seed, so the same
 * preferences and draws. What counts are the markets that all of them have finished; seeds are the units, each with the mean
 * over its markets.
 */
public final class AgentComparison {
    private final List<ComparedSource> sources = new ArrayList<>();
    private final Set<MarketKey> common = new LinkedHashSet<>();
    private final Bootstrap bootstrap;

    private AgentComparison(List<Path> directories, Bootstrap bootstrap) {
        this.bootstrap = bootstrap;
        List<String> names = DirectoryNames.of(directories);
        for (int number = 0; number < directories.size(); number++) {
            sources.addAll(ComparedSource.read(directories.get(number), names.get(number)));
        }
        if (sources.size() < 2) {
            throw new SweepUnreadableException(
                    "there is only one kind of agents, " + sources.get(0).name() + "; a comparison takes two");
        }
        for (MarketKey key : sources.get(0).runs().keySet()) {
            if (sources.stream().allMatch(source -> source.has(key))) {
                common.add(key);
            }
        }
        if (common.isEmpty()) {
            throw new SweepUnreadableException(
                    "no market has finished runs of all: they must have the same settings of the market and the same"
                            + " seed");
        }
    }

    /**
     * Reads what is to be compared.
     *
     * @param directories directories of sweeps, of runs, or with directories of runs in them; the first is what the others
     *     are compared with
     * @throws SweepUnreadableException when one of them is none of these or damaged, or when there is nothing in common
     */
    public static AgentComparison read(List<Path> directories, Bootstrap bootstrap) {
        return new AgentComparison(directories, bootstrap);
    }

    /** Names of what is compared; the first is what the others are compared with. */
    public List<String> names() {
        return sources.stream().map(ComparedSource::name).toList();
    }

    /** Number of seeds that all have. */
    public int seeds() {
        return (int) common.stream().map(MarketKey::seed).distinct().count();
    }

    /** Number of markets, each with its settings and its seed, that all have. */
    public int markets() {
        return common.size();
    }

    /** What was left out and why, a line each. */
    public List<String> leftOut() {
        List<String> lines = new ArrayList<>();
        for (ComparedSource source : sources) {
            if (source.unfinished() > 0) {
                lines.add(source.name() + ": runs that did not finish, " + source.unfinished());
            }
            long alone = source.runs().keySet().stream()
                    .filter(key -> source.has(key) && !common.contains(key))
                    .count();
            if (alone > 0) {
                lines.add(source.name() + ": markets that not all have finished, " + alone);
            }
        }
        return lines;
    }

    /** Mean of a measure of a kind of agents over seeds, in what all have in common. */
    public Estimate estimate(int source, Measure measure) {
        Replicates replicates = new Replicates();
        bySeed(source, measure).forEach(replicates::add);
        return replicates.estimate(bootstrap);
    }

    /** A kind of agents against the first. */
    public PairedComparison againstFirst(int source, Measure measure) {
        SortedMap<Long, Double> first = bySeed(0, measure);
        SortedMap<Long, Double> other = bySeed(source, measure);
        double[] differences = first.keySet().stream()
                .mapToDouble(seed -> other.get(seed) - first.get(seed))
                .toArray();
        return PairedComparison.of(differences, bootstrap);
    }

    /**
     * How the variance of a kind of agents divides, where every market of some seed was run several times. A run of a seed
     * is the mean over one run of each of its markets, the first of each, the second and so on: as the units here are means
     * over markets, so are the runs of a unit. A seed has as many as its market with the fewest.
     */
    Optional<VarianceComponents> variance(int source, Measure measure) {
        Map<Long, List<List<SweptRun>>> markets = new TreeMap<>();
        common.stream()
                .filter(key -> isDefined(key, measure))
                .forEach(key -> markets.computeIfAbsent(key.seed(), unknown -> new ArrayList<>())
                        .add(finished(source, key).stream()
                                .filter(run -> !Double.isNaN(run.value(measure)))
                                .toList()));
        Replicates replicates = new Replicates();
        markets.forEach((seed, runs) -> {
            int fewest = runs.stream().mapToInt(List::size).min().orElse(0);
            for (int number = 0; number < fewest; number++) {
                int which = number;
                replicates.add(
                        seed,
                        runs.stream()
                                .mapToDouble(ofMarket -> ofMarket.get(which).value(measure))
                                .average()
                                .orElseThrow());
            }
        });
        return replicates.variance(bootstrap.confidence());
    }

    /** For each seed the mean over the markets for which the measure is defined with all kinds of agents. */
    SortedMap<Long, Double> bySeed(int source, Measure measure) {
        Map<Long, Double> means = common.stream()
                .filter(key -> isDefined(key, measure))
                .collect(Collectors.groupingBy(
                        MarketKey::seed, Collectors.averagingDouble(key -> mean(source, key, measure))));
        return new TreeMap<>(means);
    }

    private boolean isDefined(MarketKey key, Measure measure) {
        for (int source = 0; source < sources.size(); source++) {
            if (Double.isNaN(mean(source, key, measure))) {
                return false;
            }
        }
        return true;
    }

    private double mean(int source, MarketKey key, Measure measure) {
        return finished(source, key).stream()
                .mapToDouble(run -> run.value(measure))
                .filter(value -> !Double.isNaN(value))
                .average()
                .orElse(Double.NaN);
    }

    private List<SweptRun> finished(int source, MarketKey key) {
        return sources.get(source).runs().getOrDefault(key, List.of()).stream()
                .filter(SweptRun::finished)
                .toList();
    }
}
