package org.interregnum.orchestrator.adapter.export;

/** A time series turned into a line of limited length that looks the same. */
record SeriesLine(double[] times, double[] values) {
    /**
     * The line through a series. When there are more points than can be told apart, each column of the picture keeps its
     * lowest and highest value, first the one that is nearer to the column before: the shortest way, and quickest to draw.
     *
     * @param points number of values that are set
     * @param columns number of columns
     * @param steps whether a value lasts until the next
     */
    static SeriesLine of(double[] series, int points, int columns, boolean steps) {
        if (points > 2L * columns) {
            return thinned(series, points, columns);
        }
        int perPoint = steps ? 2 : 1;
        double[] times = new double[perPoint * (points - 1) + 1];
        double[] values = new double[times.length];
        for (int point = 1; point < points; point++) {
            int at = perPoint * point;
            times[at] = point;
            values[at] = series[point];
            if (steps) {
                times[at - 1] = point;
                values[at - 1] = series[point - 1];
            }
        }
        values[0] = series[0];
        return new SeriesLine(times, values);
    }

    private static SeriesLine thinned(double[] series, int points, int columns) {
        double[] times = new double[2 * columns + 1];
        double[] values = new double[2 * columns + 1];
        double before = series[0];
        for (int column = 0; column < columns; column++) {
            int from = (int) ((long) points * column / columns);
            int to = (int) ((long) points * (column + 1) / columns);
            double lowest = series[from];
            double highest = series[from];
            for (int point = from + 1; point < to; point++) {
                lowest = Math.min(lowest, series[point]);
                highest = Math.max(highest, series[point]);
            }
            boolean rising = before - lowest <= highest - before;
            before = rising ? highest : lowest;
            times[2 * column] = from;
            values[2 * column] = rising ? lowest : highest;
            times[2 * column + 1] = from;
            values[2 * column + 1] = before;
        }
        times[2 * columns] = points - 1;
        values[2 * columns] = series[points - 1];
        return new SeriesLine(times, values);
    }
}
