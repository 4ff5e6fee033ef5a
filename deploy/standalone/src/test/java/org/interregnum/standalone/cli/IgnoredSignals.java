package org.interregnum.standalone.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Signals that this process ignores: one started in the background of a script may, and hands that on to its children. */
public final class IgnoredSignals {
    private IgnoredSignals() {}

    /** Whether SIGINT, which Ctrl-C sends, is ignored. */
    public static boolean interrupt() throws IOException {
        Path status = Path.of("/proc/self/status");
        return Files.exists(status)
                && Files.readAllLines(status).stream()
                        .filter(line -> line.startsWith("SigIgn:"))
                        .anyMatch(line ->
                                (Long.parseUnsignedLong(line.substring(7).strip(), 16) & 2) != 0);
    }
}
