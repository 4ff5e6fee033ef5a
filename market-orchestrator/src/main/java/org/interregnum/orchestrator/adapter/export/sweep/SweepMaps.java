package org.interregnum.orchestrator.adapter.export.sweep;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.interregnum.orchestrator.statistics.Estimate;
import org.interregnum.orchestrator.statistics.Interval;
import org.interregnum.orchestrator.statistics.Transition;

/** The maps of a sweep over two settings: a figure for each order parameter, one for the regimes, and one of several. */
final class SweepMaps {
    private static final int HEIGHT = 520;
    private static final int SMALL = 350;

    private final Sweep sweep;
    private final Axis x;
    private final Axis y;

    SweepMaps(Sweep sweep, Axis x, Axis y) {
        this.sweep = sweep;
        this.x = x;
        this.y = y;
    }

    void addTo(Map<String, PanelFigure> figures, String part, String suffix, List<Transitions.Entry> transitions) {
        List<MapPanel.Mark> marks = x.name().equals(Axis.NETWORK_EFFECT) ? marks(transitions) : List.of();
        List<String> description = new ArrayList<>();
        description.add(sweep.inCommon(part));
        reading(marks).ifPresent(description::add);
        List<MapPanel> several = new ArrayList<>();
        for (Measure measure : Measure.drawn()) {
            figures.put(
                    measure.fileName() + suffix,
                    figure(capital(measure.title()) + ", mean over seeds", description, map(measure, "", marks)));
            if (measure != Measure.INDUSTRY_PROFIT) {
                several.add(map(measure, capital(measure.title()), marks));
            }
        }
        figures.put("regimes" + suffix, figure("Regime of most seeds", description, regimes("", marks)));
        several.add(regimes("Regime", marks));
        figures.put(
                "phase-diagram" + suffix,
                new PanelFigure("Phase diagram of the market", description, several, 2, SMALL));
    }

    private static PanelFigure figure(String title, List<String> description, Panel panel) {
        return new PanelFigure(title, description, List.of(panel), 1, HEIGHT);
    }

    private Optional<String> reading(List<MapPanel.Mark> marks) {
        List<String> parts = new ArrayList<>();
        if (!marks.isEmpty()) {
            parts.add("bars: transition and its 95 % interval, at least the step of the grid");
        }
        boolean failures = sweep.points().stream().anyMatch(point -> point.unfinished() > 0);
        if (sweep.points().size() < x.values().size() * y.values().size() || failures) {
            parts.add("hatched: no run" + (failures ? ", with × none that finished" : ""));
        }
        return parts.isEmpty() ? Optional.empty() : Optional.of(String.join("; ", parts));
    }

    private MapPanel map(Measure measure, String title, List<MapPanel.Mark> marks) {
        double least = Double.POSITIVE_INFINITY;
        double most = Double.NEGATIVE_INFINITY;
        for (GridPoint point : sweep.points()) {
            double mean = point.estimate(measure).mean();
            least = Double.isNaN(mean) ? least : Math.min(least, mean);
            most = Double.isNaN(mean) ? most : Math.max(most, mean);
        }
        // What cannot be negative begins at 0, so that one map can be compared with another.
        ColourMap colours = ColourMap.between(Math.min(0, least), Math.max(most, Math.min(0, least)));
        Cell[][] cells = cells(point -> {
            Estimate estimate = point.estimate(measure);
            return estimate.seeds() == 0
                    ? Cell.WITHOUT_VALUE
                    : new Cell(colours.of(estimate.mean()), List.of(shown(estimate.mean(), colours.high())));
        });
        return new MapPanel(title, x, y, cells, new ColourBar(colours, measure.axis()), marks);
    }

    private MapPanel regimes(String title, List<MapPanel.Mark> marks) {
        Cell[][] cells = cells(point -> point.regime().map(RegimeColours::cell).orElse(Cell.WITHOUT_VALUE));
        return new MapPanel(title, x, y, cells, new RegimeColours(), marks);
    }

    private Cell[][] cells(Painting painting) {
        Cell[][] cells = new Cell[x.values().size()][y.values().size()];
        for (int column = 0; column < cells.length; column++) {
            for (int row = 0; row < cells[column].length; row++) {
                cells[column][row] = sweep.at(
                                Map.of(x, x.values().get(column), y, y.values().get(row)))
                        .map(painting::cell)
                        .orElse(Cell.MISSING);
            }
        }
        return cells;
    }

    private List<MapPanel.Mark> marks(List<Transitions.Entry> transitions) {
        List<MapPanel.Mark> marks = new ArrayList<>();
        for (Transitions.Entry entry : transitions) {
            Transition transition = entry.transition();
            if (transition.isDefined()) {
                Interval interval = transition.interval().isDefined()
                        ? transition.interval()
                        : new Interval(transition.point(), transition.point());
                int row = y.values().indexOf(entry.settings().get(y.name()));
                marks.add(new MapPanel.Mark(row, transition.point(), interval.low(), interval.high()));
            }
        }
        return marks;
    }

    private static String shown(double value, double most) {
        String pattern = most >= 100 ? "%.0f" : most >= 10 ? "%.1f" : "%.2f";
        return String.format(Locale.ROOT, pattern, value + 0.0);
    }

    private static String capital(String words) {
        return Character.toUpperCase(words.charAt(0)) + words.substring(1);
    }

    /** How a grid point looks. */
    private interface Painting {
        Cell cell(GridPoint point);
    }
}
