package org.interregnum.standalone.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.interregnum.standalone.recorded.Trajectory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReplayCommandTest {
    @TempDir
    private Path directory;

    private ModelMarket market;
    private Path first;
    private Path again;

    @BeforeEach
    void start() throws IOException {
        market = new ModelMarket();
        first = directory.resolve("first");
        again = directory.resolve("again");
    }

    @AfterEach
    void stop() {
        market.close();
    }

    @Test
    void shouldComeOutTheSameAndAskNobody() throws IOException {
        market.run(first);
        int asked = market.requests();

        CommandRun replay = replay(first);

        assertThat(replay.err()).isEmpty();
        assertThat(replay.exitCode()).isZero();
        assertThat(replay.out())
                .contains("Equal to " + first + " in every bit of " + ModelMarket.POINTS + " points'")
                .containsPattern("replayed +9 +0 ");
        assertThat(market.requests()).isEqualTo(asked);
        Trajectory.of(again).assertEqualTo(Trajectory.of(first));
        assertThat(Files.readString(again.resolve("run.json"))).contains("\"origin\": \"replay of " + first + "\"");
    }

    @Test
    void shouldReplayARunOfRules() throws IOException {
        String[] rules = {"run", "--J=1", "--rho=0.8", "--Nt=20", "--num-buyers=50", "--no-fig", "--out=" + first};
        assertThat(CommandRun.of(rules).exitCode()).isZero();

        CommandRun replay = replay(first);

        assertThat(replay.exitCode()).isZero();
        assertThat(replay.out()).contains("in every bit of 20 points'");
        Trajectory.of(again).assertEqualTo(Trajectory.of(first));
    }

    @Test
    void shouldReplayAReplay() throws IOException {
        market.run(first);
        assertThat(replay(first).exitCode()).isZero();
        Path third = directory.resolve("third");

        CommandRun replay = CommandRun.of("replay", again.toString(), "--no-fig", "--out=" + third);

        assertThat(replay.err()).isEmpty();
        assertThat(replay.exitCode()).isZero();
        Trajectory.of(third).assertEqualTo(Trajectory.of(first));
    }

    @ParameterizedTest
    @ValueSource(strings = {"price", "impression", "choice"})
    void shouldNameTheDecisionThatIsNotInTheRecord(String kind) throws IOException {
        market.run(first);
        int asked = market.requests();
        List<String> lines = Files.readAllLines(decisions());
        String gone = lines.stream()
                .filter(line -> line.contains("\"kind\":\"" + kind + "\""))
                .reduce((one, other) -> other)
                .orElseThrow();
        int step = number(gone, "step");
        String who = kind.equals("price") ? "seller " + number(gone, "seller") : "buyer " + number(gone, "buyer");
        write(lines.stream().filter(line -> !line.equals(gone)).toList());

        CommandRun replay = replay(first);

        assertRefused(replay, decisions() + " has no record of the " + kind + " of " + who + " at step " + step);
        assertThat(market.requests()).isEqualTo(asked);
    }

    @Test
    void shouldSayWhereTheRecordIsCutOff() throws IOException {
        market.run(first);
        int asked = market.requests();
        String whole = Files.readString(decisions());
        Files.writeString(decisions(), whole.substring(0, whole.length() - 20));

        CommandRun replay = replay(first);

        assertRefused(replay, decisions() + " has no record of the ");
        assertThat(replay.err()).contains("at step 9");
        assertThat(market.requests()).isEqualTo(asked);
    }

    @ParameterizedTest
    @ValueSource(strings = {"not JSON", "{}", "[]", "{\"format_version\": 99}"})
    void shouldNameTheLineThatIsNoDecision(String line) throws IOException {
        market.run(first);
        List<String> lines = Files.readAllLines(decisions());
        lines.set(2, line);
        write(lines);

        assertRefused(replay(first), decisions() + ", line 3: not a decision: ");
    }

    @Test
    void shouldRefuseARecordThatDecidesTwice() throws IOException {
        market.run(first);
        List<String> lines = Files.readAllLines(decisions());
        lines.add(lines.get(0));
        write(lines);

        assertRefused(replay(first), "line " + lines.size() + ": decides again what line 1 decides");
    }

    /** A decision of another market: a seller that this one does not have. */
    @Test
    void shouldStopAtADecisionThatDoesNotFitTheMarket() throws IOException {
        market.run(first);
        write(Files.readAllLines(decisions()).stream()
                .map(line -> line.contains("\"kind\":\"choice\"")
                        ? Resealed.of(line.replaceFirst("\"decision\":-?\\d+", "\"decision\":7"))
                        : line)
                .toList());

        CommandRun replay = replay(first);

        assertRefused(replay, "is not what the log has; it is of another run");
        assertThat(replay.err()).contains(decisions() + ": the record of the choice of buyer ");
    }

    @Test
    void shouldStopWhereTheRecordSaysSomethingElse() throws IOException {
        market.run(first);
        List<String> lines = Files.readAllLines(decisions());
        int price = 0;
        while (!lines.get(price).contains("\"kind\":\"price\"")) {
            price++;
        }
        lines.set(price, Resealed.of(lines.get(price).replaceFirst("\"decision\":[0-9.E-]+", "\"decision\":1.5")));
        write(lines);

        CommandRun replay = replay(first);

        assertRefused(replay, ": the record of the price of seller ");
        assertThat(replay.err()).contains("at step 1 is not what the log has");
    }

    @Test
    void shouldRefuseWithoutARecord() throws IOException {
        market.run(first);
        Files.delete(decisions());

        assertRefused(replay(first), decisions().toString());
    }

    @Test
    void shouldRefuseWhatIsNoRun() throws IOException {
        assertRefused(replay(first), "RUN " + first + ": holds no run; must be a directory with an events.log");
        Files.createDirectory(first);
        assertRefused(replay(first), "RUN " + first + ": holds no run");
        Files.writeString(first.resolve("events.log"), "something else");
        assertRefused(replay(first), first.resolve("events.log").toString());
        assertThat(CommandRun.of("replay").errLines())
                .containsExactly("market replay: RUN is missing: must be the directory of a run");
    }

    @Test
    void shouldRefuseADirectoryWithFilesInIt() {
        market.run(first);

        CommandRun replay = CommandRun.of("replay", first.toString(), "--out=" + first);

        assertThat(replay.exitCode()).isEqualTo(2);
        assertThat(replay.errLines())
                .containsExactly(
                        "market replay: --out " + first + ": holds files already; must be a new or empty directory");
    }

    @Test
    void shouldNotBothDrawAndLeaveOutTheFigure() {
        market.run(first);

        CommandRun replay = CommandRun.of("replay", first.toString(), "--fig", "--no-fig", "--out=" + again);

        assertRefused(replay, "--fig and --no-fig contradict each other");
    }

    private CommandRun replay(Path run) {
        return CommandRun.of("replay", run.toString(), "--no-fig", "--out=" + again);
    }

    private void assertRefused(CommandRun replay, String said) {
        assertThat(replay.errLines())
                .singleElement()
                .asString()
                .startsWith("market replay: ")
                .contains(said);
        assertThat(replay.exitCode()).isEqualTo(2);
        assertThat(replay.out()).isEmpty();
        assertThat(again).doesNotExist();
    }

    private Path decisions() {
        return first.resolve("decisions.jsonl");
    }

    private void write(List<String> lines) throws IOException {
        Files.writeString(decisions(), lines.stream().map(line -> line + "\n").collect(Collectors.joining()));
    }

    private static int number(String line, String key) {
        return Integer.parseInt(line.replaceFirst("^.*?\"" + key + "\":(\\d+).*$", "$1"));
    }
}
