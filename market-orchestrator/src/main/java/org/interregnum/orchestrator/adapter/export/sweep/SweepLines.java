package org.interregnum.orchestrator.adapter.export.sweep;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The lines of a sweep: each order parameter along one setting, a line a value of a second one. */
final class SweepLines {
    private static final int HEIGHT = 480;

    private final Sweep sweep;
    private final Axis x;
    private final Optional<Axis> second;

    SweepLines(Sweep sweep, Axis x, Optional<Axis> second) {
        this.sweep = sweep;
        this.x = x;
        this.second = second;
    }

    void addTo(Map<String, PanelFigure> figures, String part, String suffix) {
        AxisScale scale = new AxisScale(x);
        List<String> description = List.of(sweep.inCommon(part), "mean over seeds with its 95 % bootstrap interval");
        for (Measure measure : Measure.drawn()) {
            LinePanel panel = new LinePanel(
                    x.label() + (scale.isLogarithmic() ? ", logarithmic" : ""),
                    measure.axis(),
                    lines(measure),
                    second.map(Axis::numeric).orElse(false),
                    List.of(),
                    scale.isLogarithmic(),
                    true);
            String title = Character.toUpperCase(measure.title().charAt(0))
                    + measure.title().substring(1);
            figures.put(
                    measure.fileName() + "-lines" + suffix,
                    new PanelFigure(title, description, List.of(panel), 1, HEIGHT));
        }
    }

    private List<Line> lines(Measure measure) {
        List<Line> lines = new ArrayList<>();
        sweep.dividedBut(List.of(x)).forEach((name, part) -> lines.add(Line.of(name, x, part.points(), measure)));
        return lines;
    }
}
