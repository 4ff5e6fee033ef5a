package org.interregnum.standalone;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** How much memory a process ever had at once. Linux alone tells, and only as long as the process is there. */
public final class PeakMemory {
    private PeakMemory() {}

    /** In KiB; 0 when the process has ended. */
    public static long kibibytes(long pid) {
        try {
            return Files.readAllLines(Path.of("/proc", Long.toString(pid), "status")).stream()
                    .filter(line -> line.startsWith("VmHWM:"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                    .findFirst()
                    .orElse(0);
        } catch (IOException gone) {
            return 0;
        }
    }
}
