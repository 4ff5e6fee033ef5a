package org.interregnum.orchestrator.adapter.export.sweep;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.interregnum.orchestrator.statistics.Estimate;
import org.interregnum.orchestrator.statistics.Interval;

/**
 * A line of a figure with its confidence band.
 *
 * @param name what it is of; empty for a line that needs no name
 * @param x where it is known, ascending
 * @param y its height there; NaN where there is none, and the line is interrupted
 * @param intervals its intervals there; where one is not defined the band is interrupted
 */
record Line(String name, double[] x, double[] y, Interval[] intervals) {
    private static final Estimate NONE = new Estimate(0, Double.NaN, Interval.UNDEFINED);

    /** The line of a measure along an axis, of grid points that differ in that alone. */
    static Line of(String name, Axis axis, List<GridPoint> points, Measure measure) {
        Map<String, Estimate> known = new HashMap<>();
        points.forEach(point -> known.put(point.setting(axis.name()), point.estimate(measure)));
        List<Estimate> estimates = axis.values().stream()
                .map(value -> known.getOrDefault(value, NONE))
                .toList();
        return new Line(
                name,
                axis.numbers(),
                estimates.stream().mapToDouble(Estimate::mean).toArray(),
                estimates.stream().map(Estimate::interval).toArray(Interval[]::new));
    }

    boolean isEmpty() {
        return Arrays.stream(y).allMatch(Double::isNaN);
    }

    /** The band's parts: each the indices of its first and of its last point. */
    List<int[]> bands() {
        List<int[]> bands = new ArrayList<>();
        int first = -1;
        for (int i = 0; i <= x.length; i++) {
            boolean inside = i < x.length && intervals[i].isDefined();
            if (inside && first < 0) {
                first = i;
            } else if (!inside && first >= 0) {
                bands.add(new int[] {first, i - 1});
                first = -1;
            }
        }
        return bands;
    }
}
