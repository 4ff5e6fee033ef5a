package org.interregnum.standalone.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.interregnum.orchestrator.adapter.export.ExportException;
import org.interregnum.orchestrator.adapter.export.FigureUnavailableException;
import org.interregnum.orchestrator.request.BadInputException;

/** The directory that exported files go to; what would not work is said before anything is created. */
final class ExportPlace {
    private static final String RULE = "must be a directory, new or without such files";

    private final Path path;
    private final List<Path> created = new ArrayList<>();

    private ExportPlace(Path path) {
        this.path = path;
    }

    /**
     * Finds the place and checks it, but creates nothing.
     *
     * @param path the directory
     * @param files names of the files that will be written
     * @throws BadInputException when one of them is there, or none can be created
     */
    static ExportPlace find(Path path, List<String> files) {
        for (String file : files) {
            if (Files.exists(path.resolve(file))) {
                throw unusable(path, "holds " + file + " already");
            }
        }
        Path nearest = path.toAbsolutePath().normalize();
        while (nearest != null && !Files.exists(nearest)) {
            nearest = nearest.getParent();
        }
        if (nearest == null || !Files.isDirectory(nearest)) {
            throw unusable(path, nearest + " is a file");
        }
        if (!Files.isWritable(nearest)) {
            throw unusable(path, nearest + " cannot be written to");
        }
        return new ExportPlace(path);
    }

    Path path() {
        return path;
    }

    /** @throws ExportException when the directory cannot be created */
    void create() {
        for (Path missing = path.toAbsolutePath().normalize();
                missing != null && !Files.exists(missing);
                missing = missing.getParent()) {
            created.add(missing);
        }
        try {
            Files.createDirectories(path);
        } catch (IOException e) {
            discard();
            throw ExportException.cannotWrite(path, e);
        }
    }

    /**
     * Creates the directory and has it filled; when that fails, says why and leaves no empty directory.
     *
     * @param complaints receives why not
     * @param writing writes the files
     * @return the exit code
     */
    int fill(Consumer<String> complaints, Runnable writing) {
        boolean done = false;
        try {
            create();
            writing.run();
            done = true;
            return ExitCode.DONE;
        } catch (ExportException | FigureUnavailableException e) {
            complaints.accept(e.getMessage());
            return ExitCode.FAULT;
        } finally {
            if (!done) {
                discard();
            }
        }
    }

    /** Removes the directories that were created, unless something is in them. */
    void discard() {
        for (Path directory : created) {
            try {
                Files.deleteIfExists(directory);
            } catch (IOException e) {
                // Somebody else has put something there since: then it stays.
                return;
            }
        }
    }

    private static BadInputException unusable(Path path, String problem) {
        return BadInputException.about("--out", path.toString(), problem + "; " + RULE);
    }
}
