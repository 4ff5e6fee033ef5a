package org.interregnum.standalone.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.interregnum.standalone.serve.AgentProcess;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SweepCommandTest {
    private static final String[] SMALL = {
        "--J", "0,1", "--rho", "0.1:0.8:0.7", "--Nt", "120", "--num-buyers", "200", "--seeds", "2", "--no-fig"
    };

    @TempDir
    private Path directory;

    @Test
    void shouldComeToTheDigitsThatSingleRunsComeTo() throws IOException {
        Path out = directory.resolve("sweep");

        CommandRun run = sweep(out, SMALL);

        assertThat(run.err()).isEmpty();
        assertThat(run.exitCode()).isZero();
        assertThat(run.out()).contains("8 cells: 8 finished").contains(out.toString());
        List<Map<String, String>> rows = rows(out);
        assertThat(rows).extracting(row -> row.get("cell")).containsExactly("0", "1", "2", "3", "4", "5", "6", "7");
        assertThat(rows)
                .extracting(row -> row.get("J") + " " + row.get("rho") + " " + row.get("seed"))
                .containsExactly(
                        "0.0 0.1 42",
                        "0.0 0.1 43",
                        "0.0 0.8 42",
                        "0.0 0.8 43",
                        "1.0 0.1 42",
                        "1.0 0.1 43",
                        "1.0 0.8 42",
                        "1.0 0.8 43");
        for (Map<String, String> row : rows) {
            Path single = directory.resolve("run-" + row.get("cell"));
            CommandRun alone = CommandRun.of(
                    "run",
                    "--J",
                    row.get("J"),
                    "--rho",
                    row.get("rho"),
                    "--Nt",
                    row.get("Nt"),
                    "--num-buyers",
                    row.get("num-buyers"),
                    "--seed",
                    row.get("seed"),
                    "--no-fig",
                    "--out",
                    single.toString());
            assertThat(alone.exitCode()).isZero();
            JsonNode manifest = json(single.resolve("run.json"));
            assertThat(row.get("regime")).isEqualTo(manifest.get("regime").textValue());
            assertThat(row.get("status")).isEqualTo("finished");
            assertThat(row.get("steps")).isEqualTo("119");
            manifest.get("order_parameters")
                    .fields()
                    .forEachRemaining(parameter -> assertThat(row.get(parameter.getKey()))
                            .as(parameter.getKey())
                            .isEqualTo(parameter.getValue().asText()));
        }
    }

    @Test
    void shouldDescribeItself() throws IOException {
        Path out = directory.resolve("sweep");
        sweep(out, SMALL);

        JsonNode manifest = json(out.resolve("sweep.json"));

        assertThat(manifest.get("status").textValue()).isEqualTo("finished");
        assertThat(manifest.get("cells").intValue()).isEqualTo(8);
        assertThat(manifest.at("/counts/finished").intValue()).isEqualTo(8);
        assertThat(manifest.at("/counts/missing").intValue()).isZero();
        assertThat(manifest.get("swept").findValuesAsText("name")).containsExactly("J", "rho", "seed");
        assertThat(manifest.at("/swept/1/values").toString()).isEqualTo("[0.1,0.8]");
        assertThat(manifest.get("seeds").toString()).isEqualTo("[42,43]");
        assertThat(manifest.get("fixed").toString()).isEqualTo("{\"Nt\":120,\"num-buyers\":200}");
        List<String> columns = new ArrayList<>();
        manifest.get("columns").forEach(column -> columns.add(column.textValue()));
        assertThat(Files.readAllLines(out.resolve("runs.csv")).get(0)).isEqualTo(String.join(",", columns));
    }

    @Test
    void shouldHaveTheSameTableAsParquet() throws Exception {
        Path out = directory.resolve("sweep");
        // One point only: most order parameters are defined, the rate of lead changes is not.
        sweep(out, "--J", "0,1", "--rho", "0.8", "--Nt", "1,60", "--num-buyers", "50", "--no-fig");

        List<Map<String, String>> rows = rows(out);
        assertThat(rows.get(0)).containsEntry("lead_changes_per_1000_steps", "").containsEntry("reason", "");
        try (Connection database = DriverManager.getConnection("jdbc:duckdb:");
                ResultSet parquet = database.createStatement()
                        .executeQuery("SELECT * FROM '" + out.resolve("runs.parquet") + "' ORDER BY cell")) {
            for (Map<String, String> row : rows) {
                assertThat(parquet.next()).isTrue();
                for (Map.Entry<String, String> value : row.entrySet()) {
                    Object inParquet = parquet.getObject(value.getKey());
                    assertThat(inParquet == null ? "" : inParquet.toString())
                            .as(value.getKey())
                            .isEqualTo(value.getValue());
                }
            }
            assertThat(parquet.next()).isFalse();
        }
    }

    @Test
    void shouldWriteTheSameBytesHoweverManyRunAtOnce() throws IOException {
        Path one = directory.resolve("one");
        Path many = directory.resolve("many");

        sweep(one, with(SMALL, "--at-once", "1"));
        sweep(many, with(SMALL, "--at-once", "4", "--keep-runs"));

        assertThat(many.resolve("runs.csv")).hasSameBinaryContentAs(one.resolve("runs.csv"));
        assertThat(one.resolve("runs")).doesNotExist();
        try (Stream<Path> runs = Files.list(many.resolve("runs"))) {
            assertThat(runs)
                    .hasSize(8)
                    .allSatisfy(run -> assertThat(run.resolve("series.npz")).exists());
        }
    }

    @Test
    void shouldDoOnlyWhatIsMissing() throws IOException {
        Path whole = directory.resolve("whole");
        Path out = directory.resolve("sweep");
        sweep(whole, SMALL);
        sweep(out, SMALL);
        List<String> lines = Files.readAllLines(out.resolve("cells.jsonl"));
        String kept =
                String.join("\n", lines.subList(0, 4)) + "\n" + lines.get(4).substring(0, 30);
        for (String[] again :
                new String[][] {with(SMALL, "--out", out.toString()), {"resume", out.toString(), "--quiet"}}) {
            Files.writeString(out.resolve("cells.jsonl"), kept);
            Files.delete(out.resolve("runs.csv"));

            CommandRun run = again[0].equals("resume")
                    ? CommandRun.of(again)
                    : CommandRun.of(with(new String[] {"sweep"}, again));

            assertThat(run.err()).isEmpty();
            assertThat(run.exitCode()).isZero();
            assertThat(out.resolve("runs.csv")).hasSameBinaryContentAs(whole.resolve("runs.csv"));
            assertThat(Files.readAllLines(out.resolve("cells.jsonl")))
                    .hasSize(9)
                    .startsWith(lines.get(0), lines.get(1), lines.get(2), lines.get(3));
        }
        // All is done: nothing is added.
        CommandRun.of("resume", out.toString());
        assertThat(Files.readAllLines(out.resolve("cells.jsonl"))).hasSize(9);
    }

    @Test
    void shouldGoOnInTheMannerInWhichItBegan() throws IOException {
        Path out = directory.resolve("sweep");
        sweep(out, with(SMALL, "--keep-runs", "--at-once", "1"));
        forgetCells(out, 4);

        assertThat(CommandRun.of("resume", out.toString(), "--quiet").exitCode())
                .isZero();

        assertThat(out.resolve("runs/cell-000006/run.json")).exists();
        assertThat(json(out.resolve("sweep.json")).get("at_once").intValue()).isEqualTo(1);
        assertThat(json(out.resolve("sweep.json")).get("keep_runs").booleanValue())
                .isTrue();

        CommandRun.of("resume", out.toString(), "--quiet", "--at-once=2");
        assertThat(json(out.resolve("sweep.json")).get("at_once").intValue()).isEqualTo(2);
    }

    @Test
    void shouldKeepRunsFromHereOnWhenThatIsSaidAnew() throws IOException {
        Path out = directory.resolve("sweep");
        sweep(out, SMALL);
        forgetCells(out, 4);

        assertThat(CommandRun.of("resume", out.toString(), "--quiet", "--keep-runs")
                        .exitCode())
                .isZero();

        assertThat(out.resolve("runs/cell-000006/run.json")).exists();
        assertThat(out.resolve("runs/cell-000000")).doesNotExist();
    }

    /** Leaves the first cells in the journal, where each is as soon as it has ended, and no files of the later ones. */
    private static void forgetCells(Path out, int first) throws IOException {
        Path journal = out.resolve("cells.jsonl");
        List<String> left = new ArrayList<>();
        for (String line : Files.readAllLines(journal)) {
            // The heading is of no cell.
            if (new ObjectMapper().readTree(line).path("cell").asInt(-1) < first) {
                left.add(line);
            }
        }
        assertThat(left).hasSize(1 + first);
        Files.write(journal, left);
        Path run = out.resolve("runs/cell-000006");
        if (Files.exists(run)) {
            try (Stream<Path> files = Files.list(run)) {
                for (Path file : files.toList()) {
                    Files.delete(file);
                }
            }
            Files.delete(run);
        }
    }

    @Test
    void shouldSayWhatToDoWhenTheManifestIsLost() throws IOException {
        Path out = directory.resolve("sweep");
        sweep(out, SMALL);
        Files.delete(out.resolve("sweep.json"));

        CommandRun run = CommandRun.of("resume", out.toString());

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.errLines())
                .containsExactly("market resume: RUN " + out
                        + ": has the cells.jsonl of a sweep, but no sweep.json to say which; 'market sweep' with the"
                        + " options of the sweep and --out " + out + " goes on with it");
        assertThat(sweep(out, with(SMALL, "--mu", "0.4")).errLines())
                .containsExactly("market sweep: --out " + out
                        + ": has a sweep of another grid; must be a new or empty directory, or that of this sweep");
        assertThat(sweep(out, SMALL).exitCode()).isZero();
        assertThat(json(out.resolve("sweep.json")).get("status").textValue()).isEqualTo("finished");
    }

    @Test
    void shouldRefuseOptionsOfSweepsForRuns() {
        Path out = directory.resolve("run");
        CommandRun.of("run", "--J=1", "--rho=0.8", "--Nt=9", "--num-buyers=9", "--no-fig", "--out=" + out);

        CommandRun run = CommandRun.of("resume", out.toString(), "--at-once=2");

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.errLines())
                .containsExactly("market resume: --at-once: has no effect, as " + out + " is no sweep; leave it out");
    }

    @Test
    void shouldRefuseTheDirectoryOfAnotherGridAndLeaveItAlone() throws IOException {
        Path out = directory.resolve("sweep");
        sweep(out, SMALL);
        Map<String, String> before = contents(out);

        CommandRun run = sweep(out, with(SMALL, "--mu", "0.4"));

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.errLines())
                .containsExactly("market sweep: --out " + out
                        + ": has a sweep of another grid; must be a new or empty directory, or that of this sweep");
        assertThat(contents(out)).isEqualTo(before);
    }

    @Test
    void shouldTakeTheSameGridHoweverItIsWritten() throws IOException {
        Path out = directory.resolve("sweep");
        sweep(out, SMALL);
        Path file = Files.writeString(
                directory.resolve("sweep.yaml"), "rho: [.10, 0.80]\nJ: 0:1:1\nNt: 120\nnum-buyers: 200\nseeds: 2\n");

        CommandRun run = sweep(out, "--file", file.toString(), "--no-fig");

        assertThat(run.err()).isEmpty();
        assertThat(run.exitCode()).isZero();
        assertThat(Files.readAllLines(out.resolve("cells.jsonl"))).hasSize(9);
    }

    @Test
    void shouldFinishTheOthersWhenACellFails() throws IOException {
        Path out = directory.resolve("sweep");
        try (FakeAgents agents = new FakeAgents()) {
            String dead = "127.0.0.1:" + AgentProcess.freePort();

            CommandRun run = sweep(
                    out,
                    "--J",
                    "1",
                    "--rho",
                    "0.8",
                    "--Nt",
                    "1",
                    "--num-buyers",
                    "10",
                    "--seeds",
                    "3",
                    "--buyer-target",
                    dead + "," + agents.address(),
                    "--no-fig");

            assertThat(run.exitCode()).isEqualTo(3);
            assertThat(run.errLines().get(0))
                    .startsWith("market sweep: 3 of 6 cells failed, the first of them cell 0: ")
                    .contains(dead);
            assertThat(run.out()).contains("6 cells: 3 finished, 3 failed");
            assertThat(rows(out))
                    .extracting(row -> row.get("status"))
                    .containsExactly("failed", "failed", "failed", "finished", "finished", "finished");
            assertThat(rows(out).get(0).get("reason")).contains(dead);
            assertThat(json(out.resolve("sweep.json")).get("status").textValue())
                    .isEqualTo("failed");
        }
    }

    @Test
    void shouldMakeOneCellOfSettingsWithoutEffect() throws IOException {
        Path out = directory.resolve("sweep");

        CommandRun run = sweep(
                out,
                "--J",
                "1",
                "--rho",
                "0.8",
                "--Nt",
                "40",
                "--sellers",
                "rule,llm",
                "--model",
                "a,b",
                "--information",
                "research,price-only",
                "--seeds",
                "2",
                "--dry-run");

        assertThat(run.exitCode()).as(run.err()).isZero();
        // Of rules one, of models two times two, and each with two seeds.
        assertThat(run.out())
                .contains("cells        10\n")
                .contains("8 cells with models")
                .contains("sellers a")
                .contains("sellers b");
        assertThat(out).doesNotExist();
    }

    @Test
    void shouldSayWhatItWouldNeedAndCreateNothing() {
        Path out = directory.resolve("sweep");

        CommandRun run = sweep(out, with(SMALL, "--dry-run"));

        assertThat(run.exitCode()).isZero();
        assertThat(run.out())
                .contains("cells        8\n")
                .contains("rho          2 values: 0.1, 0.8")
                .containsPattern("memory +\\d+ MB")
                .containsPattern("time +about .*s, by a trial");
        assertThat(out).doesNotExist();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--J 0:1:0 --rho 0.8 --Nt 10|--J 0:1:0: its step does not lead from 0 to 1",
                "--J 0,x --rho 0.8 --Nt 10|--J x: must be a number from 0 to 1e9",
                "--J 0 --rho 0.8,9 --Nt 10|--rho 9: must be a number above 0 and at most M / ln(M)",
                "--J 0 --rho 0.8 --Nt 10 --seeds 0|--seeds 0: must be a whole number from 1",
                "--J 0 --rho 0.8 --Nt 10 --seeds 2 --seed 1,2|--seeds 2: contradicts --seed",
                "--J 0 --rho 0.8 --Nt 10 --seed 4294967295 --seeds 2|--seeds 4294967296: must be",
                "--J 0 --rho 0.8|--Nt is missing",
                "--J 0 --rho 0.8 --Nt 10 --model a,b|--model a,b: has no effect without",
                "--J 0 --rho 0.8 --Nt 10 --num-buyers 1:100000000:1|--num-buyers 1:100000000:1: has more than",
                "--J 0:100:0.001 --rho 0.001:4:0.001 --Nt 10|the grid has",
                "--J 0 --rho 0.8 --Nt 10 --at-once 0|--at-once 0: must be",
                "--J 0,1 --rho 0.8 --Nt 10 --max-calls 1,2|--max-calls 1,2: "
            })
    void shouldRefuseBadInputInOneLineAndCreateNothing(String options, String complaint) {
        Path out = directory.resolve("sweep");

        CommandRun run = sweep(out, options.split(" "));

        assertThat(run.exitCode()).as(run.out()).isEqualTo(2);
        assertThat(run.errLines()).singleElement().asString().startsWith("market sweep: " + complaint);
        assertThat(out).doesNotExist();
    }

    static String[] with(String[] options, String... more) {
        return Stream.concat(Arrays.stream(options), Arrays.stream(more)).toArray(String[]::new);
    }

    private static CommandRun sweep(Path out, String... options) {
        return CommandRun.of(with(new String[] {"sweep", "--quiet", "--out", out.toString()}, options));
    }

    static List<Map<String, String>> rows(Path out) throws IOException {
        List<String> lines = Files.readAllLines(out.resolve("runs.csv"));
        String[] names = lines.get(0).split(",");
        List<Map<String, String>> rows = new ArrayList<>();
        for (String line : lines.subList(1, lines.size())) {
            // A reason may have commas, in quotes.
            String[] values = line.split(",(?=(?:[^\"]*\"[^\"]*\")*[^\"]*$)", -1);
            Map<String, String> row = new LinkedHashMap<>();
            for (int column = 0; column < names.length; column++) {
                row.put(names[column], values[column]);
            }
            rows.add(row);
        }
        return rows;
    }

    private static JsonNode json(Path path) throws IOException {
        return new ObjectMapper().readTree(path.toFile());
    }

    private static Map<String, String> contents(Path out) throws IOException {
        Map<String, String> contents = new LinkedHashMap<>();
        try (Stream<Path> files = Files.list(out)) {
            for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
                contents.put(
                        file.getFileName().toString(),
                        Files.readString(file, java.nio.charset.StandardCharsets.ISO_8859_1));
            }
        }
        return contents;
    }
}
