package org.interregnum.standalone.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckCommandTest {
    @TempDir
    private Path directory;

    @Test
    void shouldRepeatPercentSignsAsTheyWereGiven() {
        Path out = directory.resolve("50%").resolve("%s%n");

        CommandRun run = CommandRun.of(
                "check",
                "--J",
                "1",
                "--rho",
                "0.8",
                "--Nt",
                "2",
                "--out",
                out.toString(),
                "--seller-target",
                "[fe80::1%eth0]:9001");

        assertThat(run.err()).isEmpty();
        assertThat(run.exitCode()).isZero();
        assertThat(run.out()).contains("files        " + out, "sellers      service at [fe80::1%eth0]:9001");
    }
}
