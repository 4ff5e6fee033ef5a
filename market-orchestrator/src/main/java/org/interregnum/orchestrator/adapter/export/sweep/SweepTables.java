package org.interregnum.orchestrator.adapter.export.sweep;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.interregnum.orchestrator.statistics.Bootstrap;
import org.interregnum.orchestrator.statistics.Estimate;
import org.interregnum.orchestrator.statistics.VarianceComponents;

/** The tables that sum a sweep up. */
final class SweepTables {
    private SweepTables() {}

    /** A line a grid point: how many runs, each order parameter's mean over the seeds in which it is defined, and the regime. */
    static void addSummary(CsvFile csv, Sweep sweep) {
        settingNames(sweep).forEach(csv::add);
        csv.add("runs").add("unfinished").add("seeds");
        for (Measure measure : Measure.values()) {
            csv.add(measure.column()).add(measure.column() + "_low").add(measure.column() + "_high");
            csv.add(measure.column() + "_seeds");
        }
        csv.add("regime").add("regime_share").endLine();
        for (GridPoint point : sweep.points()) {
            settingNames(sweep).forEach(name -> csv.add(point.setting(name)));
            csv.add(point.finished() + (long) point.unfinished())
                    .add(point.unfinished())
                    .add(point.seeds());
            for (Measure measure : Measure.values()) {
                Estimate estimate = point.estimate(measure);
                csv.add(estimate.mean()).add(estimate.interval()).add(estimate.seeds());
            }
            Optional<GridPoint.Found> regime = point.regime();
            csv.add(regime.map(found -> RunsTable.word(found.regime())).orElse(""))
                    .add(regime.map(GridPoint.Found::share).orElse(Double.NaN))
                    .endLine();
        }
    }

    /** A line a combination of settings: the transition of the leader order parameter with the network effect. */
    static void addTransitions(CsvFile csv, Sweep sweep, List<Transitions.Entry> entries) {
        List<String> names = settingNames(sweep).stream()
                .filter(name -> !name.equals(Axis.NETWORK_EFFECT))
                .toList();
        names.forEach(csv::add);
        csv.add("transition").add("transition_low").add("transition_high");
        csv.add("lower_plateau").add("upper_plateau").endLine();
        for (Transitions.Entry entry : entries) {
            names.forEach(name -> csv.add(entry.settings().get(name)));
            csv.add(entry.transition().point())
                    .add(entry.transition().interval())
                    .add(entry.transition().low())
                    .add(entry.transition().high())
                    .endLine();
        }
    }

    /** Whether any seed was run several times, and so there is a table of variance. */
    static boolean hasVariance(Sweep sweep) {
        return sweep.points().stream()
                .anyMatch(point -> Arrays.stream(Measure.values())
                        .anyMatch(measure -> variance(point, measure).isPresent()));
    }

    /** A line a grid point and order parameter: how its variance divides. */
    static void addVariance(CsvFile csv, Sweep sweep) {
        settingNames(sweep).forEach(csv::add);
        csv.add("order_parameter").add("seeds").add("runs");
        csv.add("between_runs").add("between_runs_low").add("between_runs_high");
        csv.add("between_seeds").add("between_seeds_low").add("between_seeds_high");
        csv.add("share_of_seeds").endLine();
        for (GridPoint point : sweep.points()) {
            for (Measure measure : Measure.values()) {
                variance(point, measure).ifPresent(components -> add(csv, sweep, point, measure, components));
            }
        }
    }

    private static Optional<VarianceComponents> variance(GridPoint point, Measure measure) {
        return point.finished() == point.seeds()
                ? Optional.empty()
                : point.replicates(measure).variance(Bootstrap.DEFAULT.confidence());
    }

    private static void add(CsvFile csv, Sweep sweep, GridPoint point, Measure measure, VarianceComponents components) {
        settingNames(sweep).forEach(name -> csv.add(point.setting(name)));
        csv.add(measure.column())
                .add(components.seeds())
                .add(components.runs())
                .add(components.betweenRuns())
                .add(components.betweenRunsInterval())
                .add(components.betweenSeeds())
                .add(components.betweenSeedsInterval())
                .add(components.shareOfSeeds())
                .endLine();
    }

    private static List<String> settingNames(Sweep sweep) {
        return List.copyOf(sweep.points().get(0).settings().keySet());
    }
}
