package org.interregnum.orchestrator.adapter.export.sweep;

import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.interregnum.orchestrator.analysis.Regime;
import org.interregnum.orchestrator.statistics.Bootstrap;
import org.interregnum.orchestrator.statistics.Estimate;
import org.interregnum.orchestrator.statistics.Replicates;

/** The runs of a sweep that have all settings in common but the seed. */
final class GridPoint {
    private final Map<String, String> settings;
    private final Map<Measure, Replicates> replicates = new EnumMap<>(Measure.class);
    private final Map<Measure, Estimate> estimates = new EnumMap<>(Measure.class);
    private final Map<Long, Map<Regime, Integer>> regimes = new HashMap<>();
    private final Set<Long> seeds = new HashSet<>();
    private String agents = "";
    private int finished;
    private int unfinished;

    GridPoint(Map<String, String> settings) {
        this.settings = settings;
        for (Measure measure : Measure.values()) {
            replicates.put(measure, new Replicates());
        }
    }

    void add(SweptRun run) {
        seeds.add(run.seed());
        if (!run.finished()) {
            unfinished++;
            return;
        }
        finished++;
        for (Measure measure : Measure.values()) {
            replicates.get(measure).add(run.seed(), run.value(measure));
        }
        regimes.computeIfAbsent(run.seed(), unknown -> new EnumMap<>(Regime.class))
                .merge(run.regime(), 1, Integer::sum);
    }

    Map<String, String> settings() {
        return settings;
    }

    /** The value of a setting, or the name of its agents. */
    String setting(String name) {
        return name.equals(Axis.AGENTS) ? agents : settings.get(name);
    }

    void nameAgents(String name) {
        agents = name;
    }

    int finished() {
        return finished;
    }

    /** Runs that failed or spent their budget; nothing else of them counts. */
    int unfinished() {
        return unfinished;
    }

    Set<Long> seeds() {
        return seeds;
    }

    Replicates replicates(Measure measure) {
        return replicates.get(measure);
    }

    /** The mean over seeds with its interval, computed once. */
    Estimate estimate(Measure measure) {
        return estimates.computeIfAbsent(measure, what -> replicates.get(what).estimate(Bootstrap.DEFAULT));
    }

    /** The regime that most seeds are in, the first of them on a tie, and their share; empty without a finished run. */
    Optional<Found> regime() {
        Map<Regime, Double> shares = new EnumMap<>(Regime.class);
        regimes.values().forEach(counts -> {
            double runs = counts.values().stream().mapToInt(Integer::intValue).sum();
            counts.forEach((regime, count) -> shares.merge(regime, count / runs / regimes.size(), Double::sum));
        });
        Found most = null;
        for (Map.Entry<Regime, Double> share : shares.entrySet()) {
            if (most == null || share.getValue() > most.share() + 1e-9) {
                most = new Found(share.getKey(), Math.min(1, share.getValue()));
            }
        }
        return Optional.ofNullable(most);
    }

    /**
     * A regime.
     *
     * @param regime which
     * @param share share of the seeds that are in it; a seed that ran several times counts by its runs
     */
    record Found(Regime regime, double share) {}
}
