package org.interregnum.orchestrator.adapter.export;

/** Turns a time series into a line of limited length that looks the same. */
final class SeriesLine {
    private SeriesLine() {}

    /**
     * The line through a series. When there are more points than can be told apart, each column of the picture keeps its
     * lowest and highest value, first the one that is nearer to the column before: the shortest way, and quickest to draw.
     *
     * @param points number of values that are set
     * @param columns number of columns
     */
    static Polyline of(double[] values, int points, Axis time, Axis axis, int columns) {
        Polyline line = new Polyline();
        if (points <= 2L * columns) {
            for (int point = 0; point < points; point++) {
                line.add(time.at(point), axis.at(values[point]));
            }
            return line;
        }
        double before = values[0];
        for (int column = 0; column < columns; column++) {
            int from = (int) ((long) points * column / columns);
            int to = (int) ((long) points * (column + 1) / columns);
            double lowest = values[from];
            double highest = values[from];
            for (int point = from + 1; point < to; point++) {
                lowest = Math.min(lowest, values[point]);
                highest = Math.max(highest, values[point]);
            }
            boolean rising = before - lowest <= highest - before;
            before = rising ? highest : lowest;
            double x = time.at(from);
            line.add(x, axis.at(rising ? lowest : highest));
            line.add(x, axis.at(before));
        }
        line.add(time.at(points - 1), axis.at(values[points - 1]));
        return line;
    }
}
