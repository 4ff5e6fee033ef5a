package org.interregnum.orchestrator.adapter.export.sweep;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeSet;
import org.interregnum.orchestrator.statistics.Bootstrap;
import org.interregnum.orchestrator.statistics.Transition;

/** The transition of the leader order parameter with the network effect, for every combination of the other settings. */
final class Transitions {
    /** Values of the network effect that it takes to speak of two plateaus. */
    static final int FEWEST_VALUES = 4;

    /**
     * A transition.
     *
     * @param settings the settings at which it was looked for, but the network effect
     * @param transition what was found
     * @param line the order parameter against the network effect
     */
    record Entry(Map<String, String> settings, Transition transition, Line line) {}

    private Transitions() {}

    /** Looks for them; empty where the network effect was not swept, or had too few values. */
    static List<Entry> of(Sweep sweep) {
        Optional<Axis> effect = sweep.axis(Axis.NETWORK_EFFECT)
                .filter(axis -> axis.numeric() && axis.values().size() >= FEWEST_VALUES);
        if (effect.isEmpty()) {
            return List.of();
        }
        // Every interval draws from a generator of its own, so all cores may compute them.
        return sweep.dividedBut(List.of(effect.get())).parallelStream()
                .map(part -> entry(part, effect.get()))
                .toList();
    }

    private static Entry entry(PartOfSweep part, Axis effect) {
        List<GridPoint> points = part.sweep().points();
        Map<String, String> settings = new LinkedHashMap<>(points.get(0).settings());
        settings.remove(Axis.NETWORK_EFFECT);
        Line line = Line.of(part.name(), effect, points, Measure.LEADER_ORDER_PARAMETER);
        return new Entry(settings, transition(points), line);
    }

    private static Transition transition(List<GridPoint> points) {
        double[] control = points.stream()
                .mapToDouble(point -> Double.parseDouble(point.setting(Axis.NETWORK_EFFECT)))
                .toArray();
        List<SortedMap<Long, Double>> values = points.stream()
                .map(point -> point.replicates(Measure.LEADER_ORDER_PARAMETER).meansBySeed())
                .toList();
        TreeSet<Long> seeds = new TreeSet<>();
        values.forEach(bySeed -> seeds.addAll(bySeed.keySet()));
        double[][] order = seeds.stream()
                .map(seed -> values.stream()
                        .mapToDouble(bySeed -> bySeed.getOrDefault(seed, Double.NaN))
                        .toArray())
                .toArray(double[][]::new);
        return order.length == 0 || Arrays.stream(control).distinct().count() < FEWEST_VALUES
                ? Transition.NONE
                : Transition.of(control, order, Bootstrap.DEFAULT);
    }
}
