package org.interregnum.languagemodel;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Texts that came from elsewhere, for a person: without the key, and those of failures in one line that is not long. */
final class OneLine {
    private static final int LONGEST = 200;
    private static final String REDACTED = "***";
    /** From this length on a key is nothing else by chance, and is taken out wherever it is. */
    private static final int LENGTH_BEYOND_CHANCE = 8;
    /** From this length on a key is taken out of models' texts where it stands as a word; shorter ones may be numbers. */
    private static final int LENGTH_OF_WORDS = 4;
    /** What servers without keys are given in place of one. They are words of models' answers and names, and no secrets. */
    private static final Set<String> STAND_INS = Set.of(
            "none",
            "null",
            "empty",
            "dummy",
            "fake",
            "ollama",
            "vllm",
            "llama.cpp",
            "lm-studio",
            "no-key",
            "no-key-required",
            "sk-no-key-required",
            "not-needed");

    private static final String BEARER = "((?i:bearer)(?:\\s|%20|\\+|\\\\{1,8}u0020){1,8})";
    /** Not within a word, where a sign that is written in another way ends one. */
    private static final String BEFORE_WORD =
            "(?:(?<![\\p{L}\\p{N}])|(?<=\\\\[bfnrt])|(?<=\\\\u[0-9A-Fa-f]{4})|(?<=%[0-9A-Fa-f]{2}))";

    private static final String AFTER_WORD = "(?![\\p{L}\\p{N}])";

    /** By key, of which a process has a few. */
    private static final Map<String, Spellings> SPELLINGS = new ConcurrentHashMap<>();

    /**
     * Where a key is in texts.
     *
     * @param anywhere for texts of servers, in which nothing is lost
     * @param inAnswers for texts of models, which should stay as they are
     */
    private record Spellings(Pattern anywhere, Pattern inAnswers) {
        static Spellings of(String secret) {
            String key = spelled(secret);
            String inAnswers = BEARER + key + AFTER_WORD;
            if (secret.length() >= LENGTH_BEYOND_CHANCE) {
                inAnswers = "(?:" + BEARER + ")?" + key;
            } else if (secret.length() >= LENGTH_OF_WORDS) {
                inAnswers = "(?:" + BEARER + "|" + BEFORE_WORD + ")" + key + AFTER_WORD;
            }
            return new Spellings(Pattern.compile(key), Pattern.compile(inAnswers));
        }
    }

    private OneLine() {}

    /** A text that came from elsewhere. The key is taken out first: a cut could leave half of it. */
    static String of(String text, Optional<String> key) {
        String whole = withoutSecret(text, key);
        String line = whole.replaceAll("[\\s\\p{Cntrl}]+", " ").strip();
        return line.length() <= LONGEST ? line : line.substring(0, LONGEST - 1) + "…";
    }

    /** What a server says, such as the name of its model, without the key wherever it is, and otherwise as it is. */
    static String withoutSecret(String text, Optional<String> key) {
        return secret(key)
                .map(spellings -> spellings.anywhere().matcher(text).replaceAll(REDACTED))
                .orElse(text);
    }

    /** A model's text without the key, should it hold it, and otherwise as it is: a short key may be a part of any word. */
    static String answerWithoutSecret(String text, Optional<String> key) {
        return secret(key)
                .map(spellings -> spellings.inAnswers().matcher(text).replaceAll(found -> {
                    String bearer = found.group(1);
                    return Matcher.quoteReplacement((bearer == null ? "" : bearer) + REDACTED);
                }))
                .orElse(text);
    }

    private static Optional<Spellings> secret(Optional<String> key) {
        return key.filter(given -> !given.isEmpty() && !STAND_INS.contains(given.toLowerCase(Locale.ROOT)))
                .map(secret -> SPELLINGS.computeIfAbsent(secret, Spellings::of));
    }

    /**
     * A key in any of its spellings. A server that quotes the key in JSON, of which there may be some within other JSON, or in
     * an address may write some signs in another way; whoever reads the JSON then has the key again.
     */
    private static String spelled(String secret) {
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
        return spellings.toString();
    }

    /** A length of time, such as {@code 2.5 s}. */
    static String seconds(long nanos) {
        double seconds = (double) nanos / TimeUnit.SECONDS.toNanos(1);
        return String.format(Locale.ROOT, seconds < 10 ? "%.2f s" : "%.0f s", seconds);
    }
}
