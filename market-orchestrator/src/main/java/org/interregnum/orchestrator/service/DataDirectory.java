package org.interregnum.orchestrator.service;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** Whether files can be written below a directory, found out by writing one: not more often than every two seconds. */
final class DataDirectory {
    private static final byte[] CONTENT = "written to see whether that can be done\n".getBytes(StandardCharsets.UTF_8);

    private static final long NANOS = TimeUnit.SECONDS.toNanos(2);

    private final Path directory;
    private Optional<String> last = Optional.empty();
    private long until;
    private boolean isKnown;

    DataDirectory(Path directory) {
        this.directory = directory;
    }

    /** Why not, in one line; empty when they can. */
    synchronized Optional<String> problem() {
        long now = System.nanoTime();
        if (!isKnown || now - until >= 0) {
            last = look();
            until = System.nanoTime() + NANOS;
            isKnown = true;
        }
        return last;
    }

    private Optional<String> look() {
        try {
            Files.createDirectories(directory);
            Path file = Files.createTempFile(directory, ".writable", "");
            try {
                Files.write(file, CONTENT);
            } finally {
                Files.deleteIfExists(file);
            }
            return Optional.empty();
        } catch (IOException | SecurityException e) {
            return Optional.of(
                    directory + " cannot be written to: " + e.getClass().getSimpleName() + ": "
                            + String.valueOf(e.getMessage()).replaceAll("\\s+", " "));
        }
    }
}
