package org.interregnum.orchestrator.service;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.interregnum.orchestrator.adapter.export.RunDirectory;
import org.interregnum.orchestrator.event.EventLogException;

/**
 * Directories of runs that were removed. Each is taken away in one move and deleted then, so that a service that is killed
 * meanwhile leaves a run or none, and never a part that the next one would go on with.
 */
final class RemovedRuns {
    /** No run is called so. */
    private static final String PREFIX = ".removed-";

    private final Path data;

    /** @param data the directory of all runs */
    RemovedRuns(Path data) {
        this.data = data;
    }

    /**
     * Takes a directory away.
     *
     * @return what is to be deleted
     * @throws EventLogException when it stays where it is
     */
    Path take(RunDirectory directory) {
        Path aside = data.resolve(PREFIX + directory.name() + "-" + UUID.randomUUID());
        try {
            return Files.move(directory.path(), aside, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new EventLogException("cannot remove " + directory.path() + ": " + e.getMessage(), e);
        }
    }

    /** Deletes what was taken away. What cannot be is left to the next service. */
    void delete(Path aside) {
        try (Stream<Path> files = Files.walk(aside)) {
            List<Path> innermostFirst = files.sorted(Comparator.reverseOrder()).toList();
            for (Path file : innermostFirst) {
                Files.deleteIfExists(file);
            }
        } catch (IOException | UncheckedIOException e) {
            // It is out of the way.
        }
    }

    /**
     * Deletes what services before this one left.
     *
     * @throws IOException when the directory cannot be read
     */
    void clear() throws IOException {
        try (DirectoryStream<Path> left = Files.newDirectoryStream(data, PREFIX + "*")) {
            left.forEach(this::delete);
        }
    }
}
