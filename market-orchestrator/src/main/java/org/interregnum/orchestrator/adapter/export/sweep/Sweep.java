package org.interregnum.orchestrator.adapter.export.sweep;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IntSummaryStatistics;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The runs of a sweep, by grid point, and what varies between these. */
final class Sweep {
    private final List<GridPoint> points;
    private final List<Axis> axes;

    private Sweep(List<GridPoint> points, List<Axis> axes) {
        this.points = points;
        this.axes = axes;
    }

    /**
     * Reads a sweep's directory, and computes the intervals of its grid points on all cores.
     *
     * @param progress hears of every grid point whose intervals are known, from many threads
     * @throws SweepUnreadableException when its table cannot be read or has no run
     */
    static Sweep read(Path directory, SweepFigures.Progress progress) {
        Path table = directory.resolve(RunsTable.NAME);
        Map<Map<String, String>, GridPoint> points = new LinkedHashMap<>();
        RunsTable.read(
                table,
                run -> points.computeIfAbsent(run.settings(), GridPoint::new).add(run));
        if (points.isEmpty()) {
            throw new SweepUnreadableException(table + " has no run yet");
        }
        List<GridPoint> all = List.copyOf(points.values());
        progress.begins(all.size());
        // Every interval draws from a generator of its own, so it does not matter who computes it when.
        all.parallelStream().forEach(point -> {
            point.trim();
            point.computeEstimates();
            progress.ended();
        });
        return of(all);
    }

    private static Sweep of(Collection<GridPoint> unordered) {
        List<GridPoint> points = new ArrayList<>(unordered);
        List<Axis> axes = new ArrayList<>();
        for (String name : points.get(0).settings().keySet()) {
            Axis axis = Axis.of(
                    name, points.stream().map(point -> point.setting(name)).toList());
            if (axis.values().size() > 1) {
                axes.add(axis);
            }
        }
        joinAgents(axes, points);
        return new Sweep(sorted(points, axes), axes);
    }

    /** Settings of agents vary together, such as a model with who asks one; so they are one axis, not several. */
    private static void joinAgents(List<Axis> axes, List<GridPoint> points) {
        List<Axis> agents = axes.stream()
                .filter(axis -> !axis.numeric() && !MarketKey.isOfMarket(axis.name()))
                .toList();
        if (agents.size() > 1) {
            AgentNames names = new AgentNames(
                    points.stream().map(GridPoint::settings).toList(),
                    agents.stream().map(Axis::name).toList());
            points.forEach(point -> point.nameAgents(names.of(point.settings())));
            axes.removeAll(agents);
            axes.add(Axis.of(
                    Axis.AGENTS,
                    points.stream().map(point -> point.setting(Axis.AGENTS)).toList()));
        }
    }

    /** Points in the order of some axes; those that have the same values there stay in the order that they had. */
    private static List<GridPoint> sorted(List<GridPoint> points, List<Axis> axes) {
        Comparator<GridPoint> order = Comparator.comparing(point -> 0);
        for (Axis axis : axes) {
            Map<String, Integer> places = new HashMap<>();
            axis.values().forEach(value -> places.put(value, places.size()));
            order = order.thenComparing(point -> places.get(point.setting(axis.name())));
        }
        return points.stream().sorted(order).toList();
    }

    /** All grid points that have a run, in the order of the axes. */
    List<GridPoint> points() {
        return points;
    }

    /** What varies besides the seed. */
    List<Axis> axes() {
        return axes;
    }

    Optional<Axis> axis(String name) {
        return axes.stream().filter(axis -> axis.name().equals(name)).findFirst();
    }

    /** The sweep divided by all of its axes but some; a part each for the values of the others, one if there is none. */
    List<PartOfSweep> dividedBut(Collection<Axis> together) {
        List<Axis> apart =
                axes.stream().filter(axis -> !together.contains(axis)).toList();
        Map<List<String>, List<GridPoint>> parts = new LinkedHashMap<>();
        for (GridPoint point : sorted(points, apart)) {
            List<String> values =
                    apart.stream().map(axis -> point.setting(axis.name())).toList();
            parts.computeIfAbsent(values, unknown -> new ArrayList<>()).add(point);
        }
        // A part keeps the axes of the whole: what one part lacks is missing there, and their figures can be compared.
        List<Axis> kept = axes.stream().filter(together::contains).toList();
        Map<List<String>, Integer> names = new HashMap<>();
        parts.keySet().forEach(values -> names.merge(rounded(apart, values), 1, Integer::sum));
        List<PartOfSweep> divided = new ArrayList<>();
        parts.forEach((values, part) -> divided.add(
                new PartOfSweep(apart, values, names.get(rounded(apart, values)) > 1, new Sweep(part, kept))));
        return divided;
    }

    private static List<String> rounded(List<Axis> axes, List<String> values) {
        List<String> rounded = new ArrayList<>();
        for (int place = 0; place < values.size(); place++) {
            rounded.add(axes.get(place).shown(values.get(place)));
        }
        return rounded;
    }

    /**
     * What all runs have in common, as a figure says it: the size of the market, the length and number of runs.
     *
     * @param part what this part of a sweep is called, which comes first
     * @param measures order parameters of the figure; seeds in which one is not defined do not count
     */
    String inCommon(List<String> part, List<Measure> measures) {
        Set<String> parts = new LinkedHashSet<>(part);
        for (String name : List.of(Axis.NETWORK_EFFECT, Axis.UPDATE_RATE, Axis.BUYERS, Axis.SELLERS)) {
            common(name)
                    .ifPresent(value -> parts.add(Axis.of(name, List.of(value)).say(value)));
        }
        common("Nt").ifPresent(points -> parts.add(points + " points"));
        parts.add(seeds(measures));
        return String.join(", ", parts);
    }

    /** How many seeds grid points have, those without any, which the figure marks, aside. */
    private String seeds(List<Measure> measures) {
        IntSummaryStatistics counts = points.stream()
                .flatMapToInt(point -> measures.stream()
                        .mapToInt(measure -> point.estimate(measure).seeds()))
                .filter(seeds -> seeds > 0)
                .summaryStatistics();
        if (counts.getCount() == 0) {
            return "no seed";
        }
        return (counts.getMin() < counts.getMax() ? counts.getMin() + " to " : "")
                + counts.getMax()
                + (counts.getMax() == 1 ? " seed" : " seeds");
    }

    /** Whether any run has finished. */
    boolean hasFinished() {
        return points.stream().anyMatch(point -> point.finished() > 0);
    }

    private Optional<String> common(String name) {
        Set<String> values = new HashSet<>();
        points.forEach(point -> values.add(point.setting(name)));
        return values.size() == 1 && !values.contains(null)
                ? Optional.of(values.iterator().next())
                : Optional.empty();
    }
}
