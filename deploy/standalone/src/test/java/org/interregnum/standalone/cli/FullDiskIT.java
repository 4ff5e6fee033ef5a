package org.interregnum.standalone.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.interregnum.standalone.JavaCommand;
import org.interregnum.standalone.Market;
import org.interregnum.standalone.recorded.NumpyFile;
import org.interregnum.standalone.recorded.Trajectory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** A run in a process of its own that may not write large files: to the run that is a disk that fills up. */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "the shell's limits are those of Unix")
@Timeout(120)
class FullDiskIT {
    @TempDir
    private Path directory;

    @Test
    void shouldKeepTheSeriesOfARunWhoseLogFailed() throws Exception {
        Path out = directory.resolve("run");

        // The log of 5000 buyers outgrows the limit long before the table does, and so does x.
        List<String> err = run(800, out, "--num-buyers=5000", "--num-sellers=3", "--Nt=1000000", "--no-fig");

        assertThat(err)
                .singleElement()
                .asString()
                .matches("market run: stopped after step \\d+ of 999999: cannot write .*events\\.log: .* in " + out);
        String manifest = Files.readString(out.resolve("run.json"));
        assertThat(manifest).contains("\"status\": \"failed\"").contains("\"reason\": \"cannot write ");
        assertThat(manifest).doesNotContain("\"points\": 0");
        assertThat(Files.readAllLines(out.resolve("series.csv"))).hasSizeGreaterThan(100);
        assertThat(out).isDirectoryNotContaining("glob:**.{part,lock}");
        assertThat(out.resolve("series.npz.part")).doesNotExist();
    }

    @Test
    void shouldResumeWithTheSameBitsWhenThereIsRoomAgain() throws Exception {
        String[] market = {"--num-buyers=1000", "--num-sellers=4", "--Nt=3000", "--no-fig"};
        Path undisturbed = directory.resolve("undisturbed");
        assertThat(CommandRun.of(command(undisturbed, market).toArray(String[]::new))
                        .exitCode())
                .isZero();
        // The shell counts in half kilobytes.
        int limit = (int) (Files.size(undisturbed.resolve("events.log")) / 2 / 512);
        Path out = directory.resolve("run");
        List<String> err = run(limit, out, market);
        assertThat(err).singleElement().asString().contains(" of 2999: cannot write ");

        CommandRun resumed = CommandRun.of("resume", out.toString(), "--no-fig", "--quiet");

        assertThat(resumed.err()).isEmpty();
        assertThat(resumed.exitCode()).isZero();
        assertThat(NumpyFile.arrays(Files.readAllBytes(out.resolve("series.npz"))))
                .containsOnlyKeys("x.npy", "q.npy", "p.npy", "u.npy", "j_n.npy")
                .isEqualTo(NumpyFile.arrays(Files.readAllBytes(undisturbed.resolve("series.npz"))));
        Trajectory.of(out).assertEqualTo(Trajectory.of(undisturbed));
        assertThat(out.resolve("series.csv")).hasSameBinaryContentAs(undisturbed.resolve("series.csv"));
    }

    @Test
    void shouldSayWhenTheLogCannotEvenBegin() throws Exception {
        Path out = Files.createDirectory(directory.resolve("run"));

        List<String> err = run(0, out, "--num-buyers=50", "--Nt=10", "--no-fig");

        assertThat(err).singleElement().asString().startsWith("market run: ").contains("cannot write ");
        assertThat(out).isEmptyDirectory();
    }

    private static List<String> command(Path out, String... options) {
        List<String> command = new ArrayList<>(List.of("run", "--J=1", "--rho=0.8", "--quiet", "--out=" + out));
        command.addAll(List.of(options));
        return command;
    }

    private List<String> run(int limit, Path out, String... options) throws Exception {
        List<String> command = new ArrayList<>(List.of("sh", "-c", "ulimit -f " + limit + " && exec \"$@\"", "sh"));
        command.addAll(JavaCommand.line());
        // The file of performance data would be cut off as well.
        command.add("-XX:-UsePerfData");
        command.add(Market.class.getName());
        command.addAll(command(out, options));
        Process run = new ProcessBuilder(command)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        try {
            List<String> err = run.errorReader().lines().toList();
            assertThat(run.waitFor(30, TimeUnit.SECONDS)).isTrue();
            assertThat(run.exitValue()).isEqualTo(ExitCode.FAULT);
            return err;
        } finally {
            run.destroyForcibly();
        }
    }
}
