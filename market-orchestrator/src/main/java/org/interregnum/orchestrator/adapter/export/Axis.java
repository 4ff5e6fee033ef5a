package org.interregnum.orchestrator.adapter.export;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A linear axis: values from {@code least} to {@code most} lie from {@code start} to {@code end} on the canvas, and no
 * two ticks are closer than {@code leastStep}.
 */
record Axis(double least, double most, double start, double end, double leastStep) {
    private static final double PLAIN_BELOW = 1e7;
    private static final double PLAIN_FROM = 1e-4;

    /** An axis of whole numbers. */
    static Axis counting(double most, double start, double end) {
        return new Axis(0, most, start, end, 1);
    }

    /** An axis widened to whole ticks. */
    static Axis rounded(double least, double most, double start, double end, int ticks) {
        double top = most > least ? most : least + 1;
        double step = step(top - least, ticks);
        return new Axis(Math.floor(least / step) * step, Math.ceil(top / step - 1e-9) * step, start, end, 0);
    }

    /** Where a value lies. */
    double at(double value) {
        return start + (value - least) / (most - least) * (end - start);
    }

    /** About so many round values. */
    List<Double> ticks(int about) {
        double step = step(about);
        List<Double> ticks = new ArrayList<>();
        long first = (long) Math.ceil(least / step - 1e-9);
        for (long index = first; index * step <= most + 1e-9 * step; index++) {
            ticks.add(index * step);
        }
        return ticks;
    }

    /** The text at a tick, with as many decimals as tell it from its neighbours. */
    String label(double tick, int about) {
        double step = step(about);
        double largest = Math.max(Math.abs(least), Math.abs(most));
        if (largest >= PLAIN_BELOW || largest < PLAIN_FROM) {
            return tick == 0 ? "0" : String.format(Locale.ROOT, "%.1e", tick).replace("e+0", "e");
        }
        int decimals = (int) Math.max(0, Math.ceil(-Math.log10(step) - 1e-9));
        String text = String.format(Locale.ROOT, "%." + decimals + "f", tick);
        return text.replaceFirst("^-(0(\\.0+)?)$", "$1").replace('-', '−');
    }

    private double step(int about) {
        return Math.max(leastStep, step(most - least, about));
    }

    private static double step(double range, int about) {
        double raw = range / about;
        double power = Math.pow(10, Math.floor(Math.log10(raw)));
        double digits = raw / power;
        double nice = digits < 1.5 ? 1 : digits < 3.5 ? 2 : digits < 7.5 ? 5 : 10;
        return nice * power;
    }
}
