package org.interregnum.orchestrator.adapter.export.sweep;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Which figures a sweep has. Over two swept numbers there are maps, along one of them lines; what else was swept divides
 * the sweep into parts with figures of their own.
 */
final class FigurePlan {
    private static final int MOST_PARTS = 12;
    private static final int MOST_LINES = 10;

    private final Sweep sweep;
    private final List<Transitions.Entry> transitions;
    private final Consumer<String> notes;
    private final FigureNames names = new FigureNames();
    private final Map<String, PanelFigure> figures = new LinkedHashMap<>();

    FigurePlan(Sweep sweep, List<Transitions.Entry> transitions, Consumer<String> notes) {
        this.sweep = sweep;
        this.transitions = transitions;
        this.notes = notes;
    }

    /** The figures by the names of their files. */
    Map<String, PanelFigure> figures() {
        List<Axis> numbers = numbers();
        if (numbers.isEmpty()) {
            return Map.of();
        }
        Axis x = numbers.get(0);
        if (numbers.size() > 1) {
            addParts(
                    "maps",
                    List.of(x, numbers.get(1)),
                    part -> new SweepMaps(part, x, numbers.get(1), transitionsAt(part.sweep()))
                            .addTo(names.addingTo(figures, part)));
        }
        Optional<Axis> second = sweep.axes().stream()
                .filter(axis -> !axis.equals(x) && axis.values().size() <= MOST_LINES)
                .min((a, b) -> Boolean.compare(isSecond(b, numbers), isSecond(a, numbers)));
        List<Axis> together = second.map(axis -> List.of(x, axis)).orElse(List.of(x));
        addParts("lines", together, part -> new SweepLines(part, x, second).addTo(names.addingTo(figures, part)));
        List<Axis> sizes = sweep.axes().stream().filter(Axis::isSize).toList();
        if (!transitions.isEmpty() && !sizes.isEmpty()) {
            List<Axis> scaled = new ArrayList<>(sizes);
            scaled.add(sweep.axis(Axis.NETWORK_EFFECT).orElseThrow());
            addParts(
                    "finite-size scaling",
                    scaled,
                    part -> names.addingTo(figures, part)
                            .accept("finite-size-scaling", ScalingFigure.of(part, transitionsAt(part.sweep()))));
        }
        return figures;
    }

    private static boolean isSecond(Axis axis, List<Axis> numbers) {
        return numbers.size() > 1 && axis.equals(numbers.get(1));
    }

    /** What was swept and is a number, the most telling first: sizes of the market say the least in a map. */
    private List<Axis> numbers() {
        List<Axis> numbers = new ArrayList<>();
        for (String first : List.of(Axis.NETWORK_EFFECT, Axis.UPDATE_RATE)) {
            sweep.axis(first).filter(Axis::numeric).ifPresent(numbers::add);
        }
        for (boolean sizes : new boolean[] {false, true}) {
            sweep.axes().stream()
                    .filter(axis -> axis.numeric() && axis.isSize() == sizes && !numbers.contains(axis))
                    .forEach(numbers::add);
        }
        return numbers;
    }

    private void addParts(String what, List<Axis> together, Consumer<PartOfSweep> figure) {
        List<PartOfSweep> parts = sweep.dividedBut(together);
        parts.stream().limit(MOST_PARTS).forEach(figure);
        if (parts.size() > MOST_PARTS) {
            notes.accept(String.format(
                    Locale.ROOT, "%s: the first %d of %d figures are drawn", what, MOST_PARTS, parts.size()));
        }
    }

    private List<Transitions.Entry> transitionsAt(Sweep part) {
        return transitions.stream()
                .filter(entry -> part.points().stream()
                        .anyMatch(point -> entry.settings().entrySet().stream()
                                .allMatch(setting -> setting.getValue().equals(point.setting(setting.getKey())))))
                .toList();
    }
}
