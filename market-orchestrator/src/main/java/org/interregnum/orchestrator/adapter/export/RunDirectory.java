package org.interregnum.orchestrator.adapter.export;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Stream;

/** Where a run's files are, and what they are called. */
public final class RunDirectory {
    private static final Path RUNS = Path.of("runs");
    private static final String LOCK = "run.lock";
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss").withZone(ZoneOffset.UTC);

    private final Path path;

    private RunDirectory(Path path) {
        this.path = path;
    }

    /** A path for a new run: {@code runs/<UTC time>-<six hexadecimal digits>}. Nothing is created. */
    public static Path newPath(Instant now) {
        int id = ThreadLocalRandom.current().nextInt(1 << 24);
        return RUNS.resolve(String.format(Locale.ROOT, "%s-%06x", TIME.format(now), id));
    }

    /**
     * Makes the directory of a new run, with its parents; all of them or, when that fails, none.
     *
     * @throws ExportException when it cannot be made, or exists and has something in it
     */
    public static RunDirectory create(Path path) {
        List<Path> missing = missing(path);
        try {
            Files.createDirectories(path);
            if (!isEmpty(path)) {
                throw new ExportException("cannot write " + path + ": the directory is not empty");
            }
        } catch (IOException e) {
            remove(missing);
            throw ExportException.cannotWrite(path, e);
        }
        return new RunDirectory(path);
    }

    /**
     * Whether a directory has nothing in it but, at most, the lock of somebody who has not written anything there.
     *
     * @throws IOException when it cannot be read
     */
    public static boolean isEmpty(Path directory) throws IOException {
        try (Stream<Path> entries = Files.list(directory)) {
            return entries.allMatch(entry -> entry.endsWith(LOCK));
        }
    }

    /** Whether it can be read, and has nothing in it. */
    public boolean isEmpty() {
        try {
            return isEmpty(path);
        } catch (IOException e) {
            return false;
        }
    }

    /** Removes it if there is nothing in it; otherwise it stays. */
    public void removeIfEmpty() {
        if (isEmpty()) {
            remove(List.of(path));
        }
    }

    /** The directories up to this one that do not exist, the innermost first. */
    private static List<Path> missing(Path path) {
        List<Path> missing = new ArrayList<>();
        Path directory = path.toAbsolutePath().normalize();
        while (directory != null && !Files.exists(directory)) {
            missing.add(directory);
            directory = directory.getParent();
        }
        return missing;
    }

    private static void remove(List<Path> directories) {
        for (Path directory : directories) {
            try {
                Files.deleteIfExists(directory);
            } catch (IOException e) {
                // Never made, or somebody else has put something there since: then it stays.
            }
        }
    }

    /** The directory of a run that exists. */
    public static RunDirectory of(Path path) {
        return new RunDirectory(path);
    }

    /** The directory itself. */
    public Path path() {
        return path;
    }

    /** Its name, which serves as the run's identifier. */
    public String name() {
        return path.toAbsolutePath().normalize().getFileName().toString();
    }

    /** What whoever writes the files has locked. */
    public Path lock() {
        return path.resolve(LOCK);
    }

    /** The manifest. */
    public Path manifest() {
        return path.resolve("run.json");
    }

    /** What was asked for, as a run file; there is one where an orchestrator service keeps the run. */
    public Path request() {
        return path.resolve("request.yaml");
    }

    /**
     * Keeps what was asked for: as a whole or, when that fails, as it was before.
     *
     * @throws ExportException when it cannot be written
     */
    public void keepRequest(String text) {
        keepRequest(text, Files.exists(request()) ? created() : Instant.now());
    }

    /**
     * The same of a run that nobody asked for before.
     *
     * @param created when it was asked for
     * @throws ExportException when it cannot be written
     */
    public void keepRequest(String text, Instant created) {
        new KeptRequest(request(), name()).write(text, created);
    }

    /**
     * When the run was first asked for.
     *
     * @throws ExportException when that cannot be read
     */
    public Instant created() {
        return new KeptRequest(request(), name()).read().created().orElseGet(this::changed);
    }

    private Instant changed() {
        try {
            return Files.getLastModifiedTime(request()).toInstant();
        } catch (IOException e) {
            throw new ExportException("cannot read " + request() + ": " + e.getMessage(), e);
        }
    }

    /**
     * What was asked for.
     *
     * @throws ExportException when it cannot be read, is of another run, or is not as it was kept
     */
    public String keptRequest() {
        return new KeptRequest(request(), name()).read().text();
    }

    /**
     * Keeps that the run was told to end before it had begun, so that nobody begins it unasked.
     *
     * @throws ExportException when it cannot be written
     */
    public void keepStop(String reason) {
        write(stop(), reason);
    }

    /** Why the run was told to end before it had begun; empty when it was not. */
    public Optional<String> keptStop() {
        return read(stop());
    }

    /**
     * It is begun after all.
     *
     * @throws ExportException when what was kept cannot be removed
     */
    public void forgetStop() {
        remove(stop());
    }

    /**
     * Keeps that the run, which was over, was told to go on and has not begun to yet.
     *
     * @param how in a word or two
     * @throws ExportException when it cannot be written
     */
    public void keepResume(String how) {
        write(resume(), how);
    }

    /** How the run was told to go on; empty when it was not, or has begun to. */
    public Optional<String> keptResume() {
        return read(resume());
    }

    /**
     * It goes on, or does not after all.
     *
     * @throws ExportException when what was kept cannot be removed
     */
    public void forgetResume() {
        remove(resume());
    }

    private static void write(Path file, String line) {
        try {
            Files.writeString(file, line + "\n");
        } catch (IOException e) {
            throw new ExportException(ExportException.CANNOT_WRITE + file + ": " + e.getMessage(), e);
        }
    }

    private static Optional<String> read(Path file) {
        try {
            return Files.exists(file) ? Optional.of(Files.readString(file).strip()) : Optional.empty();
        } catch (IOException e) {
            throw new ExportException("cannot read " + file + ": " + e.getMessage(), e);
        }
    }

    private static void remove(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new ExportException("cannot remove " + file + ": " + e.getMessage(), e);
        }
    }

    private Path stop() {
        return path.resolve("stopped");
    }

    private Path resume() {
        return path.resolve("resumed");
    }

    /** The event log. */
    public Path eventLog() {
        return path.resolve("events.log");
    }

    /** The decisions of models; there is none in a run of rules. */
    public Path decisions() {
        return path.resolve("decisions.jsonl");
    }

    /** The time series as NumPy arrays. */
    public Path arrays() {
        return path.resolve("series.npz");
    }

    /** The time series as a table. */
    public Path table() {
        return path.resolve("series.csv");
    }

    /** The time-asymmetric correlation as a table. */
    public Path correlation() {
        return path.resolve("correlation.csv");
    }

    /** The figure in pixels. */
    public Path png() {
        return path.resolve("market.png");
    }

    /** The figure in lines. */
    public Path svg() {
        return path.resolve("market.svg");
    }
}
