package org.interregnum.orchestrator.adapter.export.sweep;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.interregnum.orchestrator.analysis.Regime;
import org.interregnum.orchestrator.statistics.Bootstrap;
import org.interregnum.orchestrator.statistics.Estimate;
import org.interregnum.orchestrator.statistics.Replicates;

/** The runs of a sweep that have all settings in common but the seed. There may be millions of runs, so each takes little room. */
final class GridPoint {
    private static final Measure[] MEASURES = Measure.values();
    private static final int FEW = 2;

    private final Map<String, String> settings;
    private final Estimate[] estimates = new Estimate[MEASURES.length];
    /** Of each finished run its seed, its regime, and its order parameters one after the other. */
    private long[] seeds = new long[FEW];

    private Regime[] regimes = new Regime[FEW];
    private double[] values = new double[FEW * MEASURES.length];
    private String agents = "";
    private int finished;
    private int unfinished;

    GridPoint(Map<String, String> settings) {
        this.settings = settings;
    }

    void add(SweptRun run) {
        if (!run.finished()) {
            unfinished++;
            return;
        }
        if (finished == seeds.length) {
            resize(finished + Math.max(FEW, finished / 2));
        }
        seeds[finished] = run.seed();
        regimes[finished] = run.regime();
        for (Measure measure : MEASURES) {
            values[finished * MEASURES.length + measure.place()] = run.value(measure);
        }
        finished++;
    }

    private void resize(int runs) {
        seeds = Arrays.copyOf(seeds, runs);
        regimes = Arrays.copyOf(regimes, runs);
        values = Arrays.copyOf(values, runs * MEASURES.length);
    }

    /** Gives back the room that is not needed, when no run comes any more. */
    void trim() {
        resize(finished);
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

    /** Number of seeds that have a finished run. */
    int seeds() {
        return (int) Arrays.stream(seeds, 0, finished).distinct().count();
    }

    Replicates replicates(Measure measure) {
        Replicates replicates = new Replicates();
        for (int run = 0; run < finished; run++) {
            replicates.add(seeds[run], values[run * MEASURES.length + measure.place()]);
        }
        return replicates;
    }

    /** Computes what {@link #estimate} hands out. */
    void computeEstimates() {
        for (Measure measure : MEASURES) {
            estimates[measure.place()] = replicates(measure).estimate(Bootstrap.DEFAULT);
        }
    }

    /** The mean over seeds with its interval. */
    Estimate estimate(Measure measure) {
        return estimates[measure.place()];
    }

    /** The regime that most seeds are in, the first of them on a tie, and their share; empty without a finished run. */
    Optional<Found> regime() {
        Map<Long, Map<Regime, Integer>> bySeed = new HashMap<>();
        for (int run = 0; run < finished; run++) {
            bySeed.computeIfAbsent(seeds[run], unknown -> new EnumMap<>(Regime.class))
                    .merge(regimes[run], 1, Integer::sum);
        }
        Map<Regime, Double> shares = new EnumMap<>(Regime.class);
        bySeed.values().forEach(counts -> {
            double runs = counts.values().stream().mapToInt(Integer::intValue).sum();
            counts.forEach((regime, count) -> shares.merge(regime, count / runs / bySeed.size(), Double::sum));
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
