package org.interregnum.standalone.recovery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.interregnum.standalone.MarketProcess;
import org.interregnum.standalone.cli.CommandRun;
import org.interregnum.standalone.cli.IgnoredSignals;
import org.interregnum.standalone.kafka.KafkaUnderTest;
import org.interregnum.standalone.kafka.PlainReader;
import org.interregnum.standalone.recorded.RuleMarket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Who may write a run whose log is on Kafka, and the files beside it, when a second process wants it. */
@Tag("thorough")
@Timeout(300)
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "signals are those of Unix")
class OwnedRunOnKafkaIT {
    private static final int POINTS = 40_000;

    @TempDir
    private Path directory;

    private final String broker = KafkaUnderTest.get().address();
    private final String runId = "owned-" + UUID.randomUUID();
    /** Where a run is known by its id alone, its directory is made below the working directory. */
    private final RunFiles elsewhere = new RunFiles(Path.of("runs", runId));

    private RunFiles undisturbed;
    private RunFiles files;

    @BeforeEach
    void runUndisturbed() {
        undisturbed = new RunFiles(directory.resolve("undisturbed"));
        ModelMarket.assertDone(
                CommandRun.of(RuleMarket.command(undisturbed.path(), POINTS).toArray(String[]::new)));
        files = new RunFiles(directory.resolve(runId));
    }

    @AfterEach
    void removeWhatIsElsewhere() throws IOException {
        if (Files.exists(elsewhere.path())) {
            try (Stream<Path> all = Files.walk(elsewhere.path())) {
                for (Path file :
                        all.sorted((one, other) -> other.compareTo(one)).toList()) {
                    Files.delete(file);
                }
            }
        }
    }

    @Test
    void shouldStayWithWhoWritesItWhenTheSecondOneIsRefused() throws Exception {
        try (MarketProcess run = startAndHold()) {
            assertRefused(
                    "another process is writing this run",
                    "resume",
                    files.path().toString(),
                    "--no-fig",
                    "--quiet");
            assertRefused(
                    "--max-calls 5: has no effect", "resume", runId, "--kafka=" + broker, "--max-calls=5", "--no-fig");
            assertRefused(
                    "--deadline 5s: has no effect", "resume", runId, "--kafka=" + broker, "--deadline=5s", "--no-fig");
            assertThat(elsewhere.path()).doesNotExist();

            run.signal("CONT");
            assertThat(run.await(120)).as(run.said()).isZero();
        }
        assertThat(files.arrays()).isEqualTo(undisturbed.arrays());
        assertSteps();
    }

    @Test
    void shouldLeaveTheFilesOfTheOneThatWasTakenOverAloneUntilItIsResumed() throws Exception {
        try (MarketProcess run = startAndHold()) {
            String manifest = Files.readString(files.path().resolve("run.json"));

            ModelMarket.assertDone(CommandRun.of("resume", runId, "--kafka=" + broker, "--no-fig", "--quiet"));
            run.signal("CONT");

            assertThat(run.await(120)).as(run.said()).isEqualTo(1);
            assertThat(run.err())
                    .last()
                    .asString()
                    .contains("another orchestrator has taken over the run " + runId)
                    .contains("'market resume " + files.path() + "' brings it up to date");
            assertThat(files.path().resolve("run.json")).hasContent(manifest);
            try (Stream<Path> all = Files.list(files.path())) {
                assertThat(all.map(file -> file.getFileName().toString())).containsExactly("run.json");
            }
        }
        assertThat(elsewhere.arrays()).isEqualTo(undisturbed.arrays());

        ModelMarket.assertDone(CommandRun.of("resume", files.path().toString(), "--no-fig", "--quiet"));
        assertThat(files.arrays()).isEqualTo(undisturbed.arrays());
        assertSteps();
    }

    @Test
    void shouldHaveItsFilesMadeWhereItWasInterruptedAlthoughItFinishedElsewhere() throws Exception {
        assumeFalse(IgnoredSignals.interrupt(), "this process and its children ignore SIGINT");
        try (MarketProcess run = startAndHold()) {
            run.signal("INT");
            run.signal("CONT");
            assertThat(run.await(120)).as(run.said()).isEqualTo(130);
        }
        assertThat(files.manifest().get("status").textValue()).isEqualTo("interrupted");
        ModelMarket.assertDone(CommandRun.of("resume", runId, "--kafka=" + broker, "--no-fig", "--quiet"));

        ModelMarket.assertDone(CommandRun.of("resume", files.path().toString(), "--no-fig", "--quiet"));

        assertThat(files.arrays()).isEqualTo(undisturbed.arrays());
        assertThat(files.manifest().get("status").textValue()).isEqualTo("finished");
        assertSteps();
        assertRefused(
                "is finished; there is nothing to resume",
                "resume",
                files.path().toString());
    }

    private void assertSteps() throws Exception {
        assertThat(PlainReader.steps(broker, runId))
                .containsExactlyElementsOf(LongStream.range(1, POINTS).boxed().toList());
    }

    private static void assertRefused(String complaint, String... arguments) {
        CommandRun second = CommandRun.of(arguments);
        assertThat(second.errLines()).singleElement().asString().contains(complaint);
        assertThat(second.exitCode()).isEqualTo(2);
    }

    /** A process that stands still in the middle of the run. */
    private MarketProcess startAndHold() throws Exception {
        List<String> command = RuleMarket.command(files.path(), POINTS);
        command.add("--kafka=" + broker);
        MarketProcess run = MarketProcess.start(directory.resolve("err"), command);
        while (PlainReader.count(broker, "market.steps", runId) < 1000) {
            assertThat(run.isAlive())
                    .as("still running; it said: " + run.said())
                    .isTrue();
            TimeUnit.MILLISECONDS.sleep(20);
        }
        run.signal("STOP");
        return run;
    }
}
