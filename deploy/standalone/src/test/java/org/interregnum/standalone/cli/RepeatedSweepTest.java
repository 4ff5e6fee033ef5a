package org.interregnum.standalone.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.interregnum.standalone.recorded.ChatEndpoint;
import org.interregnum.standalone.recorded.ChatEndpoint.Reply;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Seeds that are run several times, by models whose answers differ each time they are asked. */
class RepeatedSweepTest {
    @TempDir
    private Path directory;

    @Test
    void shouldTellTheVarianceBetweenRunsFromThatBetweenSeeds() throws IOException {
        Path out = directory.resolve("sweep");
        try (ChatEndpoint endpoint = wavering()) {
            CommandRun sweep = sweep(endpoint, out, "--J=0.5,1", "--sellers=rule,llm", "--seeds=2", "--repetitions=3");

            assertThat(sweep.exitCode()).as(sweep.err()).isZero();
        }
        List<Map<String, String>> rows = SweepCommandTest.rows(out);
        // Of rules each seed once, of models three times; the repetition is the innermost.
        assertThat(rows)
                .extracting(row ->
                        row.get("J") + " " + row.get("sellers") + " " + row.get("seed") + " " + row.get("repetition"))
                .containsExactly(
                        "0.5 rule 42 ",
                        "0.5 rule 43 ",
                        "0.5 llm 42 1",
                        "0.5 llm 42 2",
                        "0.5 llm 42 3",
                        "0.5 llm 43 1",
                        "0.5 llm 43 2",
                        "0.5 llm 43 3",
                        "1.0 rule 42 ",
                        "1.0 rule 43 ",
                        "1.0 llm 42 1",
                        "1.0 llm 42 2",
                        "1.0 llm 42 3",
                        "1.0 llm 43 1",
                        "1.0 llm 43 2",
                        "1.0 llm 43 3");
        double[][] prices = {prices(rows, "0.5", "42"), prices(rows, "0.5", "43")};
        assertThat(prices[0]).doesNotHaveDuplicates();
        String variance = Files.readAllLines(out.resolve("variance.csv")).stream()
                .filter(line ->
                        line.startsWith("0.5,") && line.contains(",llm,") && line.contains(",mean_transaction_price,"))
                .findFirst()
                .orElseThrow();
        String[] values =
                variance.substring(variance.indexOf("mean_transaction_price")).split(",", -1);
        assertThat(values[1]).as("seeds").isEqualTo("2");
        assertThat(values[2]).as("runs").isEqualTo("6");
        double within = (squares(prices[0]) + squares(prices[1])) / 4;
        assertThat(Double.parseDouble(values[3])).as("between runs").isCloseTo(within, within(within));
        assertThat(Files.readString(out.resolve("variance.csv"))).doesNotContain(",rule,");

        assertComponentsInComparison(out, rows);
    }

    /** Over two markets, whose means are the units: so a run of a seed is one in each of them. */
    private void assertComponentsInComparison(Path sweep, List<Map<String, String>> rows) throws IOException {
        Path comparison = directory.resolve("comparison");
        CommandRun compare =
                CommandRun.of("compare", sweep.toString(), "--measure=mean_transaction_price", "--out=" + comparison);

        assertThat(compare.exitCode()).as(compare.err()).isZero();
        List<String> lines = Files.readAllLines(comparison.resolve("compare.csv"));
        List<String> names = List.of(lines.get(0).split(",", -1));
        String[] values = lines.get(1).split(",", -1);
        double sum = 0;
        for (String seed : List.of("42", "43")) {
            double[] low = prices(rows, "0.5", seed);
            double[] high = prices(rows, "1.0", seed);
            double[] means = new double[low.length];
            for (int run = 0; run < means.length; run++) {
                means[run] = (low[run] + high[run]) / 2;
            }
            sum += squares(means);
        }
        assertThat(Double.parseDouble(values[names.indexOf("sweep (wavering) between runs")]))
                .isCloseTo(sum / 4, within(sum / 4));
        assertThat(values[names.indexOf("sweep (rule) between runs")]).isEmpty();
    }

    @Test
    void shouldGoOnWithARepeatedSweep() throws IOException {
        Path out = directory.resolve("sweep");
        Path file = Files.writeString(
                directory.resolve("sweep.yaml"), "J: 0.5\nrho: 0.8\nsellers: llm\nseeds: 2\nrepetitions: 2\n");
        try (ChatEndpoint endpoint = wavering()) {
            assertThat(sweep(endpoint, out, "--file=" + file, "--max-calls=7").exitCode())
                    .isEqualTo(4);
            CommandRun more = CommandRun.of("resume", out.toString(), "--quiet", "--max-calls=1000");

            assertThat(more.exitCode()).as(more.err()).isZero();
        }
        assertThat(SweepCommandTest.rows(out))
                .extracting(row -> row.get("seed") + " " + row.get("repetition"))
                .containsExactly("42 1", "42 2", "43 1", "43 2");
        assertThat(Files.readString(out.resolve("sweep.json"))).contains("\"name\": \"repetition\"");
    }

    @Test
    void shouldForecastAllRunsOfASeed() throws IOException {
        try (ChatEndpoint endpoint = wavering()) {
            CommandRun run = sweep(
                    endpoint,
                    directory.resolve("sweep"),
                    "--J=1",
                    "--sellers=rule,llm",
                    "--seeds=2",
                    "--repetitions=3",
                    "--dry-run");

            assertThat(run.exitCode()).as(run.err()).isZero();
            assertThat(run.out())
                    .contains("cells        8\n")
                    .contains("6 cells with models")
                    // A seller of four is drawn in each of eight steps, and asked; six times.
                    .contains("sellers wavering: about 48 calls");
        }
    }

    @Test
    void shouldRefuseToRepeatRules() {
        CommandRun run = CommandRun.of(
                "sweep", "--J=1", "--rho=0.8", "--Nt=9", "--repetitions=2", "--out=" + directory.resolve("sweep"));

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.errLines())
                .containsExactly(
                        "market sweep: --repetitions 2: runs of rules with one seed are equal in every bit; must"
                                + " be left out, or --sellers llm or --buyers llm given");
        assertThat(directory.resolve("sweep")).doesNotExist();
    }

    private static org.assertj.core.data.Offset<Double> within(double value) {
        return org.assertj.core.data.Offset.offset(1e-9 * Math.abs(value));
    }

    private static double[] prices(List<Map<String, String>> rows, String effect, String seed) {
        return rows.stream()
                .filter(row -> row.get("sellers").equals("llm"))
                .filter(row -> row.get("J").equals(effect) && row.get("seed").equals(seed))
                .mapToDouble(row -> Double.parseDouble(row.get("mean_transaction_price")))
                .toArray();
    }

    private static double squares(double[] values) {
        double mean = java.util.Arrays.stream(values).average().orElseThrow();
        return java.util.Arrays.stream(values)
                .map(value -> (value - mean) * (value - mean))
                .sum();
    }

    /** Answers another price to every question, as a model with a temperature does. */
    private static ChatEndpoint wavering() throws IOException {
        return ChatEndpoint.startForMany((number, request) ->
                Reply.saying("{\"reason\": \"as I like\", \"price\": 0." + (100 + number * 37 % 800) + "}"));
    }

    private static CommandRun sweep(ChatEndpoint endpoint, Path out, String... options) {
        List<String> command = new ArrayList<>(List.of(
                "sweep",
                "--Nt=9",
                "--num-sellers=4",
                "--num-buyers=40",
                "--model=wavering",
                "--endpoint=keyless-in-tests",
                "--base-url=" + endpoint.url("v1"),
                "--quiet",
                "--out=" + out));
        if (List.of(options).stream().noneMatch(option -> option.startsWith("--file"))) {
            command.add("--rho=0.8");
        }
        command.addAll(List.of(options));
        return CommandRun.of(command.toArray(String[]::new));
    }
}
