package org.interregnum.standalone.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.interregnum.orchestrator.adapter.export.ExportException;
import org.interregnum.orchestrator.adapter.export.RunArrays;
import org.interregnum.orchestrator.adapter.export.table.RunTables;
import org.interregnum.orchestrator.adapter.export.table.TableFormat;
import org.interregnum.orchestrator.adapter.json.IndexedDecisions;
import org.interregnum.orchestrator.event.EventLogException;
import org.interregnum.orchestrator.recording.EarlierRun;
import org.interregnum.orchestrator.recording.MemoryNeed;
import org.interregnum.orchestrator.request.BadInputException;
import org.interregnum.orchestrator.request.Given;

/** {@code market export}: writes a run's log as tables or arrays for other programs, as far as the log goes. */
final class ExportCommand {
    static final String FORMAT = "--format";
    static final String FORMATS = "one of parquet, csv, jsonl, npz";

    private static final String ARRAYS = "npz";
    private static final String ARRAYS_FILE = "series.npz";

    private final Console console;
    private volatile boolean stopRequested;

    ExportCommand(Console console) {
        this.console = console;
    }

    /**
     * Exports a run.
     *
     * @param kafka broker that has the run, if one was given
     * @param format name of the format
     * @param out where the files go; empty for the folder {@code export} of the run, or for one beside where it would be
     */
    int execute(Path run, Optional<Given> kafka, Given format, Optional<Path> out) {
        Optional<TableFormat> tables = tables(format);
        EarlierRun before = read(run, kafka);
        List<String> names = new ArrayList<>(List.of(RunTables.SERIES, RunTables.STEPS));
        if (before.hasModels()) {
            names.add(RunTables.DECISIONS);
        }
        if (tables.isEmpty()) {
            MemoryNeed.of(before.spec()).require(before.spec());
        }
        ExportPlace place = ExportPlace.find(
                out.orElseGet(() -> preset(before)),
                tables.map(known -> names.stream()
                                .map(name -> RunTables.fileName(name, known))
                                .toList())
                        .orElse(List.of(ARRAYS_FILE)));
        try (Interruption interruption = new Interruption()) {
            interruption.stops(() -> stopRequested = true);
            return export(before, tables, names, place);
        }
    }

    private static Optional<TableFormat> tables(Given format) {
        if (format.text().equals(ARRAYS)) {
            return Optional.empty();
        }
        for (TableFormat known : TableFormat.values()) {
            if (known.extension().equals(format.text())) {
                return Optional.of(known);
            }
        }
        throw format.isBad("must be " + FORMATS);
    }

    private static Path preset(EarlierRun before) {
        return before.hasDirectory()
                ? before.directory().path().resolve("export")
                : Path.of(before.directory().name() + "-export");
    }

    private EarlierRun read(Path run, Optional<Given> kafka) {
        try {
            EarlierRun before = EarlierRun.read(run, kafka, this::complain);
            if (!before.opened()) {
                throw BadInputException.about(
                        "RUN", run.toString(), "its market did not open, so there is nothing to export");
            }
            return before;
        } catch (EventLogException e) {
            throw new BadInputException(e.getMessage());
        }
    }

    private int export(EarlierRun before, Optional<TableFormat> format, List<String> names, ExportPlace place) {
        boolean done = false;
        try {
            place.create();
            if (format.isPresent()) {
                writeTables(before, format.get(), names, place.path());
            } else {
                writeArrays(before, place.path());
            }
            done = true;
        } catch (EventLogException e) {
            throw new BadInputException(before.named(e.getMessage()));
        } catch (ExportException e) {
            complain(e.getMessage());
            return ExitCode.FAULT;
        } catch (Interrupted e) {
            complain("interrupted; nothing was exported");
            return ExitCode.INTERRUPTED;
        } finally {
            if (!done) {
                place.discard();
            }
        }
        if (before.end().isEmpty() || before.steps() < before.started().points() - 1) {
            complain(String.format(
                    Locale.ROOT,
                    "the log ends after step %d of %d, and so does what was exported",
                    before.steps(),
                    before.started().points() - 1));
        }
        return ExitCode.DONE;
    }

    private void writeTables(EarlierRun before, TableFormat format, List<String> names, Path directory) {
        try (RunTables tables = RunTables.begin(directory, format, names)) {
            tables.add(before.started());
            before.forEach(event -> {
                requireGoingOn();
                tables.add(event);
            });
            if (names.contains(RunTables.DECISIONS)) {
                IndexedDecisions.readEach(before.decisionLines(), (line, decision) -> {
                    requireGoingOn();
                    tables.add(decision);
                });
            }
            Map<Path, Long> written = tables.finish();
            written.forEach((file, rows) -> say(file, rows + " rows"));
        }
    }

    private void writeArrays(EarlierRun before, Path directory) {
        Path file = directory.resolve(ARRAYS_FILE);
        try (RunArrays arrays = new RunArrays(file, before.started(), before.steps() + 1)) {
            before.forEach(event -> {
                requireGoingOn();
                arrays.add(event);
            });
            Optional<String> leftOut = arrays.finish();
            say(
                    file,
                    before.steps() + 1 + " points"
                            + leftOut.map(what -> ", without " + what).orElse(""));
        }
    }

    private void requireGoingOn() {
        if (stopRequested) {
            throw new Interrupted();
        }
    }

    private void say(Path file, String what) {
        console.out().println(file + "  " + what);
    }

    private void complain(String problem) {
        console.err().println("market export: " + problem);
    }

    /** The user does not want it any more. */
    private static final class Interrupted extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }
}
