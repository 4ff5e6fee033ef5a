package org.interregnum.standalone.recovery;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.interregnum.orchestrator.adapter.export.RunDirectory;
import org.interregnum.orchestrator.event.EventLogException;
import org.interregnum.standalone.MarketProcess;
import org.interregnum.standalone.cli.CommandRun;
import org.interregnum.standalone.kafka.KafkaUnderTest;
import org.interregnum.standalone.kafka.PlainReader;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Runs that are killed at random moments, again and again while they are resumed: while they start, while they read what
 * there is, while they go on, and while they write their files. In the end each step is there once, and every bit is that
 * of a run that nobody disturbed.
 *
 * <p>{@code -Dinterregnum.kills=30} kills so often with each log; {@code -Dinterregnum.kills.seed} draws the moments of
 * an earlier test again, as far as the machine keeps time.
 */
@Tag("thorough")
@Timeout(600)
class RandomKillsIT {
    private static final int KILLS = Integer.getInteger("interregnum.kills", 3);
    private static final long SEED = Long.getLong("interregnum.kills.seed", new Random().nextInt(1_000_000));
    private static final int POINTS = 10_000;
    /** Of the arrays that are written while the run goes on. */
    private static final long BYTES_OF_CHOICES = 500L * POINTS;

    @TempDir
    private static Path directory;

    private static Map<String, String> undisturbed;

    private final Random random = new Random(SEED);

    private RunFiles files;
    private boolean isNew;
    /** Whether some process got so far that the run's beginning was kept. */
    private boolean hasBegun;

    private int whole;
    /** How long a run takes until it begins to write its choices, and from when they are nearly written to its end. */
    private long startMillis;

    private long endMillis;

    @BeforeAll
    static void run() throws IOException {
        RunFiles run = new RunFiles(directory.resolve("undisturbed"));
        ModelMarket.assertDone(CommandRun.of(command(run, List.of()).toArray(String[]::new)));
        undisturbed = run.arrays();
    }

    @Test
    void shouldComeToTheSameBitsWithItsLogInAFile() throws Exception {
        killAndResume("file", List.of());
    }

    @Test
    void shouldComeToTheSameBitsWithItsLogOnKafka() throws Exception {
        killAndResume("kafka", List.of("--kafka=" + KafkaUnderTest.get().address()));
    }

    private void killAndResume(String kind, List<String> options) throws Exception {
        measure(kind, options);
        List<String> moments = new ArrayList<>();
        while (moments.size() < KILLS) {
            String doing = isNew ? "run" : "resume";
            try (MarketProcess process = start(isNew ? command(files, options) : resume(files))) {
                String moment = awaitMoment(process);
                if (process.isAlive()) {
                    process.kill();
                    moments.add(doing + " " + moment);
                    isNew = false;
                    assertNothingIsWrong();
                } else {
                    assertEnded(process, kind);
                }
            }
        }
        // The kills are over: what is left goes on to its end.
        while (!isNew || whole == 1) {
            try (MarketProcess process = start(isNew ? command(files, options) : resume(files))) {
                process.await(120);
                assertEnded(process, kind);
            }
        }
        System.out.printf(
                "RandomKillsIT, log %s, -Dinterregnum.kills.seed=%d: %d whole runs with %d kills: %s%n",
                kind, SEED, whole - 1, moments.size(), moments);
    }

    private void measure(String kind, List<String> options) throws Exception {
        begin(kind);
        long start = System.nanoTime();
        try (MarketProcess process = start(command(files, options))) {
            awaitProgress(process, files, 0.01);
            startMillis = millisSince(start);
            awaitProgress(process, files, 0.98);
            long nearlyDone = System.nanoTime();
            process.await(120);
            endMillis = millisSince(nearlyDone);
            assertEnded(process, kind);
        }
    }

    private void begin(String kind) {
        files = new RunFiles(directory.resolve(kind + "-" + UUID.randomUUID()));
        isNew = true;
        hasBegun = false;
    }

    /** Waits for a moment that is drawn, or for the process's end if that is earlier. */
    private String awaitMoment(MarketProcess process) throws InterruptedException {
        int kind = random.nextInt(4);
        double part = random.nextDouble();
        if (kind == 0) {
            // A run that is resumed has more to do until then.
            double millis = part * 2 * startMillis;
            sleep(process, millis);
            return "%.0f ms after its start".formatted(millis);
        }
        if (kind == 1) {
            awaitProgress(process, files, 0.98);
            // Longer than it takes, so that some kills come when all is written.
            double millis = part * 1.3 * endMillis;
            sleep(process, millis);
            return "%.0f ms after its last steps".formatted(millis);
        }
        awaitProgress(process, files, part);
        hasBegun |= process.isAlive() && part > 0.3;
        return "at %.0f %%".formatted(100 * part);
    }

    private static void sleep(MarketProcess process, double millis) throws InterruptedException {
        long end = System.nanoTime() + (long) (millis * 1e6);
        while (process.isAlive() && System.nanoTime() < end) {
            TimeUnit.MILLISECONDS.sleep(1);
        }
    }

    /** Waits until so much of the run's choices is written; a process that is resumed writes them again. */
    private static void awaitProgress(MarketProcess process, RunFiles run, double part) throws InterruptedException {
        Path arrays = RunDirectory.of(run.path()).arrays();
        Path unfinished = arrays.resolveSibling(arrays.getFileName() + ".part");
        while (process.isAlive()) {
            // A process that was killed has left such a file; the next one begins it anew.
            boolean isOurs = unfinished.toFile().lastModified() >= process.startedAt();
            if (isOurs && unfinished.toFile().length() >= part * BYTES_OF_CHOICES) {
                return;
            }
            TimeUnit.MILLISECONDS.sleep(1);
        }
    }

    /** A killed run has left steps from the first on, in order, if its log is a file; on Kafka some are not decided yet. */
    private void assertNothingIsWrong() throws IOException {
        if (!Files.exists(RunDirectory.of(files.path()).eventLog())) {
            return;
        }
        List<Long> steps;
        try {
            steps = files.steps();
        } catch (EventLogException e) {
            assertThat(e).hasMessageEndingWith("the log ends before its first event");
            assertThat(hasBegun).isFalse();
            return;
        }
        assertThat(steps)
                .containsExactlyElementsOf(
                        LongStream.rangeClosed(1, steps.size()).boxed().toList());
        hasBegun |= !steps.isEmpty();
    }

    private void assertEnded(MarketProcess process, String kind) throws Exception {
        if (!hasBegun && !isNew && process.await(1) == 2) {
            assertThat(process.err())
                    .as("killed before there was a run to resume")
                    .singleElement()
                    .asString()
                    .matches("market resume: .*(holds no run|there is no run|ends before its first event"
                            + "|does not begin with the start of a run).*");
        } else {
            if (!isNew && process.await(1) == 2) {
                // The kill came when all was written.
                assertThat(process.err())
                        .singleElement()
                        .asString()
                        .endsWith("is finished; there is nothing to resume");
            } else {
                assertThat(process.err()).isEmpty();
                assertThat(process.await(1)).isZero();
            }
            assertWhole();
            whole++;
        }
        begin(kind);
    }

    private void assertWhole() throws Exception {
        List<Long> steps = LongStream.range(1, POINTS).boxed().toList();
        assertThat(files.steps()).containsExactlyElementsOf(steps);
        assertThat(files.arrays()).isEqualTo(undisturbed);
        assertThat(files.manifest().get("status").textValue()).isEqualTo("finished");
        if (files.manifest().has("log")) {
            assertThat(PlainReader.steps(
                            KafkaUnderTest.get().address(),
                            RunDirectory.of(files.path()).name()))
                    .as("to a reader of what is committed")
                    .containsExactlyElementsOf(steps);
        }
    }

    private static long millisSince(long start) {
        return (System.nanoTime() - start) / 1_000_000;
    }

    private static List<String> command(RunFiles run, List<String> options) {
        List<String> command = new ArrayList<>(List.of(
                "run",
                "--J=1",
                "--rho=0.8",
                "--Nt=" + POINTS,
                "--num-buyers=500",
                "--no-fig",
                "--quiet",
                "--out=" + run.path()));
        command.addAll(options);
        return command;
    }

    private static List<String> resume(RunFiles run) {
        return List.of("resume", run.path().toString(), "--no-fig", "--quiet");
    }

    private static MarketProcess start(List<String> arguments) throws IOException {
        return MarketProcess.start(directory.resolve("err"), arguments);
    }
}
