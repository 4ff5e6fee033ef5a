package org.interregnum.standalone.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import org.interregnum.standalone.recorded.Trajectory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ResumeCommandTest {
    @TempDir
    private Path directory;

    private ModelMarket market;
    private Path whole;
    private Path stopped;

    @BeforeEach
    void start() throws IOException {
        market = new ModelMarket();
        whole = directory.resolve("whole");
        stopped = directory.resolve("stopped");
    }

    @AfterEach
    void stop() {
        market.close();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 7, 20})
    void shouldGoOnAfterABudgetAsIfNothingHadHappened(int calls) throws IOException {
        market.run(whole);
        int needed = market.requests();

        CommandRun first = market.market("run", "--no-fig", "--max-calls=" + calls, "--out=" + stopped);

        assertThat(first.exitCode()).isEqualTo(4);
        assertThat(first.errLines())
                .singleElement()
                .asString()
                .contains("at a budget", "0 of " + calls + " calls are left")
                .contains("'market resume " + stopped + "' with a larger budget goes on");
        assertThat(market.requests()).isEqualTo(needed + calls);

        CommandRun resumed = resume("--max-calls=" + needed);

        assertThat(resumed.err()).isEmpty();
        assertThat(resumed.exitCode()).isZero();
        assertThat(resumed.out()).contains("9 of 9");
        assertThat(market.requests()).as("each question is asked once").isEqualTo(2 * needed);
        Trajectory.of(stopped).assertEqualTo(Trajectory.of(whole));
        assertThat(Files.readAllLines(stopped.resolve("decisions.jsonl"))).hasSize(needed);
    }

    @Test
    void shouldStopAgainWhereTheBudgetIsNoLarger() throws IOException {
        stopAfter(5);
        int asked = market.requests();

        CommandRun resumed = resume();

        assertThat(resumed.exitCode()).isEqualTo(4);
        assertThat(resumed.errLines()).singleElement().asString().contains("0 of 5 calls are left");
        assertThat(market.requests()).isEqualTo(asked);
    }

    @Test
    void shouldPassOverALineThatWasCutOff() throws IOException {
        market.run(whole);
        int needed = market.requests();
        stopAfter(7);
        Files.writeString(
                stopped.resolve("decisions.jsonl"),
                "{\"format_version\":1,\"step\":4,\"kind\":\"pri",
                StandardOpenOption.APPEND);

        assertThat(resume("--max-calls=1000").exitCode()).isZero();
        assertThat(market.requests()).isEqualTo(2 * needed);
        Trajectory.of(stopped).assertEqualTo(Trajectory.of(whole));
        CommandRun replay = CommandRun.of("replay", stopped.toString(), "--out=" + directory.resolve("again"));
        assertThat(replay.exitCode()).isZero();
    }

    @Test
    void shouldNameTheLineThatIsNoDecision() throws IOException {
        stopAfter(7);
        Path decisions = stopped.resolve("decisions.jsonl");
        Files.writeString(decisions, "nonsense\n", StandardOpenOption.APPEND);

        assertRefused(resume("--max-calls=1000"), decisions + ", line 8: not a decision: it is no JSON");
    }

    @Test
    void shouldRefuseARunThatIsFinished() {
        market.run(stopped);

        assertRefused(resume("--max-calls=1000"), "RUN " + stopped + ": is finished; there is nothing to resume");
    }

    /** It was killed before it came to its files, or ended early here and was finished elsewhere. */
    @ParameterizedTest
    @ValueSource(strings = {"running", "interrupted", "budget_spent", "failed"})
    void shouldWriteTheFilesWhenOnlyTheyAreMissing(String status) throws IOException {
        market.run(whole);
        market.run(stopped);
        Path manifest = stopped.resolve("run.json");
        Files.writeString(
                manifest,
                Resealed.of(Files.readString(manifest)
                        .replace("\"status\": \"finished\"", "\"status\": \"" + status + "\"")));
        Files.delete(stopped.resolve("series.npz"));
        Files.delete(stopped.resolve("series.csv"));
        int asked = market.requests();

        CommandRun resumed = resume();

        assertThat(resumed.err()).isEmpty();
        assertThat(resumed.exitCode()).isZero();
        assertThat(market.requests()).isEqualTo(asked);
        Trajectory.of(stopped).assertEqualTo(Trajectory.of(whole));
        assertThat(stopped.resolve("series.npz")).hasSameBinaryContentAs(whole.resolve("series.npz"));
        assertRefused(resume(), "is finished; there is nothing to resume");
    }

    @Test
    void shouldRefuseAReplay() throws IOException {
        stopAfter(7);
        Path replay = directory.resolve("replay");
        CommandRun.of("replay", stopped.toString(), "--no-fig", "--out=" + replay);
        // As if the replay had been killed: the log without its end, which is the last record.
        Path log = replay.resolve("events.log");
        byte[] bytes = Files.readAllBytes(log);
        Files.write(log, Arrays.copyOf(bytes, bytes.length - 1));
        int asked = market.requests();

        CommandRun resumed = CommandRun.of("resume", replay.toString());

        assertRefused(resumed, "is a replay of " + stopped + "; must be a run of its own, so resume that one");
        assertThat(market.requests()).isEqualTo(asked);
    }

    @Test
    void shouldRefuseWhatIsNoRun() {
        assertRefused(resume(), "RUN " + stopped + ": holds no run; must be a directory with an events.log");
        assertThat(CommandRun.of("resume").errLines())
                .containsExactly("market resume: RUN is missing: must be the directory of a run");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--max-calls=0|--max-calls 0: must be a whole number from 1",
                "--max-tokens=few|--max-tokens few: must be a whole number from 1",
                "--max-cost=1|--max-cost 1: the run was started without the prices of the model fixed",
                "--max-fallback-rate=2|--max-fallback-rate 2: must be a number from 0 to 1",
                "--on-failure=explode|--on-failure explode: must be one of hold, stop",
                "--deadline=5s|--deadline 5s: has no effect without services",
                "--batch-size=5|--batch-size 5: has no effect without --buyer-target",
                "--J=2|unknown option --J",
                "--model=other|unknown option --model",
            })
    void shouldSayInOneLineWhatIsWrong(String option, String said) throws IOException {
        stopAfter(2);
        int asked = market.requests();

        assertRefused(resume(option), said);
        assertThat(market.requests()).isEqualTo(asked);
    }

    @Test
    void shouldRefuseABudgetOfARunOfRules() throws IOException {
        CommandRun.of("run", "--J=1", "--rho=0.8", "--Nt=5", "--num-buyers=9", "--no-fig", "--out=" + stopped);
        Path log = stopped.resolve("events.log");
        byte[] bytes = Files.readAllBytes(log);
        Files.write(log, Arrays.copyOf(bytes, bytes.length - 1));

        assertRefused(
                resume("--max-calls=5"), "--max-calls 5: has no effect: no seller or buyer of this run is a model");
        assertThat(resume().exitCode()).isZero();
    }

    private void stopAfter(int calls) {
        assertThat(market.market("run", "--no-fig", "--max-calls=" + calls, "--out=" + stopped))
                .returns(4, CommandRun::exitCode);
    }

    private CommandRun resume(String... options) {
        String[] arguments = new String[options.length + 3];
        arguments[0] = "resume";
        arguments[1] = stopped.toString();
        arguments[2] = "--no-fig";
        System.arraycopy(options, 0, arguments, 3, options.length);
        return CommandRun.of(arguments);
    }

    private static void assertRefused(CommandRun resumed, String said) {
        assertThat(resumed.errLines())
                .singleElement()
                .asString()
                .startsWith("market resume: ")
                .contains(said);
        assertThat(resumed.exitCode()).isEqualTo(2);
        assertThat(resumed.out()).isEmpty();
    }
}
