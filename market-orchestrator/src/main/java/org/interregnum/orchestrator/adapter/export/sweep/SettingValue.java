package org.interregnum.orchestrator.adapter.export.sweep;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.OptionalDouble;

/** Values of settings as tables have them: texts, of which some are numbers. */
final class SettingValue {
    private static final MathContext SHORT = new MathContext(6);
    private static final int LONGEST_PLAIN = 7;

    private SettingValue() {}

    /** The number that a text is, if it is a finite one. */
    static OptionalDouble number(String text) {
        // What Java takes for a number besides decimals, such as 1f or 0x1p3, is none here.
        if (!text.matches("[-+]?[0-9]*\\.?[0-9]+([eE][-+]?[0-9]+)?|[-+]?[0-9]+\\.")) {
            return OptionalDouble.empty();
        }
        double number = Double.parseDouble(text);
        return Double.isFinite(number) ? OptionalDouble.of(number) : OptionalDouble.empty();
    }

    /** The one text for all ways to write a number, such as 1, 1.0 and 1e0; another text as it is. */
    static String canonical(String text) {
        OptionalDouble number = number(text);
        return number.isPresent() ? exact(number.getAsDouble()) : text;
    }

    /** A number as people write it: 1000000, not 1.0E6. */
    static String exact(double number) {
        String plain = BigDecimal.valueOf(number).stripTrailingZeros().toPlainString();
        return plain.length() <= 3 * LONGEST_PLAIN ? plain : Double.toString(number);
    }

    /** A number to six digits, for axes: a grid of steps of 0.15 has values such as 0.44999999999999996. */
    static String rounded(double number) {
        BigDecimal rounded = BigDecimal.valueOf(number).round(SHORT).stripTrailingZeros();
        String plain = rounded.signum() == 0 ? "0" : rounded.toPlainString();
        return plain.length() <= LONGEST_PLAIN ? plain : Double.toString(rounded.doubleValue());
    }
}
