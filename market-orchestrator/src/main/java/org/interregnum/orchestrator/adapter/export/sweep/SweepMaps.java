package org.interregnum.orchestrator.adapter.export.sweep;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import org.interregnum.orchestrator.statistics.Estimate;
import org.interregnum.orchestrator.statistics.Interval;
import org.interregnum.orchestrator.statistics.Transition;

/** The maps of a sweep over two settings: a figure for each order parameter, one for the regimes, and one of several. */
final class SweepMaps {
    private static final int HEIGHT = 520;
    private static final int SMALL = 350;

    private final PartOfSweep part;
    private final Sweep sweep;
    private final Axis x;
    private final Axis y;
    private final List<MapPanel.Mark> marks;
    private final GridPoint[][] points;

    SweepMaps(PartOfSweep part, Axis x, Axis y, List<Transitions.Entry> transitions) {
        this.part = part;
        this.sweep = part.sweep();
        this.x = x;
        this.y = y;
        Map<String, Integer> columns = places(x);
        Map<String, Integer> rows = places(y);
        marks = x.name().equals(Axis.NETWORK_EFFECT) ? marks(transitions, rows) : List.of();
        points = new GridPoint[columns.size()][rows.size()];
        sweep.points()
                .forEach(point ->
                        points[columns.get(point.setting(x.name()))][rows.get(point.setting(y.name()))] = point);
    }

    private static Map<String, Integer> places(Axis axis) {
        Map<String, Integer> places = new HashMap<>();
        axis.values().forEach(value -> places.put(value, places.size()));
        return places;
    }

    void addTo(BiConsumer<String, PanelFigure> figures) {
        List<Measure> shown = new ArrayList<>();
        List<MapPanel> several = new ArrayList<>();
        for (Measure measure : Measure.drawn()) {
            figures.accept(
                    measure.fileName(),
                    figure(
                            capital(measure.title()) + ", mean over seeds",
                            description(List.of(measure)),
                            map(measure, "")));
            if (measure != Measure.INDUSTRY_PROFIT) {
                shown.add(measure);
                several.add(map(measure, capital(measure.title())));
            }
        }
        // Every finished run has a leader's share, as it has a regime.
        List<String> ofRegimes = description(List.of(Measure.MEAN_LEADER_SHARE));
        figures.accept("regimes", figure("Regime of most seeds", ofRegimes, regimes("")));
        several.add(regimes("Regime"));
        figures.accept(
                "phase-diagram", new PanelFigure("Phase diagram of the market", description(shown), several, 2, SMALL));
    }

    private List<String> description(List<Measure> measures) {
        List<String> description = new ArrayList<>();
        description.add(sweep.inCommon(part.said(), measures));
        reading().ifPresent(description::add);
        return description;
    }

    private static PanelFigure figure(String title, List<String> description, Panel panel) {
        return new PanelFigure(title, description, List.of(panel), 1, HEIGHT);
    }

    private Optional<String> reading() {
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

    private MapPanel map(Measure measure, String title) {
        double least = Double.POSITIVE_INFINITY;
        double most = Double.NEGATIVE_INFINITY;
        for (GridPoint point : sweep.points()) {
            double mean = point.estimate(measure).mean();
            least = Double.isNaN(mean) ? least : Math.min(least, mean);
            most = Double.isNaN(mean) ? most : Math.max(most, mean);
        }
        // What cannot be negative begins at 0, so that one map can be compared with another.
        ColourMap colours = ColourMap.between(Math.min(0, least), Math.max(most, Math.min(0, least)));
        MapPanel.Cells cells = cells(point -> {
            Estimate estimate = point.estimate(measure);
            return estimate.seeds() == 0
                    ? Cell.WITHOUT_VALUE
                    : new Cell(colours.of(estimate.mean()), List.of(shown(estimate.mean(), colours.high())));
        });
        return new MapPanel(title, x, y, cells, new ColourBar(colours, measure.axis()), marks);
    }

    private MapPanel regimes(String title) {
        MapPanel.Cells cells =
                cells(point -> point.regime().map(RegimeColours::cell).orElse(Cell.WITHOUT_VALUE));
        return new MapPanel(title, x, y, cells, new RegimeColours(), marks);
    }

    /** Cells are made when they are drawn: of many, all at once would take more room than the runs. */
    private MapPanel.Cells cells(Painting painting) {
        return (column, row) -> points[column][row] == null ? Cell.MISSING : painting.cell(points[column][row]);
    }

    private List<MapPanel.Mark> marks(List<Transitions.Entry> transitions, Map<String, Integer> rows) {
        List<MapPanel.Mark> found = new ArrayList<>();
        for (Transitions.Entry entry : transitions) {
            Transition transition = entry.transition();
            if (transition.isDefined()) {
                Interval interval = transition.interval().isDefined()
                        ? transition.interval()
                        : new Interval(transition.point(), transition.point());
                int row = rows.get(entry.settings().get(y.name()));
                found.add(new MapPanel.Mark(row, transition.point(), interval.low(), interval.high()));
            }
        }
        return found;
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
