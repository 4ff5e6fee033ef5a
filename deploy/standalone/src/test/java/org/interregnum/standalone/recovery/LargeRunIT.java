package org.interregnum.standalone.recovery;

import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** A million buyers within 2 GiB; {@code LargeRunMeasurement} does the same with more points. */
@EnabledOnOs(value = OS.LINUX, disabledReason = "Linux alone tells how much memory a process had")
@Tag("thorough")
@Timeout(400)
class LargeRunIT {
    private static final int POINTS = 60;
    private static final int SECONDS = 90;

    @TempDir
    private Path folder;

    @Test
    void shouldBeKilledResumedAndExportedWithinItsMemoryAndWithTheSameBits() throws Exception {
        new LargeRun(folder, POINTS, SECONDS, line -> System.out.println("LargeRunIT: " + line)).measure();
    }
}
