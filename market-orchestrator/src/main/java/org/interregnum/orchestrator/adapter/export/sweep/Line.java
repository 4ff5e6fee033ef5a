package org.interregnum.orchestrator.adapter.export.sweep;

import java.util.ArrayList;
import java.util.List;
import org.interregnum.orchestrator.statistics.Estimate;
import org.interregnum.orchestrator.statistics.Interval;

/**
 * A line of a figure with its confidence band.
 *
 * @param name what it is of; empty for a line that needs no name
 * @param x where it is known, ascending
 * @param y its height there
 * @param intervals its intervals there; where one is not defined the band is interrupted
 */
record Line(String name, double[] x, double[] y, Interval[] intervals) {
    /** The line of a measure along an axis, where there are values; a sweep of one axis. */
    static Line of(String name, Axis axis, List<GridPoint> points, Measure measure) {
        List<Estimate> estimates = new ArrayList<>();
        List<Double> places = new ArrayList<>();
        for (GridPoint point : points) {
            Estimate estimate = point.estimate(measure);
            if (estimate.seeds() > 0) {
                estimates.add(estimate);
                places.add(Double.parseDouble(point.setting(axis.name())));
            }
        }
        return new Line(
                name,
                places.stream().mapToDouble(Double::doubleValue).toArray(),
                estimates.stream().mapToDouble(Estimate::mean).toArray(),
                estimates.stream().map(Estimate::interval).toArray(Interval[]::new));
    }

    boolean isEmpty() {
        return x.length == 0;
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
