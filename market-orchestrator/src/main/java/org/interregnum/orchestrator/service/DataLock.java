package org.interregnum.orchestrator.service;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.interregnum.orchestrator.adapter.file.DirectoryLock;
import org.interregnum.orchestrator.event.EventLogException;
import org.interregnum.orchestrator.request.BadInputException;

/**
 * Keeps a directory for data to one service: two that write the same runs damage them. The service has it until its
 * process ends. Not thread-safe.
 */
public final class DataLock {
    private static final String FILE = ".orchestrator.lock";

    private final Path directory;
    private DirectoryLock held;

    /** The lock of a directory, not taken yet. */
    public DataLock(Path directory) {
        this.directory = directory;
    }

    /**
     * Takes the directory, which is made if need be; does nothing when it has it already.
     *
     * @throws BadInputException when another service has it
     * @throws EventLogException when it cannot be made or locked
     */
    public void take() {
        if (held != null) {
            return;
        }
        try {
            Files.createDirectories(directory);
        } catch (IOException e) {
            throw new EventLogException("the directory for data cannot be made: " + e, e);
        }
        held = DirectoryLock.takeSurely(directory.resolve(FILE))
                .orElseThrow(() -> BadInputException.about(
                        "interregnum.data",
                        directory.toString(),
                        "is used by another orchestrator service; must be a directory of this one's own (--data)"));
    }
}
