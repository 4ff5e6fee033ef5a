package org.interregnum.orchestrator.request;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;

/** What somebody may have meant who wrote a name that does not exist. */
public final class Suggestion {
    private Suggestion() {}

    /** The end of a message, such as {@code "; did you mean --Nt?"}, or nothing when no name comes close. */
    public static String of(String written, Collection<String> names) {
        return names.stream()
                .min(Comparator.comparingInt(name -> distance(bare(written), bare(name))))
                .filter(name -> distance(bare(written), bare(name))
                        <= Math.max(1, bare(name).length() / 3))
                .map(name -> "; did you mean " + name + "?")
                .orElse("");
    }

    private static String bare(String name) {
        return name.replaceFirst("^-+", "").replace('_', '-').toLowerCase(Locale.ROOT);
    }

    /** Levenshtein's distance: the fewest letters to insert, delete or replace. */
    private static int distance(String a, String b) {
        int[] row = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int replaced = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(replaced, 1 + Math.min(row[j], row[j - 1]));
            }
        }
        return row[b.length()];
    }
}
