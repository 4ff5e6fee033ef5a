package org.interregnum.orchestrator.service;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Whether files can be written below a directory, found out by writing one. */
final class DataDirectory {
    private static final byte[] CONTENT = "written to see whether that can be done\n".getBytes(StandardCharsets.UTF_8);

    private DataDirectory() {}

    /** Why not, in one line; empty when they can. */
    static Optional<String> problem(Path directory) {
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
