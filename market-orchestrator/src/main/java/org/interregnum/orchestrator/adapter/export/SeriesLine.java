package org.interregnum.orchestrator.adapter.export;

/** Turns a time series into a line of limited length that looks the same. */
final class SeriesLine {
    private SeriesLine() {}

    /**
     * The line through a series. When there are more points than can be told apart, each column of the picture keeps its
     * lowest and highest value, in the order in which they came.
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
        for (int column = 0; column < columns; column++) {
            int from = (int) ((long) points * column / columns);
            int to = (int) ((long) points * (column + 1) / columns);
            int lowest = from;
            int highest = from;
            for (int point = from + 1; point < to; point++) {
                lowest = values[point] < values[lowest] ? point : lowest;
                highest = values[point] > values[highest] ? point : highest;
            }
            double x = time.at(from);
            line.add(x, axis.at(values[Math.min(lowest, highest)]));
            line.add(x, axis.at(values[Math.max(lowest, highest)]));
        }
        line.add(time.at(points - 1), axis.at(values[points - 1]));
        return line;
    }
}
