package org.interregnum.standalone.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.interregnum.orchestrator.request.Given;
import org.interregnum.orchestrator.request.Setting;
import org.interregnum.orchestrator.request.SweepFileContent;
import org.interregnum.orchestrator.request.SweepRequestReader;
import org.interregnum.orchestrator.sweep.CellOutcome;
import org.interregnum.orchestrator.sweep.CellStatus;
import org.interregnum.orchestrator.sweep.SweepManner;
import org.interregnum.orchestrator.sweeping.Sweep;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SweepProgressTest {
    @TempDir
    private Path directory;

    private long now;

    @Test
    void shouldTellTheTimeLeftByTheWorkLeftAndNotByTheCells() {
        // Of four cells the last two have nine times as many points.
        try (Sweep sweep = open("100,900");
                SweepProgress progress = new SweepProgress(console(), sweep, () -> now)) {
            assertThat(progress.line()).isEqualTo("0 of 4 cells (0%), time left not known yet");

            now = TimeUnit.SECONDS.toNanos(10);
            progress.ended(finished(0));
            progress.ended(finished(1));
            assertThat(progress.line()).isEqualTo("2 of 4 cells (50%), about 1 min 30 s left");

            now = TimeUnit.SECONDS.toNanos(55);
            progress.ended(CellOutcome.failed(2, "down"));
            assertThat(progress.line()).isEqualTo("3 of 4 cells (75%), about 45 s left, 1 not finished");
        }
    }

    @Test
    void shouldCountWhatWasDoneBeforeButNotAsFast() {
        try (Sweep sweep = open("100,900")) {
            sweep.journal().append(finished(3));
            try (SweepProgress progress = new SweepProgress(console(), sweep, () -> now)) {
                now = TimeUnit.SECONDS.toNanos(10);
                progress.ended(finished(0));

                // One part of eleven, of 100, 100 and 900 points, took ten seconds.
                assertThat(progress.line()).isEqualTo("2 of 4 cells (50%), about 1 min 40 s left");
            }
        }
    }

    private Sweep open(String points) {
        Map<Setting, Given> options = new EnumMap<>(Setting.class);
        options.put(Setting.NETWORK_EFFECT, new Given("--J", "1"));
        options.put(Setting.UPDATE_RATE, new Given("--rho", "0.8"));
        options.put(Setting.POINTS, new Given("--Nt", points));
        options.put(Setting.OUT, new Given("--out", directory.resolve("sweep").toString()));
        return Sweep.open(
                SweepRequestReader.read(
                        options, Optional.of(new Given("--seeds", "2")), Optional.empty(), SweepFileContent.NONE),
                SweepManner.USUAL);
    }

    private static CellOutcome finished(int cell) {
        return new CellOutcome(cell, CellStatus.FINISHED, "", 99, "competition", Map.of(), Optional.empty());
    }

    private static Console console() {
        return new Console(new PrintStream(OutputStream.nullOutputStream()), System.err, false, false);
    }
}
