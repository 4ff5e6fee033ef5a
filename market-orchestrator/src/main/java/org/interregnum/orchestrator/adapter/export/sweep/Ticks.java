package org.interregnum.orchestrator.adapter.export.sweep;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;

/** Round numbers beside a scale. */
final class Ticks {
    private static final double ROUNDING = 1e-9;

    /**
     * A round number.
     *
     * @param value the number
     * @param text how it is written
     */
    record Tick(double value, String text) {}

    private Ticks() {}

    /**
     * Round numbers in a range.
     *
     * @param count about how many
     */
    static List<Tick> between(double low, double high, int count) {
        double step = roundStep((high - low) / count);
        int digits = Math.max(0, (int) -Math.floor(Math.log10(step) + ROUNDING));
        List<Tick> ticks = new ArrayList<>();
        double first = Math.ceil(low / step - ROUNDING) * step;
        for (int i = 0; first + i * step <= high + ROUNDING * (high - low); i++) {
            BigDecimal value = BigDecimal.valueOf(first + i * step).setScale(digits, RoundingMode.HALF_EVEN);
            ticks.add(new Tick(first + i * step, SettingValue.rounded(value.doubleValue())));
        }
        return ticks;
    }

    private static double roundStep(double step) {
        double power = Math.pow(10, Math.floor(Math.log10(step)));
        for (double round : new double[] {1, 2, 5}) {
            if (round * power >= step * (1 - ROUNDING)) {
                return round * power;
            }
        }
        return 10 * power;
    }
}
