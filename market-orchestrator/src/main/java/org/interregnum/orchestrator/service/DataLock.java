package org.interregnum.orchestrator.service;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.interregnum.orchestrator.request.BadInputException;

/**
 * Keeps a directory for data to one service: two that write the same runs damage them. The operating system gives it back
 * when the process ends, however it does. Not thread-safe.
 */
public final class DataLock {
    private static final String FILE = ".orchestrator.lock";

    private final Path directory;
    /** Held open, because closing it gives the directory back. */
    private FileChannel held;

    /** The lock of a directory, not taken yet. */
    public DataLock(Path directory) {
        this.directory = directory;
    }

    /**
     * Takes the directory, which is made if need be; does nothing when it has it already.
     *
     * @throws BadInputException when another service has it
     * @throws IOException when it cannot be made or locked
     */
    public void take() throws IOException {
        if (held != null) {
            return;
        }
        Files.createDirectories(directory);
        FileChannel channel =
                FileChannel.open(directory.resolve(FILE), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        boolean isMine = false;
        try {
            isMine = channel.tryLock() != null;
        } catch (OverlappingFileLockException e) {
            // Another service of this process.
        } finally {
            if (!isMine) {
                channel.close();
            }
        }
        if (!isMine) {
            throw BadInputException.about(
                    "interregnum.data",
                    directory.toString(),
                    "is used by another orchestrator service; must be a directory of this one's own (--data)");
        }
        held = channel;
    }
}
