package org.interregnum.languagemodel;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/** Texts of failures, for a person: one line, not long, without the key. */
final class OneLine {
    private static final int LONGEST = 200;
    private static final String REDACTED = "***";
    /** Shorter ones are words such as {@code none} or {@code ollama}, which servers without keys are given. */
    private static final int SHORTEST_SECRET = 8;
    /** By key, of which a process has a few. */
    private static final Map<String, Pattern> SPELLINGS = new ConcurrentHashMap<>();

    private OneLine() {}

    /** A text that came from elsewhere. The key is taken out first: a cut could leave half of it. */
    static String of(String text, Optional<String> key) {
        String whole = key.map(secret -> redacted(text, secret)).orElse(text);
        String line = whole.replaceAll("[\\s\\p{Cntrl}]+", " ").strip();
        return line.length() <= LONGEST ? line : line.substring(0, LONGEST - 1) + "…";
    }

    /** A model's text without the key, should it hold it, and otherwise as it is. */
    static String withoutSecret(String text, Optional<String> key) {
        return key.filter(secret -> secret.length() >= SHORTEST_SECRET)
                .map(secret -> redacted(text, secret))
                .orElse(text);
    }

    /**
     * A text without a key in any of its spellings. A server that quotes the key in JSON, of which there may be some within
     * other JSON, or in an address may write some signs in another way; whoever reads the JSON then has the key again.
     */
    private static String redacted(String text, String secret) {
        return SPELLINGS
                .computeIfAbsent(secret, OneLine::spellings)
                .matcher(text)
                .replaceAll(REDACTED);
    }

    private static Pattern spellings(String secret) {
        StringBuilder spellings = new StringBuilder();
        for (int i = 0; i < secret.length(); i++) {
            char sign = secret.charAt(i);
            // So few backslashes, since a text of nothing else would be gone through once for each of them.
            spellings.append(String.format(
                    Locale.ROOT,
                    "(?:\\\\{0,8}%s|\\\\{1,8}u(?i:%04x)|%%(?i:%02x))",
                    Pattern.quote(Character.toString(sign)),
                    (int) sign,
                    (int) sign));
        }
        return Pattern.compile(spellings.toString());
    }

    /** A length of time, such as {@code 2.5 s}. */
    static String seconds(long nanos) {
        double seconds = (double) nanos / TimeUnit.SECONDS.toNanos(1);
        return String.format(Locale.ROOT, seconds < 10 ? "%.2f s" : "%.0f s", seconds);
    }
}
