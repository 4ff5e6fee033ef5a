package org.interregnum.standalone.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.interregnum.standalone.JavaCommand;
import org.interregnum.standalone.Market;
import org.interregnum.standalone.Signals;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A run in a process of its own, which is sent signals. */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "signals are those of Unix")
class SignalsIT {
    @TempDir
    private Path directory;

    @ParameterizedTest
    @CsvSource({"INT,130", "TERM,143"})
    @Timeout(60)
    void shouldFinishTheStepAndWriteEverything(String signal, int exitCode) throws Exception {
        assumeTrue(signal.equals("TERM") || !IgnoredSignals.interrupt(), "this process and its children ignore SIGINT");
        Path out = directory.resolve("run");
        Path err = directory.resolve("err");
        Process run = start(out, err);
        try {
            waitForSteps(out.resolve("events.log"));
            Signals.send(run.pid(), signal);
            assertThat(run.waitFor(30, TimeUnit.SECONDS)).isTrue();
        } finally {
            run.destroyForcibly();
        }

        assertThat(run.exitValue()).isEqualTo(exitCode);
        assertThat(Files.readAllLines(err))
                .singleElement()
                .asString()
                .matches("market run: interrupted after step \\d+ of 9999999; .* in " + out + ", and 'market resume "
                        + out + "' goes on");
        assertThat(Files.readString(out.resolve("run.json"))).contains("\"status\": \"interrupted\"");
        assertThat(out.resolve("series.npz")).exists();
        assertThat(out.resolve("market.png")).exists();
    }

    private Process start(Path out, Path err) throws IOException {
        List<String> command = new ArrayList<>(JavaCommand.line());
        command.addAll(List.of(
                Market.class.getName(),
                "run",
                "--J=1",
                "--rho=0.8",
                "--Nt=10000000",
                "--num-buyers=100",
                "--quiet",
                "--out=" + out));
        return new ProcessBuilder(command)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(err.toFile())
                .start();
    }

    private static void waitForSteps(Path log) throws Exception {
        while (!Files.exists(log) || Files.size(log) < 10_000) {
            TimeUnit.MILLISECONDS.sleep(20);
        }
    }
}
