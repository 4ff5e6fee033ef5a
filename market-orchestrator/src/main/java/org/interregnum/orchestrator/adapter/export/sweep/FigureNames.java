package org.interregnum.orchestrator.adapter.export.sweep;

import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;

/**
 * Names of figures' files, of letters that every file system takes in any locale: what the figure shows, and the options
 * and values of the part of the sweep.
 */
final class FigureNames {
    private static final int LONGEST = 120;

    /** Names that are taken, in small letters, since some file systems do not tell them apart. */
    private final Set<String> taken = new HashSet<>();

    /** Takes the figures of a part of a sweep, by what they show. */
    BiConsumer<String, PanelFigure> addingTo(Map<String, PanelFigure> figures, PartOfSweep part) {
        return (what, figure) -> figures.put(name(what, part.options()), figure);
    }

    /** The name of a figure, without the ending of its file; no two are the same. */
    String name(String what, Map<String, String> options) {
        String words = options.entrySet().stream()
                .map(option -> "-" + plain(option.getKey()) + "-" + plain(option.getValue()))
                .collect(Collectors.joining());
        String name = what + words.substring(0, Math.min(LONGEST, words.length()));
        String free = name;
        for (int number = 2; !taken.add(free.toLowerCase(Locale.ROOT)); number++) {
            free = name + "-" + number;
        }
        return free;
    }

    private static String plain(String text) {
        return text.replaceAll("[^A-Za-z0-9.]+", "-");
    }
}
