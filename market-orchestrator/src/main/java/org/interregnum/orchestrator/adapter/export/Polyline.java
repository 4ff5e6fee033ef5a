package org.interregnum.orchestrator.adapter.export;

import java.util.Arrays;

/** A growing list of points. */
final class Polyline {
    private double[] xs = new double[64];
    private double[] ys = new double[64];
    private int size;

    static Polyline of(double... coordinates) {
        Polyline line = new Polyline();
        for (int index = 0; index < coordinates.length; index += 2) {
            line.add(coordinates[index], coordinates[index + 1]);
        }
        return line;
    }

    void add(double x, double y) {
        if (size == xs.length) {
            xs = Arrays.copyOf(xs, 2 * size);
            ys = Arrays.copyOf(ys, 2 * size);
        }
        xs[size] = x;
        ys[size] = y;
        size++;
    }

    int size() {
        return size;
    }

    double x(int index) {
        return xs[index];
    }

    double y(int index) {
        return ys[index];
    }
}
