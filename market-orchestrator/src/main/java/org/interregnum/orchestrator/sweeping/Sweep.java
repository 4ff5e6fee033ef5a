package org.interregnum.orchestrator.sweeping;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.interregnum.agent.BuildVersion;
import org.interregnum.orchestrator.adapter.export.ExportException;
import org.interregnum.orchestrator.adapter.export.RunDirectory;
import org.interregnum.orchestrator.adapter.export.SweepManifest;
import org.interregnum.orchestrator.adapter.export.table.SweptRunTables;
import org.interregnum.orchestrator.adapter.file.OtherGridException;
import org.interregnum.orchestrator.adapter.file.SweepJournal;
import org.interregnum.orchestrator.analysis.Regime;
import org.interregnum.orchestrator.event.EventLogException;
import org.interregnum.orchestrator.recording.RunPlace;
import org.interregnum.orchestrator.request.BadInputException;
import org.interregnum.orchestrator.request.Setting;
import org.interregnum.orchestrator.request.SweepRequest;
import org.interregnum.orchestrator.sweep.CellOutcome;
import org.interregnum.orchestrator.sweep.CellStatus;
import org.interregnum.orchestrator.sweep.SweepManner;

/** A sweep in its directory: begun or found, its journal open, its tables and manifest written whenever it ends. */
public final class Sweep implements AutoCloseable {
    private static final int ID_DIGITS = 8;
    private static final Path SWEEPS = Path.of("sweeps");

    private final SweepRequest request;
    private final SweepManner manner;
    private final SweepDirectory directory;
    private final SweepJournal journal;
    private final Optional<SweepManifest.Before> before;
    private final String id;
    private final Instant began = Instant.now();

    private Sweep(
            SweepRequest request,
            SweepManner manner,
            SweepDirectory directory,
            SweepJournal journal,
            Optional<SweepManifest.Before> before) {
        this.request = request;
        this.manner = manner;
        this.directory = directory;
        this.journal = journal;
        this.before = before;
        id = before.map(SweepManifest.Before::id)
                .orElseGet(() -> RunDirectory.of(directory.path()).name() + "-"
                        + UUID.randomUUID().toString().substring(0, ID_DIGITS));
    }

    /**
     * Begins a sweep, or finds what there is of it.
     *
     * @param manner how it is run, which is kept
     * @throws EventLogException when its journal cannot be read or written
     * @throws BadInputException when there is something else where its files should go
     */
    public static Sweep open(SweepRequest request, SweepManner manner) {
        SweepDirectory directory = new SweepDirectory(request.out()
                .orElseGet(
                        () -> SWEEPS.resolve(RunDirectory.newPath(Instant.now()).getFileName())));
        if (!directory.hasSweep()) {
            RunPlace.find(Optional.of(directory.path())).create();
        }
        String grid = identity(request);
        Optional<SweepManifest.Before> before = before(directory);
        if (before.isPresent() && !before.get().grid().equals(grid)) {
            throw anotherGrid(directory);
        }
        SweepJournal journal;
        try {
            journal = SweepJournal.open(directory.journal(), grid, request.cells());
        } catch (OtherGridException e) {
            throw anotherGrid(directory);
        }
        Sweep sweep = new Sweep(request, manner, directory, journal, before);
        sweep.manifest(SweepManifest.RUNNING).write(directory.manifest());
        return sweep;
    }

    /** Checks where a sweep's files would go, and creates nothing. */
    public static void check(SweepRequest request) {
        if (request.out().isPresent() && !new SweepDirectory(request.out().get()).hasSweep()) {
            RunPlace.find(request.out());
        }
    }

    private static BadInputException anotherGrid(SweepDirectory directory) {
        return BadInputException.about(
                Setting.OUT.firstName(),
                directory.path().toString(),
                "has a sweep of another grid; must be a new or empty directory, or that of this sweep");
    }

    private static String identity(SweepRequest request) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256")
                    .digest(request.identity().getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java has SHA-256", e);
        }
    }

    /** What was asked for. */
    public SweepRequest request() {
        return request;
    }

    /** Where its files are. */
    public SweepDirectory directory() {
        return directory;
    }

    /** What its cells came to so far. */
    public SweepJournal journal() {
        return journal;
    }

    /** What somebody should know who starts it again: an earlier version of the program, damaged lines. */
    public List<String> notes() {
        List<String> notes = new ArrayList<>();
        before.filter(earlier -> !earlier.programVersion().equals(BuildVersion.get()))
                .ifPresent(earlier ->
                        notes.add("its first cells were run by version %s of the program, the others will be by %s"
                                .formatted(earlier.programVersion(), BuildVersion.get())));
        if (journal.damagedLines() > 0) {
            notes.add("%d damaged lines of %s are passed over; their cells are run again"
                    .formatted(journal.damagedLines(), directory.journal()));
        }
        return notes;
    }

    /** Number of cells by how they ended. */
    public Map<CellStatus, Integer> counts() {
        Map<CellStatus, Integer> counts = new EnumMap<>(CellStatus.class);
        for (CellStatus status : CellStatus.values()) {
            counts.put(status, 0);
        }
        journal.forEach(outcome -> counts.merge(outcome.status(), 1, Integer::sum));
        return counts;
    }

    /** Number of cells by regime, in the order of the regimes. */
    public Map<String, Integer> regimes() {
        Map<String, Integer> counts = new LinkedHashMap<>();
        for (Regime regime : Regime.values()) {
            counts.put(regime.name().toLowerCase(Locale.ROOT), 0);
        }
        journal.forEach(outcome -> counts.computeIfPresent(outcome.regime(), (regime, count) -> count + 1));
        counts.values().removeIf(count -> count == 0);
        return counts;
    }

    /** The first cell that failed. */
    public Optional<CellOutcome> firstFailure() {
        List<CellOutcome> first = new ArrayList<>(1);
        journal.forEach(outcome -> {
            if (outcome.status() == CellStatus.FAILED && first.isEmpty()) {
                first.add(outcome);
            }
        });
        return first.stream().findFirst();
    }

    /**
     * Writes the tables of what there is, and the manifest.
     *
     * @param status {@code finished} when every cell is, {@code failed}, {@code budget_spent} or {@code interrupted}
     * @throws ExportException when a file cannot be written
     */
    public void write(String status) {
        SweepColumns columns = new SweepColumns(request);
        try (SweptRunTables tables = SweptRunTables.begin(directory.path(), columns.all())) {
            journal.forEach(outcome -> tables.add(columns.row(outcome)));
            tables.finish();
        }
        manifest(status).write(directory.manifest());
    }

    private SweepManifest manifest(String status) {
        SweepColumns columns = new SweepColumns(request);
        return new SweepManifest(
                id(),
                identity(request),
                BuildVersion.get(),
                status,
                request.grid(),
                columns.numbers(),
                request.fixedSettings(),
                request.seeds(),
                request.cells(),
                counts(),
                columns.names(),
                before.map(SweepManifest.Before::started).orElse(began),
                Instant.now(),
                manner,
                request.source());
    }

    /** Its identifier, of which there is no other: the name of the directory in which it began, and some digits. */
    public String id() {
        return id;
    }

    /**
     * What an earlier process says of the sweep in a directory; empty when there is none.
     *
     * @throws BadInputException when its manifest cannot be read, or is missing although there are outcomes
     */
    public static Optional<SweepManifest.Before> find(Path path) {
        SweepDirectory directory = new SweepDirectory(path);
        Optional<SweepManifest.Before> before = before(directory);
        if (before.isEmpty() && Files.exists(directory.journal())) {
            throw BadInputException.about(
                    "RUN",
                    path.toString(),
                    "has the cells.jsonl of a sweep, but no sweep.json to say which; 'market sweep' with the options of"
                            + " the sweep and --out " + path + " goes on with it");
        }
        return before;
    }

    private static Optional<SweepManifest.Before> before(SweepDirectory directory) {
        try {
            return SweepManifest.before(directory.manifest());
        } catch (ExportException e) {
            throw BadInputException.about(
                    "--out", directory.path().toString(), e.getMessage() + "; must be the directory of a sweep");
        }
    }

    /** Whether a cell has nothing left to do. */
    boolean isFinished(int cell) {
        return journal.isFinished(cell);
    }

    void add(CellOutcome outcome) {
        journal.append(outcome);
    }

    @Override
    public void close() {
        journal.close();
    }
}
