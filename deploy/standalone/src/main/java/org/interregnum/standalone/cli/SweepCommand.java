package org.interregnum.standalone.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.interregnum.orchestrator.adapter.export.ExportException;
import org.interregnum.orchestrator.adapter.export.SweepManifest;
import org.interregnum.orchestrator.adapter.export.sweep.SweepFigures;
import org.interregnum.orchestrator.adapter.export.sweep.SweepUnreadableException;
import org.interregnum.orchestrator.adapter.kafka.KafkaConnection;
import org.interregnum.orchestrator.event.EventLogException;
import org.interregnum.orchestrator.recording.KafkaRuns;
import org.interregnum.orchestrator.request.BadInputException;
import org.interregnum.orchestrator.request.Given;
import org.interregnum.orchestrator.request.RunFile;
import org.interregnum.orchestrator.request.Setting;
import org.interregnum.orchestrator.request.SweepFileContent;
import org.interregnum.orchestrator.request.SweepRequest;
import org.interregnum.orchestrator.request.SweepRequestReader;
import org.interregnum.orchestrator.request.Values;
import org.interregnum.orchestrator.sweep.CellStatus;
import org.interregnum.orchestrator.sweep.SweepManner;
import org.interregnum.orchestrator.sweeping.DistributedSweep;
import org.interregnum.orchestrator.sweeping.LocalSweep;
import org.interregnum.orchestrator.sweeping.Sweep;
import org.interregnum.orchestrator.sweeping.SweepListener;
import org.interregnum.standalone.InProcessAgents;
import picocli.CommandLine.ParseResult;

/** {@code market sweep}: runs a market for every combination of values, and goes on with what is missing. */
final class SweepCommand {
    static final String SEEDS = "--" + SweepFileContent.SEEDS;
    static final String REPETITIONS = "--" + SweepFileContent.REPETITIONS;
    static final String AT_ONCE = "--at-once";
    static final String KEEP_RUNS = "--keep-runs";
    static final String DISTRIBUTE = "--distribute";
    static final String DRY_RUN = "--dry-run";

    /** What may be said anew when a sweep is resumed by its directory. */
    private static final Set<Setting> ANEW = Set.of(
            Setting.MAX_CALLS, Setting.MAX_TOKENS, Setting.MAX_COST, Setting.FIGURE, Setting.NO_FIGURE, Setting.QUIET);

    private static final String NAME = "market sweep";

    private final Console console;

    SweepCommand(Console console) {
        this.console = console;
    }

    int execute(ParseResult result, Map<Setting, Given> options) {
        SweepFileContent file = result.hasMatchedOption(CommandLines.FILE)
                ? RunFile.readSweep(result.matchedOptionValue(CommandLines.FILE, ""))
                : SweepFileContent.NONE;
        SweepRequest request = SweepRequestReader.read(
                options, MarketCommand.extra(result, SEEDS), MarketCommand.extra(result, REPETITIONS), file);
        SweepManner manner = manner(result, SweepManner.USUAL);
        Optional<KafkaConnection> kafka = broker(request, options, result.hasMatchedOption(DISTRIBUTE));
        SweepNeeds needs = new SweepNeeds(request, manner);
        Sweep.check(request);
        if (result.hasMatchedOption(DRY_RUN)) {
            needs.print(console.out());
            return ExitCode.DONE;
        }
        return run(request, needs, manner, kafka);
    }

    private static SweepManner manner(ParseResult result, SweepManner before) {
        return new SweepManner(
                MarketCommand.extra(result, AT_ONCE)
                        .map(given ->
                                (int) Values.wholeNumber(given, 1, 10_000, "must be a whole number from 1 to 10000"))
                        .or(before::atOnce),
                result.hasMatchedOption(KEEP_RUNS) || before.keepsRuns());
    }

    /**
     * Goes on with the sweep in a directory, in the manner in which it was run as far as nothing else is said.
     *
     * @param before what there is of it
     */
    int resume(ParseResult result, Path directory, SweepManifest.Before before, Map<Setting, Given> options) {
        Map<Setting, Given> changed = new EnumMap<>(Setting.class);
        options.forEach((setting, given) -> {
            if (!ANEW.contains(setting)) {
                throw given.isBad("is a part of the sweep in " + directory + "; must be left out");
            }
            changed.put(setting, given);
        });
        changed.put(Setting.OUT, new Given(Setting.OUT.firstName(), directory.toString()));
        SweepRequest request = SweepRequestReader.read(before.source(), changed);
        SweepManner manner = manner(result, before.manner());
        return run(request, new SweepNeeds(request, manner), manner, request.kafka());
    }

    private static Optional<KafkaConnection> broker(
            SweepRequest request, Map<Setting, Given> options, boolean isDistributed) {
        if (!isDistributed && request.kafka().isPresent()) {
            Given given = options.getOrDefault(Setting.KAFKA, new Given(Setting.KAFKA.firstName(), ""));
            throw given.isBad("has no effect in a sweep without --distribute; give it or leave this out");
        }
        if (isDistributed && request.kafka().isEmpty()) {
            throw new BadInputException("--distribute needs a broker; --kafka HOST:PORT must say where");
        }
        request.kafka().ifPresent(KafkaRuns::requireListening);
        return request.kafka();
    }

    private int run(SweepRequest request, SweepNeeds needs, SweepManner manner, Optional<KafkaConnection> kafka) {
        if (kafka.isEmpty()) {
            List<String> keys = needs.requireModels();
            if (!request.quiet()) {
                keys.forEach(this::complain);
            }
        }
        try (Interruption interruption = new Interruption();
                Sweep sweep = open(request, manner)) {
            sweep.notes().forEach(this::complain);
            boolean isStopped;
            try (SweepProgress progress = SweepProgress.start(console, sweep)) {
                isStopped = kafka.isPresent()
                        ? distribute(sweep, kafka.get(), manner, progress, interruption)
                        : runHere(sweep, needs, manner, progress, interruption);
            }
            return end(sweep, isStopped);
        } catch (EventLogException | ExportException e) {
            complain(e.getMessage());
            return ExitCode.FAULT;
        }
    }

    private static boolean runHere(
            Sweep sweep, SweepNeeds needs, SweepManner manner, SweepListener progress, Interruption interruption) {
        LocalSweep local = new LocalSweep(sweep, new InProcessAgents(), needs.atOnce(), manner.keepsRuns(), progress);
        interruption.stops(local::stop);
        local.run();
        return local.isStopped();
    }

    private boolean distribute(
            Sweep sweep, KafkaConnection kafka, SweepManner manner, SweepListener progress, Interruption interruption) {
        DistributedSweep distributed = new DistributedSweep(
                sweep, kafka, manner.keepsRuns(), new CellForecasts(sweep.request()), progress, this::complain);
        interruption.stops(distributed::stop);
        distributed.run();
        return distributed.isStopped();
    }

    private static Sweep open(SweepRequest request, SweepManner manner) {
        try {
            return Sweep.open(request, manner);
        } catch (EventLogException e) {
            throw BadInputException.about(
                    Setting.OUT.firstName(), request.out().map(Path::toString).orElse(""), e.getMessage());
        }
    }

    private int end(Sweep sweep, boolean isStopped) {
        Map<CellStatus, Integer> counts = sweep.counts();
        int cells = sweep.request().cells();
        int failed = counts.get(CellStatus.FAILED);
        int finished = counts.get(CellStatus.FINISHED);
        String status =
                finished == cells ? "finished" : isStopped ? "interrupted" : failed > 0 ? "failed" : "budget_spent";
        sweep.write(status);
        Path path = sweep.directory().path();
        if (failed > 0) {
            sweep.firstFailure()
                    .ifPresent(first -> complain("%d of %d cells failed, the first of them cell %d: %s"
                            .formatted(failed, cells, first.cell(), first.reason())));
        }
        if (finished < cells) {
            complain("%s; what there is so far is in %s, and 'market resume %s' goes on%s"
                    .formatted(
                            isStopped
                                    ? "interrupted"
                                    : failed > 0 ? "not all cells are finished" : "stopped at the budget of the sweep",
                            path,
                            path,
                            !isStopped && failed == 0 ? " with a larger budget" : ""));
        }
        print(sweep, counts, path);
        return finished == cells
                ? ExitCode.DONE
                : isStopped ? ExitCode.INTERRUPTED : failed > 0 ? ExitCode.AGENTS_FAILED : ExitCode.BUDGET_SPENT;
    }

    private void print(Sweep sweep, Map<CellStatus, Integer> counts, Path path) {
        int missing = sweep.request().cells();
        List<String> parts = new ArrayList<>();
        for (Map.Entry<CellStatus, Integer> count : counts.entrySet()) {
            missing -= count.getValue();
            if (count.getValue() > 0) {
                parts.add(count.getValue() + " "
                        + count.getKey().name().toLowerCase(Locale.ROOT).replace('_', ' '));
            }
        }
        if (missing > 0) {
            parts.add(missing + " missing");
        }
        console.out().println("%d cells: %s".formatted(sweep.request().cells(), String.join(", ", parts)));
        Map<String, Integer> regimes = sweep.regimes();
        regimes.forEach((regime, count) ->
                console.out().println(String.format(Locale.ROOT, "  %-24s %6d", regime.replace('_', ' '), count)));
        console.out().println("Files in " + path);
        if (missing < sweep.request().cells() && sweep.request().figure()) {
            draw(path, sweep.request().quiet());
        }
    }

    private void draw(Path path, boolean quiet) {
        try (FiguresProgress progress = new FiguresProgress(console, quiet)) {
            SweepFigures.write(path, line -> console.out().println("  " + line), progress);
        } catch (SweepUnreadableException | ExportException e) {
            complain("no figures: " + e.getMessage());
        }
    }

    private void complain(String problem) {
        console.err().println(NAME + ": " + problem);
    }
}
