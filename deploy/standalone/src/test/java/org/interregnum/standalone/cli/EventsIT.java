package org.interregnum.standalone.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.interregnum.standalone.JavaCommand;
import org.interregnum.standalone.Market;
import org.interregnum.standalone.Signals;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Printing a log into a pipe, whose reader has its own mind. */
@Timeout(60)
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "signals are those of Unix")
class EventsIT {
    @TempDir
    private static Path directory;

    /** A log whose text is larger than any pipe. */
    @BeforeAll
    static void run() {
        assertThat(CommandRun.of(
                                "run",
                                "--J=1",
                                "--rho=0.8",
                                "--Nt=2000",
                                "--num-buyers=500",
                                "--no-fig",
                                "--out=" + directory.resolve("run"))
                        .exitCode())
                .isZero();
    }

    @Test
    void shouldStopQuietlyWhenTheReaderHasSeenEnough() throws Exception {
        Process events = start();
        try (BufferedReader out = events.inputReader()) {
            assertThat(out.readLine()).startsWith("{\"run_started\":");
        }

        assertThat(events.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(events.exitValue()).isZero();
        assertThat(err()).isEmpty();
    }

    @Test
    void shouldStopAtOnceWhenItIsInterrupted() throws Exception {
        assumeFalse(IgnoredSignals.interrupt(), "this process and its children ignore SIGINT");
        Process events = start();
        try (BufferedReader out = events.inputReader()) {
            assertThat(out.readLine()).startsWith("{\"run_started\":");
            // It waits for a reader of the rest, and must not wait for one in order to end.
            Signals.send(events.pid(), "INT");
            assertThat(events.waitFor(30, TimeUnit.SECONDS)).isTrue();
        }

        assertThat(events.exitValue()).isEqualTo(130);
        assertThat(err()).isEmpty();
    }

    private static String err() throws IOException {
        return Files.readString(directory.resolve("err"));
    }

    private static Process start() throws IOException {
        List<String> command = new ArrayList<>(JavaCommand.line());
        command.addAll(List.of(
                Market.class.getName(), "events", directory.resolve("run").toString()));
        return new ProcessBuilder(command)
                .redirectError(directory.resolve("err").toFile())
                .start();
    }
}
