package org.interregnum.standalone.recovery;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.interregnum.orchestrator.adapter.export.RunDirectory;
import org.interregnum.orchestrator.adapter.file.FileEventLogReader;
import org.interregnum.orchestrator.adapter.protobuf.MarketEventCodec;
import org.interregnum.orchestrator.event.EventSource;
import org.interregnum.orchestrator.event.MarketEvent;
import org.interregnum.orchestrator.event.MarketOpened;
import org.interregnum.orchestrator.event.StepTaken;
import org.interregnum.standalone.MarketProcess;
import org.interregnum.standalone.PeakMemory;
import org.interregnum.standalone.recorded.NumpyFile;

/**
 * A market of a million buyers in processes that may take a machine of 2 GiB for theirs: once undisturbed, once killed in
 * its middle and resumed, and exported in every format. Both must come to the same bits, and no process may ever have more
 * than 2 GiB.
 *
 * @param folder where all of it goes; one run of 10,001 points has a log of 2.3 GB
 * @param points points of the market
 * @param seconds longest time of each process
 * @param teller takes a line about each process
 */
record LargeRun(Path folder, int points, int seconds, Consumer<String> teller) {
    private static final int SELLERS = 10;
    private static final int BUYERS = 1_000_000;
    private static final long MOST_KIBIBYTES = 2L << 20;
    private static final Map<String, String> SMALL_MACHINE = Map.of("JAVA_TOOL_OPTIONS", "-XX:MaxRAM=2g");

    /** Does all of it; fails where something is not as it must be. */
    void measure() throws IOException, InterruptedException {
        RunDirectory undisturbed = RunDirectory.of(folder.resolve("undisturbed"));
        RunDirectory disturbed = RunDirectory.of(folder.resolve("disturbed"));
        see("run, undisturbed", run(undisturbed));
        killInTheMiddle(disturbed, Files.size(undisturbed.eventLog()) / 2);
        see("resume", "resume", disturbed.path().toString(), "--no-fig", "--quiet");
        assertSameEvents(disturbed, undisturbed);
        assertThat(Files.mismatch(disturbed.table(), undisturbed.table()))
                .as("first byte of series.csv that differs")
                .isEqualTo(-1);
        Map<String, String> arrays = NumpyFile.digests(undisturbed.arrays());
        assertThat(arrays).containsKeys("q.npy", "p.npy", "u.npy", "j_n.npy");
        assertThat(NumpyFile.digests(disturbed.arrays())).isEqualTo(arrays);
        export(disturbed, arrays);
    }

    private String[] run(RunDirectory directory) {
        return new String[] {
            "run",
            "--J=1",
            "--rho=0.8",
            "--Nt=" + points,
            "--num-buyers=" + BUYERS,
            "--num-sellers=" + SELLERS,
            "--generator=philox",
            "--no-fig",
            "--quiet",
            "--out=" + directory.path()
        };
    }

    private void killInTheMiddle(RunDirectory directory, long half) throws IOException, InterruptedException {
        try (MarketProcess process = MarketProcess.start(folder, SMALL_MACHINE, run(directory))) {
            long most = 0;
            while (Files.notExists(directory.eventLog()) || Files.size(directory.eventLog()) < half) {
                assertThat(process.isAlive())
                        .as("still running; it said: " + process.said())
                        .isTrue();
                most = Math.max(most, PeakMemory.kibibytes(process.pid()));
                TimeUnit.MILLISECONDS.sleep(1);
            }
            most = Math.max(most, PeakMemory.kibibytes(process.pid()));
            process.kill();
            tell("run, killed", most);
        }
        long steps = 0;
        try (EventSource log = new FileEventLogReader(directory.eventLog())) {
            for (MarketEvent event = log.next(); event != null; event = log.next()) {
                steps += event instanceof StepTaken ? 1 : 0;
            }
        }
        assertThat(steps).as("steps that the killed run had").isBetween(1L, points - 2L);
        teller.accept("killed after step %d of %d".formatted(steps, points - 1));
    }

    private void export(RunDirectory directory, Map<String, String> arrays) throws IOException, InterruptedException {
        for (String format : List.of("parquet", "csv", "jsonl", "npz")) {
            Path tables = folder.resolve(format);
            String said = see(
                    "export, " + format,
                    "export",
                    directory.path().toString(),
                    "--format=" + format,
                    "--out=" + tables);
            if (format.equals("npz")) {
                assertThat(NumpyFile.digests(tables.resolve("series.npz"))).isEqualTo(arrays);
            } else {
                assertThat(said)
                        .contains("series." + format + "  " + (long) points * SELLERS + " rows")
                        .contains("steps." + format + "  " + (points - 1) + " rows");
            }
        }
    }

    /** Has a command done, and gives what it said. */
    private String see(String what, String... arguments) throws IOException, InterruptedException {
        try (MarketProcess process = MarketProcess.start(folder, SMALL_MACHINE, arguments)) {
            long most = 0;
            long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
            while (process.isAlive() && System.nanoTime() < until) {
                most = Math.max(most, PeakMemory.kibibytes(process.pid()));
                TimeUnit.MILLISECONDS.sleep(5);
            }
            assertThat(process.await(1)).as(what + ": " + process.said()).isZero();
            tell(what, most);
            return process.out();
        }
    }

    private void tell(String what, long most) {
        teller.accept("%-18s %5d MiB".formatted(what, most >> 10));
        assertThat(most).as("most memory, in KiB: " + what).isBetween(1L, MOST_KIBIBYTES - 1);
    }

    /** The opening and every step, as they are in the logs. */
    private static void assertSameEvents(RunDirectory one, RunDirectory other) {
        try (EventSource disturbed = new FileEventLogReader(one.eventLog());
                EventSource undisturbed = new FileEventLogReader(other.eventLog())) {
            for (MarketEvent event = undisturbed.next(); event != null; event = undisturbed.next()) {
                MarketEvent same = disturbed.next();
                if (event instanceof StepTaken || event instanceof MarketOpened) {
                    assertThat(Arrays.equals(MarketEventCodec.encode(same), MarketEventCodec.encode(event)))
                            .as("the same " + (event instanceof StepTaken step ? "step " + step.step() : "opening"))
                            .isTrue();
                }
            }
            assertThat(disturbed.next()).isNull();
        }
    }
}
