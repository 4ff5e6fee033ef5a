package org.interregnum.languagemodel;

import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;

/** The HTTP header by which a server says when it may be called again: in seconds, or at a date. */
final class RetryAfter {
    private static final double LONGEST_SECONDS = TimeUnit.DAYS.toSeconds(365);

    private RetryAfter() {}

    /** Nanoseconds to wait; 0 for a time that has passed; empty when the value says none. */
    static OptionalLong nanos(String value, Instant now) {
        double seconds;
        try {
            seconds = Double.parseDouble(value.strip());
        } catch (NumberFormatException notSeconds) {
            try {
                Instant until = ZonedDateTime.parse(value.strip(), DateTimeFormatter.RFC_1123_DATE_TIME)
                        .toInstant();
                seconds = (double) Duration.between(now, until).toMillis() / TimeUnit.SECONDS.toMillis(1);
            } catch (DateTimeParseException notDate) {
                return OptionalLong.empty();
            }
        }
        if (Double.isNaN(seconds)) {
            return OptionalLong.empty();
        }
        double bounded = Math.min(LONGEST_SECONDS, Math.max(0, seconds));
        return OptionalLong.of((long) (bounded * TimeUnit.SECONDS.toNanos(1)));
    }
}
