package org.interregnum.orchestrator.adapter.export.sweep;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;

/** The lines of a sweep: each order parameter along one setting, a line a value of a second one. */
final class SweepLines {
    private static final int HEIGHT = 480;

    private final PartOfSweep part;
    private final Axis x;
    private final Optional<Axis> second;

    SweepLines(PartOfSweep part, Axis x, Optional<Axis> second) {
        this.part = part;
        this.x = x;
        this.second = second;
    }

    void addTo(BiConsumer<String, PanelFigure> figures) {
        AxisScale scale = new AxisScale(x);
        for (Measure measure : Measure.drawn()) {
            LinePanel panel = new LinePanel(
                    x.label() + (scale.isLogarithmic() ? ", logarithmic" : ""),
                    measure.axis(),
                    lines(measure),
                    second.map(Axis::numeric).orElse(false),
                    List.of(),
                    scale.isLogarithmic(),
                    true);
            List<String> description = List.of(
                    part.sweep().inCommon(part.said(), List.of(measure)),
                    "mean over seeds with its 95 % bootstrap interval");
            String title = Character.toUpperCase(measure.title().charAt(0))
                    + measure.title().substring(1);
            figures.accept(
                    measure.fileName() + "-lines", new PanelFigure(title, description, List.of(panel), 1, HEIGHT));
        }
    }

    private List<Line> lines(Measure measure) {
        List<Line> lines = new ArrayList<>();
        part.sweep()
                .dividedBut(List.of(x))
                .forEach(line -> lines.add(Line.of(line.name(), x, line.sweep().points(), measure)));
        return lines;
    }
}
