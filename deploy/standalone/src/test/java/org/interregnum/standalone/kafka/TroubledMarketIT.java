package org.interregnum.standalone.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.interregnum.standalone.MarketProcess;
import org.interregnum.standalone.cli.CommandRun;
import org.interregnum.standalone.cli.IgnoredSignals;
import org.interregnum.standalone.recorded.NumpyFile;
import org.interregnum.standalone.recorded.RuleMarket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** The command's own runs while their broker is killed and started again, or stands still: the same bits in the end. */
@Timeout(600)
@Execution(ExecutionMode.CONCURRENT) // Nearly all of the time is waiting.
@Tag("thorough")
class TroubledMarketIT {
    private static final int POINTS = 60_000;

    @TempDir
    private Path directory;

    private TestBroker broker;
    private Path undisturbed;
    private Path out;

    @BeforeEach
    void start() throws Exception {
        broker = TestBroker.own();
        undisturbed = directory.resolve("undisturbed");
        assertDone(CommandRun.of(RuleMarket.command(undisturbed, POINTS).toArray(String[]::new)));
        out = directory.resolve("troubled-" + broker.address().replace(':', '-'));
    }

    @AfterEach
    void remove() {
        if (broker != null) {
            broker.remove();
        }
    }

    @Test
    void shouldComeToTheSameBitsAlthoughTheBrokerIsKilledTwice() throws Exception {
        try (MarketProcess run = startRun()) {
            for (int kill = 1; kill <= 2; kill++) {
                await(run, committed() + 2000);
                broker.kill();
                assertThat(run.isAlive()).as(run.said()).isTrue();
                broker.start();
            }
            assertThat(run.await(300)).as(run.said()).isZero();
        }

        assertSame();
    }

    @Test
    @DisabledOnOs(value = OS.WINDOWS, disabledReason = "signals are those of Unix")
    void shouldBeInterruptedWhileTheBrokerStandsStillAndGoOnLater() throws Exception {
        assumeFalse(IgnoredSignals.interrupt(), "this process and its children ignore SIGINT");
        try (MarketProcess run = startRun()) {
            await(run, 2000);
            broker.signal("STOP");
            try {
                while (!run.said().contains("waiting")) {
                    assertThat(run.isAlive()).as(run.said()).isTrue();
                    TimeUnit.MILLISECONDS.sleep(20);
                }
                run.signal("INT");
                assertThat(run.await(12)).as(run.said()).isEqualTo(130);
            } finally {
                broker.signal("CONT");
            }
            assertThat(run.said()).contains("does not answer, and the run was told to end");
        }

        assertDone(CommandRun.of("resume", out.toString(), "--no-fig", "--quiet"));
        assertSame();
    }

    private void assertSame() throws Exception {
        assertThat(arrays(out)).isEqualTo(arrays(undisturbed));
        assertThat(PlainReader.steps(broker.address(), out.getFileName().toString()))
                .containsExactlyElementsOf(LongStream.range(1, POINTS).boxed().toList());
    }

    private static Map<String, String> arrays(Path run) throws IOException {
        return NumpyFile.arrays(Files.readAllBytes(run.resolve("series.npz")));
    }

    private static void assertDone(CommandRun run) {
        assertThat(run.err()).isEmpty();
        assertThat(run.exitCode()).isZero();
    }

    private MarketProcess startRun() throws IOException {
        List<String> command = RuleMarket.command(out, POINTS);
        command.add("--kafka=" + broker.address());
        return MarketProcess.start(directory.resolve("err"), command);
    }

    private void await(MarketProcess run, int events) throws Exception {
        while (committed() < events) {
            assertThat(run.isAlive())
                    .as("still running; it said: " + run.said())
                    .isTrue();
            TimeUnit.MILLISECONDS.sleep(20);
        }
    }

    private int committed() {
        return PlainReader.count(
                broker.address(), "market.steps", out.getFileName().toString());
    }
}
