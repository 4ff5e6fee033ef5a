package org.interregnum.orchestrator.request;

import java.math.BigInteger;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.interregnum.orchestrator.agent.AgentAddress;
import org.interregnum.orchestrator.model.InvalidParameterException;

/** Turns the text of a value into a value; ranges that a record checks are left to the record. */
public final class Values {
    private static final Pattern NUMBER = Pattern.compile("[+-]?(\\d+\\.?\\d*|\\.\\d+)([eE][+-]?\\d+)?");
    private static final Pattern WHOLE_NUMBER = Pattern.compile("[+-]?\\d+");
    private static final Pattern DURATION = Pattern.compile("(\\d{1,9})(ms|s|m|h)");
    private static final Duration LONGEST = Duration.ofHours(1);

    private Values() {}

    /** A finite number in decimal notation; Java's own notations, NaN and infinity are refused. */
    public static double number(Setting setting, Given given) {
        return number(given, setting.rule());
    }

    public static double number(Given given, String rule) {
        if (!NUMBER.matcher(given.text()).matches()) {
            throw given.isBad(rule);
        }
        return Double.parseDouble(given.text());
    }

    public static int integer(Setting setting, Given given) {
        return (int) wholeNumber(setting, given, Integer.MIN_VALUE, Integer.MAX_VALUE);
    }

    public static long wholeNumber(Setting setting, Given given, long least, long most) {
        return wholeNumber(given, least, most, setting.rule());
    }

    public static long wholeNumber(Given given, long least, long most, String rule) {
        if (!WHOLE_NUMBER.matcher(given.text()).matches()) {
            throw given.isBad(rule);
        }
        BigInteger value = new BigInteger(given.text());
        if (value.compareTo(BigInteger.valueOf(least)) < 0 || value.compareTo(BigInteger.valueOf(most)) > 0) {
            throw given.isBad(rule);
        }
        return value.longValue();
    }

    public static boolean flag(Setting setting, Given given) {
        if (!given.text().equals("true") && !given.text().equals("false")) {
            throw given.isBad(setting.rule());
        }
        return Boolean.parseBoolean(given.text());
    }

    public static Duration duration(Setting setting, Given given) {
        Duration duration = duration(given, setting.rule());
        if (duration.isZero()) {
            throw given.isBad(setting.rule());
        }
        return duration;
    }

    /** A duration of at most an hour; none at all is fine. */
    public static Duration duration(Given given, String rule) {
        Matcher matcher = DURATION.matcher(given.text());
        if (!matcher.matches()) {
            throw given.isBad(rule);
        }
        long amount = Long.parseLong(matcher.group(1));
        Duration duration = switch (matcher.group(2)) {
            case "ms" -> Duration.ofMillis(amount);
            case "s" -> Duration.ofSeconds(amount);
            case "m" -> Duration.ofMinutes(amount);
            default -> Duration.ofHours(amount);
        };
        if (duration.compareTo(LONGEST) > 0) {
            throw given.isBad(rule);
        }
        return duration;
    }

    public static AgentAddress address(Setting setting, Given given) {
        try {
            return AgentAddress.parse(given.text());
        } catch (InvalidParameterException e) {
            throw given.isBad(setting.rule());
        }
    }

    public static Path path(Setting setting, Given given) {
        try {
            if (given.text().isBlank() || given.text().startsWith("--")) {
                throw given.isBad(setting.rule());
            }
            return Path.of(given.text());
        } catch (InvalidPathException e) {
            throw given.isBad(setting.rule());
        }
    }
}
