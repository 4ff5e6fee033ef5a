package org.interregnum.standalone.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import org.interregnum.orchestrator.adapter.export.sweep.AgentComparison;
import org.interregnum.orchestrator.adapter.export.sweep.ComparisonFiles;
import org.interregnum.orchestrator.adapter.export.sweep.Measure;
import org.interregnum.orchestrator.adapter.export.sweep.SweepUnreadableException;
import org.interregnum.orchestrator.request.BadInputException;
import org.interregnum.orchestrator.request.Given;
import org.interregnum.orchestrator.request.Values;
import org.interregnum.orchestrator.statistics.Bootstrap;
import org.interregnum.orchestrator.statistics.Estimate;
import org.interregnum.orchestrator.statistics.Interval;
import org.interregnum.orchestrator.statistics.PairedComparison;

/** {@code market compare}: the same markets with different agents, seed by seed. */
final class CompareCommand {
    static final String MEASURE = "--measure";
    static final String CONFIDENCE = "--confidence";
    static final String RESAMPLES = "--resamples";
    static final String DEFAULT_OUT = "comparison";

    private static final String CONFIDENCE_RULE = "must be a number from 0.5 to 0.999";
    private static final String RESAMPLES_RULE =
            "must be a whole number from " + Bootstrap.FEWEST_RESAMPLES + " to " + Bootstrap.MOST_RESAMPLES;

    private final Console console;

    CompareCommand(Console console) {
        this.console = console;
    }

    /**
     * Compares.
     *
     * @param sources directories of sweeps or runs
     * @param measures names of order parameters with commas between them; empty for all
     * @param out where table and figure go; empty for a directory of its own name
     */
    int execute(List<Path> sources, Optional<Given> measures, Bootstrap bootstrap, Optional<Path> out) {
        if (sources.isEmpty()) {
            throw new BadInputException("A is missing: must be the directory of a sweep, of a run, or of runs");
        }
        List<Measure> chosen = measures.map(CompareCommand::measures).orElse(List.of(Measure.values()));
        AgentComparison comparison;
        try {
            comparison = AgentComparison.read(sources, bootstrap);
        } catch (SweepUnreadableException e) {
            throw new BadInputException(e.getMessage());
        }
        ExportPlace place = ExportPlace.find(
                out.orElse(Path.of(DEFAULT_OUT)),
                List.of(ComparisonFiles.TABLE, ComparisonFiles.FIGURE + ".png", ComparisonFiles.FIGURE + ".svg"));
        print(comparison, chosen);
        return place.fill(console.saying("market compare"), () -> write(comparison, chosen, bootstrap, place.path()));
    }

    /** The resampling that options ask for. */
    static Bootstrap bootstrap(Optional<Given> confidence, Optional<Given> resamples, Optional<Given> seed) {
        Bootstrap preset = Bootstrap.DEFAULT;
        return new Bootstrap(
                confidence.map(CompareCommand::confidence).orElse(preset.confidence()),
                resamples
                        .map(given -> (int) Values.wholeNumber(
                                given, Bootstrap.FEWEST_RESAMPLES, Bootstrap.MOST_RESAMPLES, RESAMPLES_RULE))
                        .orElse(preset.resamples()),
                seed.map(given -> Values.wholeNumber(
                                given, 0, 0xFFFF_FFFFL, "must be a whole number from 0 to 4294967295"))
                        .orElse(preset.seed()));
    }

    private static double confidence(Given given) {
        try {
            double confidence = Double.parseDouble(given.text());
            if (confidence >= 0.5 && confidence <= 0.999) {
                return confidence;
            }
        } catch (NumberFormatException e) {
            // The rule says what it must be.
        }
        throw given.isBad(CONFIDENCE_RULE);
    }

    private static List<Measure> measures(Given given) {
        List<Measure> measures = new ArrayList<>();
        for (String name : given.text().split(",", -1)) {
            measures.add(Measure.ofColumn(name.strip())
                    .orElseThrow(() -> given.isBad("must be of "
                            + Arrays.stream(Measure.values())
                                    .map(Measure::column)
                                    .collect(Collectors.joining(", ")))));
        }
        return measures;
    }

    private void print(AgentComparison comparison, List<Measure> measures) {
        List<String> names = comparison.names();
        for (int source = 0; source < names.size(); source++) {
            line(ComparisonFiles.letter(source), names.get(source));
        }
        line(
                "pairs",
                String.format(
                        Locale.ROOT,
                        "%d seeds, in %d markets that all have finished; no p-value can be below %s",
                        comparison.seeds(),
                        comparison.markets(),
                        Summary.number(Math.min(1, Math.pow(2, 1.0 - comparison.seeds())))));
        comparison.leftOut().forEach(what -> line("left out", what));
        for (int source = 1; source < names.size(); source++) {
            String other = ComparisonFiles.letter(source);
            row("", "A", other, other + " - A", "p", "d_z", "r");
            for (Measure measure : measures) {
                PairedComparison pairs = comparison.againstFirst(source, measure);
                row(
                        measure.column(),
                        shown(comparison.estimate(0, measure)),
                        shown(comparison.estimate(source, measure)),
                        shown(pairs.difference(), pairs.interval()),
                        Summary.number(pairs.p()),
                        Summary.number(pairs.standardisedDifference()),
                        Summary.number(pairs.rankBiserial()));
            }
        }
    }

    private static String shown(Estimate estimate) {
        return shown(estimate.mean(), estimate.interval());
    }

    private static String shown(double value, Interval interval) {
        return Summary.number(value)
                + (interval.isDefined()
                        ? " (" + Summary.number(interval.low()) + " to " + Summary.number(interval.high()) + ")"
                        : "");
    }

    private void write(AgentComparison comparison, List<Measure> measures, Bootstrap bootstrap, Path directory) {
        ComparisonFiles.writeTable(comparison, measures, directory);
        line("table", directory.resolve(ComparisonFiles.TABLE).toString());
        ComparisonFiles.writeFigure(comparison, measures, bootstrap.confidence(), directory);
        Path figure = directory.resolve(ComparisonFiles.FIGURE);
        line("figure", figure + ".png, " + figure + ".svg");
    }

    private void line(String name, String value) {
        console.out().println(String.format(Locale.ROOT, "%-28s  %s", name, value));
    }

    private void row(String name, String first, String second, String difference, String p, String d, String r) {
        console.out()
                .println(String.format(
                                Locale.ROOT,
                                "%-28s  %-26s  %-26s  %-28s  %-7s  %-11s  %s",
                                name,
                                first,
                                second,
                                difference,
                                p,
                                d,
                                r)
                        .stripTrailing());
    }
}
