package org.interregnum.orchestrator.recording;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import org.interregnum.orchestrator.adapter.export.ExportException;
import org.interregnum.orchestrator.adapter.export.RunDirectory;
import org.interregnum.orchestrator.event.EventLogException;
import org.interregnum.orchestrator.request.BadInputException;
import org.interregnum.orchestrator.request.Setting;

/** Finds where a run's files will go; what would not work is said before anything is created. */
public final class RunPlace {
    private final Path path;

    private RunPlace(Path path) {
        this.path = path;
    }

    /**
     * Finds the place and checks it, but creates nothing.
     *
     * @throws BadInputException when something else is there, or nothing can be created there
     */
    public static RunPlace find(Optional<Path> asked) {
        RunPlace place = new RunPlace(asked.orElseGet(() -> RunDirectory.newPath(Instant.now())));
        place.check();
        return place;
    }

    /** Its name, which serves as the run's identifier. */
    public String name() {
        return RunDirectory.of(path).name();
    }

    private void check() {
        if (Files.isDirectory(path)) {
            requireEmpty();
        } else if (Files.exists(path)) {
            throw unusable("is a file");
        }
        Path nearest = path.toAbsolutePath().normalize();
        while (nearest != null && !Files.exists(nearest)) {
            nearest = nearest.getParent();
        }
        if (nearest == null || !Files.isDirectory(nearest)) {
            throw unusable(nearest + " is a file");
        }
        if (!Files.isWritable(nearest)) {
            throw unusable(nearest + " cannot be written to");
        }
    }

    private void requireEmpty() {
        try {
            if (!RunDirectory.isEmpty(path)) {
                throw unusable("holds files already");
            }
        } catch (IOException e) {
            throw unusable("cannot be read");
        }
    }

    /**
     * Creates the directory.
     *
     * @throws BadInputException when the system does not let it
     */
    public RunDirectory create() {
        try {
            return RunDirectory.create(path);
        } catch (ExportException e) {
            throw unusable(e.getMessage());
        }
    }

    /**
     * Creates the directory for whoever is going to write a run's files there.
     *
     * @throws BadInputException when the system does not let it, or somebody else was quicker
     */
    public OwnedDirectory own() {
        boolean isNew = Files.notExists(path);
        OwnedDirectory owned =
                take(create(), isNew).orElseThrow(() -> unusable("another process is writing a run there"));
        boolean isOurs = false;
        try {
            // Somebody else may have come, written all of a run and gone since it was looked at.
            requireEmpty();
            isOurs = true;
            return owned;
        } finally {
            if (!isOurs) {
                owned.close();
            }
        }
    }

    private Optional<OwnedDirectory> take(RunDirectory directory, boolean isNew) {
        try {
            return OwnedDirectory.take(directory);
        } catch (EventLogException e) {
            if (isNew) {
                directory.removeIfEmpty();
            }
            throw unusable(e.getMessage());
        }
    }

    private BadInputException unusable(String problem) {
        return BadInputException.about("--out", path.toString(), problem + "; " + Setting.OUT.rule());
    }
}
