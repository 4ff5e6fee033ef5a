package org.interregnum.buyer.llm;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What a buyer thinks of a seller. The worst comes first. */
public enum Impression {
    /** Terrible. */
    TERRIBLE,
    /** Bad. */
    BAD,
    /** Neutral. */
    NEUTRAL,
    /** Good. */
    GOOD,
    /** Excellent. */
    EXCELLENT;

    private final String word = name().toLowerCase(Locale.ROOT);

    /** The impression as models read and write it, such as {@code good}. */
    public String word() {
        return word;
    }

    /** The impression that a word means; empty for any other word. */
    public static Optional<Impression> ofWord(String word) {
        return Arrays.stream(values())
                .filter(impression -> impression.word.equals(word))
                .findAny();
    }

    /** All words, the worst first. */
    public static List<String> words() {
        return Arrays.stream(values()).map(Impression::word).toList();
    }
}
