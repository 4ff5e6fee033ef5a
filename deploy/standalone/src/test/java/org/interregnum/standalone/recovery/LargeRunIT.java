package org.interregnum.standalone.recovery;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
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
        List<String> told = new ArrayList<>();
        new LargeRun(folder, POINTS, SECONDS, told::add).measure();
        told.forEach(line -> System.out.println("LargeRunIT: " + line));
        assertThat(String.join("\n", told))
                .contains(
                        "run, undisturbed",
                        "run, killed",
                        "resume",
                        "export, parquet",
                        "export, csv",
                        "export, jsonl",
                        "export, npz");
    }
}
