package org.interregnum.standalone.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DiffCommandTest {
    @TempDir
    private Path directory;

    private Path first;
    private Path second;

    @BeforeEach
    void name() {
        first = directory.resolve("first");
        second = directory.resolve("second");
    }

    @Test
    void shouldSayThatRunsAreIdentical() {
        run(first);
        run(second);

        CommandRun diff = diff();

        assertThat(diff.err()).isEmpty();
        assertThat(diff.exitCode()).isZero();
        assertThat(diff.out())
                .containsPattern("settings +the same\n")
                .containsPattern("trajectories +identical in every bit of 60 points' shares, prices and choices\n")
                .doesNotContain("decided by others");
    }

    @Test
    void shouldSayWhereAForkDiffersAndDrawBoth() throws IOException {
        run(first);
        CommandRun.of(
                "fork",
                first.toString(),
                "--at=30",
                "--price-shock=4=0.125",
                "--noise=0.5",
                "--Nt=80",
                "--no-fig",
                "--out=" + second);
        Path figures = directory.resolve("figures");

        CommandRun diff = diff("--out=" + figures);

        assertThat(diff.err()).isEmpty();
        assertThat(diff.exitCode()).isZero();
        assertThat(diff.out())
                .containsPattern("  Nt +60 +80\n  noise +0.0 +0.5\n  forked +no +at step 30 of first\n")
                .containsPattern("trajectories +the same up to step 30, first differ at step 31, in\n")
                .containsPattern("    the price of seller 4 \\([0-9.]+ and 0.125\\)\n")
                .doesNotContain("the seller that could re-price", "the buyers that were active");
        assertThat(ImageIO.read(figures.resolve("diff.png").toFile()).getWidth())
                .isEqualTo(1440);
        assertThat(Files.readString(figures.resolve("diff.svg")))
                .startsWith("<svg")
                .contains(">A: first, ", " and B: second, ", ">first difference at step 31<");
        assertThat(diff("--out=" + figures).errLines())
                .containsExactly("market diff: --out " + figures
                        + ": holds diff.png already; must be a directory, new or without such files");
    }

    @Test
    void shouldSetOrderParametersSideBySide() throws IOException {
        run(first);
        run(second, "--seed=43", "--burn-in=0.5");

        CommandRun diff = diff();

        assertThat(diff.out()).containsPattern("  seed +42 +43\n  burn_in +0.25 +0.5\n");
        for (String parameter : List.of("mean_leader_share", "industry_profit", "share_buying_nothing")) {
            assertThat(diff.out())
                    .containsPattern(parameter + " +" + ofManifest(first, parameter) + " +"
                            + ofManifest(second, parameter) + "\n");
        }
    }

    @Test
    void shouldSayThatOneEndsEarlier() {
        run(first);
        run(second, "--Nt=25");

        assertThat(diff().out())
                .containsPattern(
                        "trajectories +the same in every bit up to step 24, where B ends; A goes on to step 59\n");
    }

    @Test
    void shouldCompareWhatThereIsOfARunThatWasKilled() throws IOException {
        run(first);
        run(second);
        byte[] log = Files.readAllBytes(second.resolve("events.log"));
        Files.write(second.resolve("events.log"), Arrays.copyOf(log, log.length / 2));

        assertThat(diff().out())
                .containsPattern("B +" + second + ", as far as it came: step \\d+ of 59\n")
                .containsPattern("the same in every bit up to step \\d+, where B ends; A goes on to step 59\n");
    }

    @Test
    void shouldNotCompareStepsOfMarketsOfDifferentSize() {
        run(first);
        run(second, "--num-sellers=3");
        Path figures = directory.resolve("figures");

        CommandRun diff = diff("--out=" + figures);

        assertThat(diff.exitCode()).isZero();
        assertThat(diff.out())
                .containsPattern("  num_sellers +10 +3\n  cost_cap +0.08 +0.2666")
                .containsPattern("trajectories +of markets of different size, not compared step by step\n");
        assertThat(figures.resolve("diff.svg")).exists();
    }

    @Test
    void shouldRefuseWhatIsNoRun() {
        run(first);

        CommandRun missing = CommandRun.of("diff", first.toString());
        CommandRun none = CommandRun.of("diff", first.toString(), directory.toString(), "--out=" + second);

        assertThat(missing.exitCode()).isEqualTo(2);
        assertThat(missing.errLines()).containsExactly("market diff: B is missing: must be the directory of a run");
        assertThat(none.exitCode()).isEqualTo(2);
        assertThat(none.errLines()).singleElement().asString().contains(directory + ": holds no run");
        assertThat(second).doesNotExist();
    }

    private static String ofManifest(Path run, String parameter) throws IOException {
        String manifest = Files.readString(run.resolve("run.json"));
        String value = manifest.replaceAll("(?s).*\"" + parameter + "\": ([-0-9.E]+).*", "$1");
        return Summary.number(Double.parseDouble(value)).replace(".", "\\.");
    }

    private static void run(Path out, String... options) {
        List<String> arguments = new ArrayList<>(
                List.of("run", "--J=1", "--rho=0.8", "--Nt=60", "--num-buyers=200", "--no-fig", "--out=" + out));
        for (String option : options) {
            arguments.removeIf(other -> other.startsWith(option.substring(0, option.indexOf('=') + 1)));
            arguments.add(option);
        }
        assertThat(CommandRun.of(arguments.toArray(String[]::new)).exitCode()).isZero();
    }

    private CommandRun diff(String... options) {
        List<String> arguments = new ArrayList<>(List.of("diff", first.toString(), second.toString()));
        arguments.addAll(List.of(options));
        return CommandRun.of(arguments.toArray(String[]::new));
    }
}
