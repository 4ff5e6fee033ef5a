package org.interregnum.orchestrator.adapter.export.sweep;

import java.util.Arrays;

/**
 * Where the values of an axis lie, from 0 to 1. Numbers lie on a linear or a logarithmic scale, whichever makes their
 * distances more alike; where neither does, and for texts, each has the same room, and the figure says so.
 */
final class AxisScale {
    /** Ratio of the largest to the smallest distance up to which a scale is taken. */
    private static final double EVEN = 1.5;

    private static final double BEARABLE = 5;

    private enum Kind {
        LINEAR,
        LOGARITHMIC,
        EQUAL_ROOM
    }

    private final Kind kind;
    private final double[] edges;
    private final double[] places;

    AxisScale(Axis axis) {
        double[] numbers = axis.numeric() ? axis.numbers() : new double[0];
        kind = kind(numbers);
        places = new double[axis.values().size()];
        Arrays.setAll(places, i -> switch (kind) {
            case LINEAR -> numbers[i];
            case LOGARITHMIC -> Math.log(numbers[i]);
            case EQUAL_ROOM -> i;
        });
        edges = edges(places);
    }

    private static Kind kind(double[] numbers) {
        if (numbers.length < 2) {
            return Kind.EQUAL_ROOM;
        }
        double linear = unevenness(numbers);
        double logarithmic = numbers[0] > 0
                ? unevenness(Arrays.stream(numbers).map(Math::log).toArray())
                : Double.POSITIVE_INFINITY;
        if (linear <= EVEN || (linear <= logarithmic && linear <= BEARABLE)) {
            return Kind.LINEAR;
        }
        return logarithmic <= BEARABLE ? Kind.LOGARITHMIC : Kind.EQUAL_ROOM;
    }

    private static double unevenness(double[] places) {
        double least = Double.POSITIVE_INFINITY;
        double most = 0;
        for (int i = 1; i < places.length; i++) {
            least = Math.min(least, places[i] - places[i - 1]);
            most = Math.max(most, places[i] - places[i - 1]);
        }
        return most / least;
    }

    /** Half-way between neighbours; the first and the last value have as much room outwards as inwards. */
    private static double[] edges(double[] places) {
        int count = places.length;
        double[] edges = new double[count + 1];
        for (int i = 1; i < count; i++) {
            edges[i] = (places[i - 1] + places[i]) / 2;
        }
        edges[0] = count == 1 ? places[0] - 0.5 : places[0] - (edges[1] - places[0]);
        edges[count] = count == 1 ? places[0] + 0.5 : places[count - 1] + (places[count - 1] - edges[count - 1]);
        return edges;
    }

    boolean isLogarithmic() {
        return kind == Kind.LOGARITHMIC;
    }

    /** What the figure says about the scale, after the label; empty for a linear one. */
    String remark(Axis axis) {
        return switch (kind) {
            case LINEAR -> "";
            case LOGARITHMIC -> ", logarithmic";
            case EQUAL_ROOM -> axis.numeric() && axis.values().size() > 2 ? ", not to scale" : "";
        };
    }

    /** Where the room of a value begins; for their number, where the last one ends. */
    double edge(int value) {
        return relative(edges[value]);
    }

    /** Where a value lies. */
    double place(int value) {
        return relative(places[value]);
    }

    /** Where a number lies that need not be one of the values; NaN where that cannot be said. */
    double placeOf(double number) {
        return switch (kind) {
            case LINEAR -> relative(number);
            case LOGARITHMIC -> relative(Math.log(number));
            case EQUAL_ROOM -> Double.NaN;
        };
    }

    private double relative(double place) {
        return (place - edges[0]) / (edges[edges.length - 1] - edges[0]);
    }
}
