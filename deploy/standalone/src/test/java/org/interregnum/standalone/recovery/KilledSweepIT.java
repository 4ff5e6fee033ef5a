package org.interregnum.standalone.recovery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.interregnum.standalone.MarketProcess;
import org.interregnum.standalone.cli.CommandRun;
import org.interregnum.standalone.cli.IgnoredSignals;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * A sweep that is killed at random moments and started again, in both ways: while it starts, while cells run, while tables
 * are written, and when all is done. In the end its tables and figures are, byte for byte, those of a sweep that nobody disturbed.
 *
 * <p>{@code -Dinterregnum.kills=20} kills so often; {@code -Dinterregnum.kills.seed} draws the moments of an earlier test
 * again, as far as the machine keeps time.
 */
@Tag("thorough")
@Timeout(600)
class KilledSweepIT {
    private static final int KILLS = Integer.getInteger("interregnum.kills", 3);
    private static final long SEED = Long.getLong("interregnum.kills.seed", new Random().nextInt(1_000_000));
    private static final int CELLS = 48;

    @TempDir
    private static Path directory;

    private static Path undisturbed;

    private final Random random = new Random(SEED);
    private final Path out = directory.resolve("disturbed");

    @BeforeAll
    static void sweep() {
        undisturbed = directory.resolve("undisturbed");
        ModelMarket.assertDone(CommandRun.of(command(undisturbed, "--fig").toArray(String[]::new)));
    }

    @Test
    void shouldComeToTheSameTable() throws Exception {
        List<String> moments = new ArrayList<>();
        int whole = 0;
        while (moments.size() < KILLS) {
            long linesBefore = lines();
            if (linesBefore == CELLS && random.nextBoolean()) {
                // Hardly anything is left to disturb.
                finish();
                whole++;
                delete();
                continue;
            }
            try (MarketProcess process = start(moments.size())) {
                String moment = awaitMoment(process);
                if (process.isAlive()) {
                    process.kill();
                    moments.add(moment);
                    assertThat(lines()).as("cells that are done stay done").isGreaterThanOrEqualTo(linesBefore);
                } else {
                    assertWhole(process);
                    whole++;
                    delete();
                }
            }
        }
        finish();
        System.out.printf(
                "KilledSweepIT, -Dinterregnum.kills.seed=%d: %d whole sweeps besides the last, %d kills: %s%n",
                SEED, whole, moments.size(), moments);
    }

    @ParameterizedTest
    @CsvSource({"INT,130", "TERM,143"})
    void shouldWriteTheTableSoFarWhenItIsInterrupted(String signal, int exitCode) throws Exception {
        assumeTrue(signal.equals("TERM") || !IgnoredSignals.interrupt(), "this process and its children ignore SIGINT");
        delete();
        try (MarketProcess process = start(0, "--no-fig")) {
            await(process, () -> lines() >= 3);
            process.signal(signal);
            assertThat(process.await(60)).isEqualTo(exitCode);
            assertThat(process.err())
                    .containsExactly("market sweep: interrupted; what there is so far is in " + out
                            + ", and 'market resume " + out + "' goes on");
        }
        long done = lines();
        assertThat(done).isBetween(3L, CELLS - 1L);
        List<String> rows = Files.readAllLines(undisturbed.resolve("runs.csv"));
        assertThat(Files.readAllLines(out.resolve("runs.csv")))
                .hasSize((int) done + 1)
                .isSubsetOf(rows);
        assertThat(Files.readString(out.resolve("sweep.json"))).contains("\"status\": \"interrupted\"");
        // By its resume, in which the other choice of figures holds.
        finish(1);
        delete();
    }

    private void finish() throws Exception {
        finish(random.nextInt(2));
    }

    private void finish(int number) throws Exception {
        try (MarketProcess process = start(number, "--fig")) {
            assertThat(process.await(240)).as(String.join("\n", process.err())).isZero();
            assertThat(out.resolve("summary.csv")).exists();
            assertWhole(process);
        }
    }

    private String awaitMoment(MarketProcess process) throws InterruptedException, IOException {
        int kind = random.nextInt(6);
        if (kind == 0) {
            long millis = random.nextInt(1500);
            long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
            await(process, () -> System.nanoTime() > end);
            return millis + " ms after its start";
        }
        // The last cells more often than others: with them the tables come.
        long cells = kind == 1 ? CELLS : lines() + random.nextInt(CELLS / 4);
        await(process, () -> lines() >= Math.min(cells, CELLS));
        // Tables and figures take a second or two.
        long micros = random.nextInt(kind == 1 ? 2_000_000 : 20_000);
        TimeUnit.MICROSECONDS.sleep(micros);
        return micros / 1000 + " ms after cell " + Math.min(cells, CELLS);
    }

    private interface Condition {
        boolean holds() throws IOException;
    }

    private static void await(MarketProcess process, Condition condition) throws InterruptedException, IOException {
        while (process.isAlive() && !condition.holds()) {
            TimeUnit.MILLISECONDS.sleep(1);
        }
    }

    /** Number of cells that the journal has. */
    private long lines() throws IOException {
        Path journal = out.resolve("cells.jsonl");
        if (!Files.exists(journal)) {
            return 0;
        }
        return Math.max(
                0,
                Files.readString(journal)
                        .lines()
                        .filter(line -> line.startsWith("{\"cell\"") && line.endsWith("}"))
                        .count());
    }

    private void assertWhole(MarketProcess process) throws Exception {
        assertThat(process.err()).isEmpty();
        assertThat(process.await(1)).isZero();
        assertThat(out.resolve("runs.csv")).hasSameBinaryContentAs(undisturbed.resolve("runs.csv"));
        assertThat(out.resolve("runs.parquet")).hasSameBinaryContentAs(undisturbed.resolve("runs.parquet"));
        assertThat(lines()).as("no cell was run twice to its end").isEqualTo(CELLS);
        if (Files.exists(out.resolve("summary.csv"))) {
            for (String table : List.of("summary.csv", "transitions.csv")) {
                assertThat(out.resolve(table)).hasSameBinaryContentAs(undisturbed.resolve(table));
            }
            assertThat(out.resolve("figures/phase-diagram.png"))
                    .hasSameBinaryContentAs(undisturbed.resolve("figures/phase-diagram.png"));
        }
    }

    private void delete() throws IOException {
        if (!Files.exists(out)) {
            return;
        }
        try (var files = Files.walk(out)) {
            for (Path file : files.sorted(java.util.Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    /** Half of the processes draw, so that some are killed while they do. */
    private MarketProcess start(int number) throws IOException {
        return start(number, random.nextBoolean() ? "--fig" : "--no-fig");
    }

    private MarketProcess start(int number, String figures) throws IOException {
        boolean hasManifest = Files.exists(out.resolve("sweep.json"));
        List<String> arguments = hasManifest && number % 2 == 1
                ? List.of("resume", out.toString(), "--quiet", figures)
                : command(out, figures);
        return MarketProcess.start(directory.resolve("err"), arguments);
    }

    private static List<String> command(Path out, String figures) {
        return List.of(
                "sweep",
                "--J=0:1.4:0.2",
                "--rho=0.1,0.8",
                "--seeds=3",
                "--Nt=2000",
                "--num-buyers=500",
                figures,
                "--quiet",
                "--out=" + out);
    }
}
