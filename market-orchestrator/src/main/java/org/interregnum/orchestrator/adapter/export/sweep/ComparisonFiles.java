package org.interregnum.orchestrator.adapter.export.sweep;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SortedMap;
import org.interregnum.orchestrator.adapter.export.FigureFiles;
import org.interregnum.orchestrator.statistics.Interval;
import org.interregnum.orchestrator.statistics.PairedComparison;
import org.interregnum.orchestrator.statistics.VarianceComponents;

/** The table and the figure of a comparison of agents. */
public final class ComparisonFiles {
    /** Name of the figure's files, before their endings. */
    public static final String FIGURE = "compare";

    /** Name of the table. */
    public static final String TABLE = "compare.csv";

    private static final int MOST_COLUMNS = 4;
    private static final int HEIGHT = 250;

    private ComparisonFiles() {}

    /**
     * Writes the table.
     *
     * @throws org.interregnum.orchestrator.adapter.export.ExportException when it cannot be written
     */
    public static void writeTable(AgentComparison comparison, List<Measure> measures, Path directory) {
        CsvFile.write(directory.resolve(TABLE), csv -> addLines(csv, comparison, measures));
    }

    private static void addLines(CsvFile csv, AgentComparison comparison, List<Measure> measures) {
        csv.add("order_parameter").add("pairs");
        List<String> names = comparison.names();
        for (int source = 0; source < names.size(); source++) {
            String name = names.get(source);
            csv.add(name).add(name + " low").add(name + " high");
            csv.add(name + " between runs").add(name + " between runs low").add(name + " between runs high");
            csv.add(name + " between seeds").add(name + " between seeds low").add(name + " between seeds high");
            if (source > 0) {
                csv.add(name + " difference").add(name + " difference low").add(name + " difference high");
                csv.add(name + " p").add(name + " p exact").add(name + " d_z").add(name + " rank-biserial");
            }
        }
        csv.endLine();
        for (Measure measure : measures) {
            csv.add(measure.column()).add(comparison.estimate(0, measure).seeds());
            for (int source = 0; source < names.size(); source++) {
                add(csv, comparison, source, measure);
            }
            csv.endLine();
        }
    }

    private static void add(CsvFile csv, AgentComparison comparison, int source, Measure measure) {
        csv.add(comparison.estimate(source, measure).mean())
                .add(comparison.estimate(source, measure).interval());
        Optional<VarianceComponents> variance = comparison.variance(source, measure);
        csv.add(variance.map(VarianceComponents::betweenRuns).orElse(Double.NaN))
                .add(variance.map(VarianceComponents::betweenRunsInterval).orElse(Interval.UNDEFINED))
                .add(variance.map(VarianceComponents::betweenSeeds).orElse(Double.NaN))
                .add(variance.map(VarianceComponents::betweenSeedsInterval).orElse(Interval.UNDEFINED));
        if (source > 0) {
            PairedComparison pairs = comparison.againstFirst(source, measure);
            csv.add(pairs.difference())
                    .add(pairs.interval())
                    .add(pairs.p())
                    .add(Boolean.toString(pairs.exact()))
                    .add(pairs.standardisedDifference())
                    .add(pairs.rankBiserial());
        }
    }

    /**
     * Draws the figure.
     *
     * @throws org.interregnum.orchestrator.adapter.export.ExportException when it cannot be written
     * @throws org.interregnum.orchestrator.adapter.export.FigureUnavailableException when this Java runtime cannot draw
     */
    public static void writeFigure(
            AgentComparison comparison, List<Measure> measures, double confidence, Path directory) {
        List<DotPanel> panels = new ArrayList<>();
        for (Measure measure : measures) {
            List<DotPanel.Dots> dots = new ArrayList<>();
            for (int source = 0; source < comparison.names().size(); source++) {
                SortedMap<Long, Double> bySeed = comparison.bySeed(source, measure);
                dots.add(new DotPanel.Dots(comparison.estimate(source, measure), List.copyOf(bySeed.values())));
            }
            panels.add(new DotPanel(measure.title(), measure.unit(), dots));
        }
        List<String> remarks = new ArrayList<>();
        for (int source = 0; source < comparison.names().size(); source++) {
            remarks.add(letter(source) + ": " + comparison.names().get(source));
        }
        remarks.add(String.format(
                Locale.ROOT,
                "%d seeds, %d markets; grey: a seed; bars: %s %% bootstrap intervals",
                comparison.seeds(),
                comparison.markets(),
                SettingValue.rounded(100 * confidence)));
        int columns = Math.min(MOST_COLUMNS, panels.size());
        FigureFiles.write(
                new PanelFigure("The same markets with other agents", remarks, panels, columns, HEIGHT),
                directory,
                FIGURE);
    }

    /** What a kind of agents is called where there is little room: A, B and so on, then numbers. */
    public static String letter(int source) {
        return source < 26 ? Character.toString('A' + source) : Integer.toString(source + 1);
    }
}
