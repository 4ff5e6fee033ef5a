package org.interregnum.standalone.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.imageio.ImageIO;
import org.interregnum.standalone.recorded.ChatEndpoint;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CompareCommandTest {
    private static final String HEADER = "cell,J,rho,Nt,num-buyers,num-sellers,%sseed,status,reason,steps,regime,"
            + "mean_leader_share,lead_changes_per_1000_steps,leader_order_parameter,herfindahl_hirschman_index,"
            + "mean_transaction_price,transaction_price_volatility,industry_profit,share_buying_nothing";

    @TempDir
    private Path directory;

    @Test
    void shouldCompareSweepsSeedBySeed() throws IOException {
        Path rule = sweep("rule", "", Map.of(1, "0.1", 2, "0.2", 3, "0.3", 4, "0.4", 5, "0.5"));
        Path model = sweep("model", "", Map.of(1, "0.2", 2, "0.4", 3, "0.6", 4, "0.8", 6, "0.9"));
        Path out = directory.resolve("comparison");

        CommandRun compare = CommandRun.of("compare", rule.toString(), model.toString(), "--out=" + out);

        assertThat(compare.err()).isEmpty();
        assertThat(compare.exitCode()).isZero();
        assertThat(compare.out())
                .containsPattern("A +rule\nB +model\n")
                .containsPattern("pairs +4 seeds, in 4 markets that all have finished; no p-value can be below 0.125\n")
                .containsPattern("left out +rule: markets that not all have finished, 1\n")
                .containsPattern("left out +model: markets that not all have finished, 1\n")
                // 0.1, 0.2, 0.3, 0.4: mean 0.25, deviation 0.1291, all above 0, so p = 2/16.
                .containsPattern("mean_leader_share +0.250 \\([^)]*\\) +0.500 \\([^)]*\\) +0.250 \\([^)]*\\)"
                        + " +0.125 +1.936 +1.000\n")
                .containsPattern("lead_changes_per_1000_steps +not defined +not defined +not defined +not defined");
        List<String> table = Files.readAllLines(out.resolve("compare.csv"));
        assertThat(table).hasSize(9);
        assertThat(table.get(0)).startsWith("order_parameter,pairs,rule,rule low,rule high,");
        assertThat(table.get(1)).startsWith("mean_leader_share,4,0.25,");
        assertThat(ImageIO.read(out.resolve("compare.png").toFile()).getWidth()).isEqualTo(1440);
        assertThat(out.resolve("compare.svg")).exists();
        assertThat(CommandRun.of("compare", rule.toString(), model.toString(), "--out=" + out)
                        .exitCode())
                .isEqualTo(2);
    }

    @Test
    void shouldTellTheModelsOfOneSweepApart() throws IOException {
        Path sweep = directory.resolve("models");
        Files.createDirectories(sweep);
        Files.write(
                sweep.resolve("runs.csv"),
                List.of(
                        HEADER.formatted("sellers,model,"),
                        "0,1,0.8,400,100,10,rule,,7,finished,,399,competition,0.2,,,,,,,",
                        "1,1,0.8,400,100,10,llm,x,7,finished,,399,competition,0.3,,,,,,,",
                        "2,1,0.8,400,100,10,llm,y,7,budget_spent,no calls are left,9,competition,0.9,,,,,,,",
                        "3,1,0.8,400,100,10,llm,x,8,finished,,399,competition,0.4,,,,,,,"));

        CommandRun two = CommandRun.of("compare", sweep.toString(), "--out=" + directory.resolve("two"));

        // Nothing of y has finished, so there is no market that all have.
        assertThat(two.exitCode()).isEqualTo(2);
        assertThat(two.errLines())
                .containsExactly(
                        "market compare: no market has finished runs of all: they must have the same settings of"
                                + " the market and the same seed");
        assertThat(directory.resolve("two")).doesNotExist();
    }

    @Test
    void shouldCompareDirectoriesOfRuns() {
        for (int seed = 1; seed <= 2; seed++) {
            run("rule/" + seed, "--seed=" + seed);
            run("again/" + seed, "--seed=" + seed);
        }
        Path out = directory.resolve("out");

        CommandRun compare = CommandRun.of(
                "compare",
                directory.resolve("rule").toString(),
                directory.resolve("again").toString(),
                "--measure=industry_profit",
                "--out=" + out);

        assertThat(compare.err()).isEmpty();
        assertThat(compare.out())
                .containsPattern("pairs +2 seeds, in 2 markets")
                // The same rules in the same markets: no difference at all.
                .containsPattern("industry_profit .* 0 \\(0 to 0\\) +1.000 +not defined +not defined\n")
                .doesNotContain("mean_leader_share");
    }

    @Test
    void shouldNameDirectoriesOfTheSameNameByTheirParents() throws IOException {
        Path first = sweep("first/rule", "", Map.of(1, "0.1", 2, "0.2"));
        Path second = sweep("second/rule", "", Map.of(1, "0.2", 2, "0.3"));
        Path out = directory.resolve("out");

        CommandRun compare = CommandRun.of(
                "compare", first.toString(), second.toString(), "--measure=industry_profit", "--out=" + out);

        assertThat(compare.exitCode()).as(compare.err()).isZero();
        assertThat(compare.out()).containsPattern("A +first/rule\nB +second/rule\n");
        assertThat(Files.readAllLines(out.resolve("compare.csv")).get(0).split(","))
                .doesNotHaveDuplicates();
        assertThat(refusal(first.toString(), directory.resolve("first/../first/rule") + "/"))
                .endsWith(" is there twice; what is compared must be different directories");
    }

    /** Runs of models that differ in what decides are no repetitions of each other. */
    @Test
    void shouldTellAgentsApartByAllThatDecides() throws IOException {
        try (ChatEndpoint endpoint = ChatEndpoint.startForMany((number, request) ->
                ChatEndpoint.Reply.saying("{\"reason\": \"x\", \"price\": 0." + (100 + number % 800) + "}"))) {
            for (String temperature : List.of("0", "1")) {
                run("cold-and-warm/" + temperature, model(endpoint, "--temperature=" + temperature));
            }
        }
        Path out = directory.resolve("out");

        CommandRun compare = CommandRun.of(
                "compare", directory.resolve("cold-and-warm").toString(), "--measure=industry_profit", "--out=" + out);

        assertThat(compare.exitCode()).as(compare.err()).isZero();
        assertThat(compare.out())
                .containsPattern("A +cold-and-warm \\(sellers temperature 0\\)\n")
                .containsPattern("B +cold-and-warm \\(sellers temperature 1\\)\n");
    }

    private static String[] model(ChatEndpoint endpoint, String... more) {
        return SweepCommandTest.with(
                new String[] {
                    "--sellers=llm",
                    "--model=some",
                    "--num-sellers=4",
                    "--endpoint=keyless-in-tests",
                    "--base-url=" + endpoint.url("v1")
                },
                more);
    }

    @Test
    void shouldRefuseWhatCannotBeCompared() throws IOException {
        Path rule = sweep("rule", "", Map.of(1, "0.1"));
        Path damaged = directory.resolve("damaged");
        Files.createDirectories(damaged);
        Files.writeString(damaged.resolve("run.json"), "{");

        assertThat(refusal()).isEqualTo("A is missing: must be the directory of a sweep, of a run, or of runs");
        assertThat(refusal(rule.toString()))
                .isEqualTo("there is only one kind of agents, rule; a comparison takes two");
        assertThat(refusal(rule.toString(), directory.resolve("none").toString()))
                .isEqualTo(directory.resolve("none")
                        + ": holds no run; must be the directory of a sweep, of a run, or of runs");
        assertThat(refusal(rule.toString(), damaged.toString()))
                .isEqualTo(damaged.resolve("run.json") + ": not the manifest of a run: it is no JSON");
        assertThat(refusal(rule.toString(), rule.toString(), "--measure=profit"))
                .startsWith("--measure profit: must be of mean_leader_share, ");
        assertThat(refusal(rule.toString(), rule.toString(), "--confidence=95"))
                .isEqualTo("--confidence 95: must be a number from 0.5 to 0.999");
        assertThat(refusal(rule.toString(), rule.toString(), "--resamples=10"))
                .isEqualTo("--resamples 10: must be a whole number from 1000 to 1000000");
    }

    @Test
    void shouldDrawASweep() throws IOException {
        Path sweep = sweep("rule", "", Map.of(1, "0.1", 2, "0.2"));

        CommandRun figures = CommandRun.of("figures", sweep.toString());
        CommandRun none = CommandRun.of("figures", directory.toString());

        assertThat(figures.exitCode()).isZero();
        assertThat(figures.out())
                .contains("summary.csv  1 grid points", "no figure: all runs so far are of one grid point");
        assertThat(none.exitCode()).isEqualTo(2);
        assertThat(none.errLines())
                .containsExactly("market figures: " + directory.resolve("runs.csv") + ": there is no such file");
    }

    private String refusal(String... arguments) {
        List<String> all = new ArrayList<>(List.of("compare"));
        all.addAll(List.of(arguments));
        all.add("--out=" + directory.resolve("refused"));
        CommandRun refused = CommandRun.of(all.toArray(String[]::new));
        assertThat(refused.exitCode()).isEqualTo(2);
        assertThat(refused.errLines()).hasSize(1);
        assertThat(directory.resolve("refused")).doesNotExist();
        return refused.errLines().get(0).substring("market compare: ".length());
    }

    private void run(String name, String... options) {
        List<String> arguments = new ArrayList<>(List.of(
                "run",
                "--J=1",
                "--rho=0.8",
                "--Nt=80",
                "--num-buyers=100",
                "--no-fig",
                "--out=" + directory.resolve(name)));
        arguments.addAll(List.of(options));
        assertThat(CommandRun.of(arguments.toArray(String[]::new)).exitCode()).isZero();
    }

    private Path sweep(String name, String settings, Map<Integer, String> shares) throws IOException {
        Path sweep = directory.resolve(name);
        Files.createDirectories(sweep);
        List<String> lines = new ArrayList<>(List.of(HEADER.formatted(settings)));
        shares.forEach((seed, share) -> lines.add(lines.size() - 1 + ",1,0.8,400,100,10," + seed
                + ",finished,,399,competition," + share + ",,0.1,0.1,0.7,0.1,0.6,0"));
        Files.write(sweep.resolve("runs.csv"), lines);
        return sweep;
    }
}
