package org.interregnum.standalone.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.interregnum.orchestrator.adapter.export.ComparisonFigure;
import org.interregnum.orchestrator.adapter.export.FigureFiles;
import org.interregnum.orchestrator.adapter.export.RunDirectory;
import org.interregnum.orchestrator.agent.ModelAssignment;
import org.interregnum.orchestrator.analysis.MarketSeries;
import org.interregnum.orchestrator.analysis.OrderParameters;
import org.interregnum.orchestrator.analysis.Regime;
import org.interregnum.orchestrator.analysis.RunComparison;
import org.interregnum.orchestrator.event.EventLogException;
import org.interregnum.orchestrator.event.EventSource;
import org.interregnum.orchestrator.recording.EarlierRun;
import org.interregnum.orchestrator.recording.KafkaPlace;
import org.interregnum.orchestrator.request.BadInputException;
import org.interregnum.orchestrator.request.Choices;
import org.interregnum.orchestrator.request.Given;
import org.interregnum.orchestrator.run.RunSpec;

/** {@code market diff}: what two runs have in common and where they part. */
final class DiffCommand {
    private static final String NAME = "diff";
    private static final String PNG = NAME + ".png";
    private static final String SVG = NAME + ".svg";

    private final Console console;

    DiffCommand(Console console) {
        this.console = console;
    }

    /**
     * Compares two runs.
     *
     * @param kafka broker of those that are named by their ids; if there are none, of those whose logs are on Kafka
     * @param out where the figure goes; empty for no figure
     */
    int execute(Path first, Path second, Optional<Given> kafka, Optional<Path> out) {
        List<Path> meant = meant(List.of(first, second));
        kafka.filter(given -> meant.isEmpty()).ifPresent(given -> {
            throw given.isBad("has no effect, for the logs of both are files; must be left out");
        });
        EarlierRun one = read(first, kafka.filter(given -> meant.contains(first)));
        EarlierRun other = read(second, kafka.filter(given -> meant.contains(second)));
        ExportPlace place =
                out.map(path -> ExportPlace.find(path, List.of(PNG, SVG))).orElse(null);
        RunComparison comparison;
        try (EventSource some = one.events();
                EventSource others = other.events()) {
            comparison =
                    RunComparison.of(some, one.started(), one.steps() + 1, others, other.started(), other.steps() + 1);
        } catch (EventLogException e) {
            throw new BadInputException(e.getMessage());
        }
        line("A", first + progress(one));
        line("B", second + progress(other));
        printSettings(one, other);
        printTrajectories(one, other, comparison);
        Outcome a = Outcome.of(one, comparison.first());
        Outcome b = Outcome.of(other, comparison.second());
        printOutcomes(a, b);
        return place == null ? ExitCode.DONE : draw(comparison, one, other, a, b, place);
    }

    private static List<Path> meant(List<Path> runs) {
        List<Path> ids = runs.stream().filter(KafkaPlace::isId).toList();
        return ids.isEmpty()
                ? runs.stream()
                        .filter(run -> Files.notExists(RunDirectory.of(run).eventLog()))
                        .toList()
                : ids;
    }

    private EarlierRun read(Path run, Optional<Given> kafka) {
        try {
            EarlierRun before = EarlierRun.readLog(run, kafka, console.saying("market diff"));
            if (!before.opened()) {
                throw BadInputException.about(
                        "RUN", run.toString(), "its market did not open, so there is nothing to compare");
            }
            return before;
        } catch (EventLogException e) {
            throw new BadInputException(e.getMessage());
        }
    }

    private static String progress(EarlierRun run) {
        return run.steps() == run.spec().steps()
                ? ""
                : ", as far as it came: step %d of %d"
                        .formatted(run.steps(), run.spec().steps());
    }

    private void printSettings(EarlierRun one, EarlierRun other) {
        Map<String, String> first = settings(one);
        Map<String, String> second = settings(other);
        List<String> differing = first.keySet().stream()
                .filter(name -> !first.get(name).equals(second.get(name)))
                .toList();
        if (differing.isEmpty()) {
            line("settings", "the same");
            return;
        }
        table("settings", "A", "B");
        differing.forEach(name -> table("  " + name, first.get(name), second.get(name)));
    }

    private static Map<String, String> settings(EarlierRun run) {
        RunSpec spec = run.spec();
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("J", spec.market().scaledNetworkEffect());
        values.put("rho", spec.market().updateRate());
        values.put("Nt", spec.points());
        values.put("num_buyers", spec.market().buyers());
        values.put("num_sellers", spec.market().sellers());
        values.put("mu", spec.market().preferenceMean());
        values.put("sigma", spec.market().preferenceDeviation());
        values.put("unit_cost", spec.market().unitCost());
        values.put("cost_cap", spec.market().costCap());
        values.put("noise", spec.market().noise());
        values.put("visibility", spec.market().visibility());
        values.put("seed", spec.seed());
        values.put("generator", spec.generator());
        values.put("burn_in", spec.burnIn());
        values.put("sellers", sellers(spec.models()));
        values.put("buyers", buyers(spec.models()));
        values.put(
                "forked",
                run.course(spec).forks().isEmpty()
                        ? "no"
                        : run.course(spec).forks().stream()
                                .map(fork -> "at step " + fork.step() + " of " + fork.parentRunId())
                                .collect(Collectors.joining(", then ")));
        Map<String, String> texts = new LinkedHashMap<>();
        values.forEach((name, value) -> texts.put(name, value.toString()));
        return texts;
    }

    private static String sellers(ModelAssignment models) {
        List<String> who = new ArrayList<>();
        models.sellers()
                .forEach(range -> who.add(range.first() + "-" + range.last() + " "
                        + range.model().model() + " told "
                        + Choices.name(range.information()).replace('_', '-')));
        return who.isEmpty() ? "rule" : String.join(", ", who);
    }

    private static String buyers(ModelAssignment models) {
        List<String> who = new ArrayList<>();
        models.buyers()
                .forEach(cohort ->
                        who.add(cohort.buyers().length + " " + cohort.model().model()));
        return who.isEmpty() ? "rule" : String.join(", ", who) + (models.buyersActEveryStep() ? ", every step" : "");
    }

    private void printTrajectories(EarlierRun one, EarlierRun other, RunComparison comparison) {
        boolean sameSize =
                one.spec().market().sellers() == other.spec().market().sellers()
                        && one.spec().market().buyers() == other.spec().market().buyers();
        if (!sameSize) {
            line("trajectories", "of markets of different size, not compared step by step");
            return;
        }
        int common = Math.min(one.steps(), other.steps());
        if (comparison.differingStep() != RunComparison.NONE) {
            line(
                    "trajectories",
                    (comparison.differingStep() == 0
                                    ? "differ from the opening on"
                                    : "the same up to step %d, first differ at step %d"
                                            .formatted(comparison.differingStep() - 1, comparison.differingStep()))
                            + ", in");
            comparison.differences().forEach(difference -> console.out().println("    " + difference));
        } else if (one.steps() == other.steps()) {
            line(
                    "trajectories",
                    "identical in every bit of %d points' shares, prices and choices".formatted(common + 1));
        } else {
            line(
                    "trajectories",
                    "the same in every bit up to step %d, where %s ends; %s goes on to step %d"
                            .formatted(
                                    common,
                                    one.steps() < other.steps() ? "A" : "B",
                                    one.steps() < other.steps() ? "B" : "A",
                                    Math.max(one.steps(), other.steps())));
        }
        if (comparison.differingDeciders() != RunComparison.NONE) {
            line(
                    "decided by others",
                    "from step %d on, %s".formatted(comparison.differingDeciders(), comparison.deciders()));
        }
    }

    private void printOutcomes(Outcome a, Outcome b) {
        table("", "A", "B");
        table("regime", a.regime(), b.regime());
        a.order()
                .asMap()
                .forEach((name, value) -> table(
                        name,
                        Summary.number(value),
                        Summary.number(b.order().asMap().get(name))));
    }

    private int draw(
            RunComparison comparison, EarlierRun one, EarlierRun other, Outcome a, Outcome b, ExportPlace place) {
        ComparisonFigure figure = new ComparisonFigure(
                comparison.first(),
                comparison.second(),
                "A: " + one.directory().name() + ", " + a.regime(),
                "B: " + other.directory().name() + ", " + b.regime(),
                comparison.differingStep());
        return place.fill(console.saying("market diff"), () -> {
            FigureFiles.write(figure, place.path(), NAME);
            line("figure", place.path().resolve(PNG) + ", " + place.path().resolve(SVG));
        });
    }

    private void line(String name, String value) {
        console.out().println(String.format(Locale.ROOT, "%-28s  %s", name, value));
    }

    private void table(String name, String first, String second) {
        console.out().println(String.format(Locale.ROOT, "%-28s  %-24s  %s", name, first, second));
    }

    /** What came out of a run. */
    private record Outcome(OrderParameters order, String regime) {
        static Outcome of(EarlierRun run, MarketSeries series) {
            RunSpec spec = run.spec();
            OrderParameters order = OrderParameters.of(series, run.course(spec)::marketAt, spec.burnIn());
            return new Outcome(order, Choices.name(Regime.of(order)).replace('_', ' '));
        }
    }
}
