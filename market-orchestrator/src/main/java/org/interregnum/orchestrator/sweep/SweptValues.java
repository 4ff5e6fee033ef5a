package org.interregnum.orchestrator.sweep;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.interregnum.orchestrator.model.InvalidParameterException;

/**
 * The values that a text names: one value, a list such as {@code 0.05,0.1,0.2}, or for numbers also a range such as
 * {@code 0:1.5:0.15}, from, to and step, with both ends. Ranges are computed in decimals, so that no value drifts.
 */
public final class SweptValues {
    /** Most values of one setting. */
    public static final int MOST = 1_000_000;

    private static final String NUMBER = "[+-]?(?:\\d+\\.?\\d*|\\.\\d+)(?:[eE][+-]?\\d{1,3})?";
    private static final Pattern A_NUMBER = Pattern.compile(NUMBER);
    private static final Pattern RANGE = Pattern.compile("(" + NUMBER + "):(" + NUMBER + "):(" + NUMBER + ")");
    private static final int MOST_PLAIN_DIGITS = 30;

    private SweptValues() {}

    /**
     * The values, each written in one way only: 0.5 whether it was .5, 0.50 or 5e-1.
     *
     * @param text what was given
     * @param isNumber whether values are numbers, of which there are ranges; whether each is in its setting's range is not
     *     looked at
     * @throws InvalidParameterException when a value is empty or there twice, or a range does not lead from one end to the
     *     other
     */
    public static List<String> parse(String text, boolean isNumber) {
        List<String> values = new ArrayList<>();
        for (String part : text.split(",", -1)) {
            String value = part.strip();
            if (value.isEmpty()) {
                throw bad(text, "has an empty value; must be a value, or a list such as a,b");
            }
            Matcher range = RANGE.matcher(value);
            if (isNumber && range.matches()) {
                addRange(text, range, values);
            } else if (isNumber && value.indexOf(':') >= 0) {
                throw bad(text, "must be a number, a list such as 1,2,5, or a range FROM:TO:STEP such as 0:1.5:0.15");
            } else {
                values.add(isNumber && A_NUMBER.matcher(value).matches() ? plain(new BigDecimal(value)) : value);
            }
        }
        requireDifferent(text, values);
        return List.copyOf(values);
    }

    private static void addRange(String text, Matcher range, List<String> values) {
        BigDecimal from = new BigDecimal(range.group(1));
        BigDecimal to = new BigDecimal(range.group(2));
        BigDecimal step = new BigDecimal(range.group(3));
        BigDecimal way = to.subtract(from);
        if (step.signum() == 0 || way.signum() * step.signum() < 0) {
            throw bad(text, "its step does not lead from %s to %s".formatted(plain(from), plain(to)));
        }
        BigDecimal count = way.divideToIntegralValue(step).add(BigDecimal.ONE);
        if (count.compareTo(BigDecimal.valueOf(MOST)) > 0) {
            throw bad(text, "has more than " + MOST + " values");
        }
        for (int index = 0; index < count.intValueExact(); index++) {
            values.add(plain(from.add(step.multiply(BigDecimal.valueOf(index)))));
        }
    }

    private static String plain(BigDecimal number) {
        BigDecimal stripped = number.signum() == 0 ? BigDecimal.ZERO : number.stripTrailingZeros();
        return Math.abs(stripped.scale()) > MOST_PLAIN_DIGITS ? stripped.toString() : stripped.toPlainString();
    }

    private static void requireDifferent(String text, List<String> values) {
        Set<String> seen = new HashSet<>();
        for (String value : values) {
            if (!seen.add(value)) {
                throw bad(text, "has the value " + value + " more than once");
            }
        }
    }

    private static InvalidParameterException bad(String text, String rule) {
        return new InvalidParameterException("values", text, rule);
    }
}
