package org.interregnum.orchestrator.adapter.export.sweep;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.interregnum.orchestrator.statistics.Interval;
import org.interregnum.orchestrator.statistics.Transition;

/**
 * Finite-size scaling: for each number of sellers the leader order parameter against the network effect, a line a number of
 * buyers; below, where its transition is against 1/N, and so on the left what large markets tend to.
 */
final class ScalingFigure {
    private static final int HEIGHT = 360;

    private ScalingFigure() {}

    static PanelFigure of(PartOfSweep part, List<Transitions.Entry> transitions) {
        Axis effect = part.sweep().axis(Axis.NETWORK_EFFECT).orElseThrow();
        Map<String, List<Transitions.Entry>> bySellers = new LinkedHashMap<>();
        for (Transitions.Entry entry : transitions) {
            String sellers = entry.settings().get(Axis.SELLERS);
            bySellers
                    .computeIfAbsent(
                            Axis.of(Axis.SELLERS, List.of(sellers)).say(sellers, true), unknown -> new ArrayList<>())
                    .add(entry);
        }
        List<LinePanel> panels = new ArrayList<>();
        bySellers.forEach((sellers, entries) -> panels.add(curves(effect.label() + ", " + sellers, entries)));
        List<Line> found = transitionLines(bySellers);
        if (!found.isEmpty()) {
            panels.add(new LinePanel(
                    "1 / N, of the number of buyers", "transition J\u0304c", found, false, List.of(), false, false));
        }
        return new PanelFigure(
                "Finite-size scaling of the leader order parameter",
                List.of(
                        part.sweep().inCommon(part.said(), List.of(Measure.LEADER_ORDER_PARAMETER)),
                        "0: equal shares, 1: one seller has all; bands and bars: 95 % bootstrap intervals over seeds",
                        "+: transition at about half height; bars stand a little apart where they would hide each other"),
                panels,
                1,
                HEIGHT);
    }

    private static LinePanel curves(String label, List<Transitions.Entry> entries) {
        List<Line> lines = entries.stream()
                .map(entry -> new Line(
                        "N = " + entry.settings().get(Axis.BUYERS),
                        entry.line().x(),
                        entry.line().y(),
                        entry.line().intervals()))
                .toList();
        List<Transition> marks =
                entries.stream().map(Transitions.Entry::transition).toList();
        return new LinePanel(label, Measure.LEADER_ORDER_PARAMETER.title(), lines, true, marks, false, true);
    }

    private static List<Line> transitionLines(Map<String, List<Transitions.Entry>> bySellers) {
        List<Line> lines = new ArrayList<>();
        bySellers.forEach((name, entries) -> {
            List<Transitions.Entry> found = entries.stream()
                    .filter(entry -> entry.transition().isDefined())
                    .sorted((a, b) -> Double.compare(inverse(a), inverse(b)))
                    .toList();
            if (!found.isEmpty()) {
                lines.add(new Line(
                        name,
                        found.stream().mapToDouble(ScalingFigure::inverse).toArray(),
                        found.stream()
                                .mapToDouble(entry -> entry.transition().point())
                                .toArray(),
                        found.stream()
                                .map(entry -> entry.transition().interval())
                                .toArray(Interval[]::new)));
            }
        });
        return lines;
    }

    private static double inverse(Transitions.Entry entry) {
        return 1 / Double.parseDouble(entry.settings().get(Axis.BUYERS));
    }
}
