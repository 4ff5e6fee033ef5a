package org.interregnum.standalone.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.interregnum.standalone.serve.AgentProcess;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunCommandTest {
    @TempDir
    private Path directory;

    @Test
    void shouldRunAMarketAndLeaveItsFiles() throws IOException {
        Path out = directory.resolve("deep/run");

        CommandRun run = run(out, "--J", "1", "--rho", "0.8", "--Nt", "400");

        assertThat(run.exitCode()).isZero();
        assertThat(run.err()).isEmpty();
        assertThat(run.out())
                .startsWith("Alternating monopolies: ")
                .contains("mean leader share             0.826")
                .contains("399 of 399")
                .contains("300 of 400")
                .contains(out.toString());
        assertThat(files(out))
                .containsExactly(
                        "correlation.csv",
                        "events.log",
                        "market.png",
                        "market.svg",
                        "run.json",
                        "series.csv",
                        "series.npz");
        assertThat(Files.readString(out.resolve("run.json")))
                .contains("\"status\": \"finished\"")
                .contains("\"points\": 400")
                .contains("\"regime\": \"alternating_monopolies\"")
                .contains("\"mean_leader_share\": 0.826");
        assertThat(Files.readAllLines(out.resolve("series.csv"))).hasSize(401);
        assertThat(Files.readAllLines(out.resolve("correlation.csv"))).hasSize(201);
    }

    @Test
    void shouldRunAMarketOfOnePoint() throws IOException {
        Path out = directory.resolve("run");

        CommandRun run = run(out, "--J", "1", "--rho", "0.8", "--Nt", "1", "--num-buyers", "10", "--no-fig");

        assertThat(run.exitCode()).isZero();
        assertThat(run.out()).startsWith("Regime undetermined: ").contains("0 of 0");
        assertThat(files(out)).containsExactly("events.log", "run.json", "series.csv", "series.npz");
    }

    @Test
    void shouldRecordWhoOpenedAMarketThatTookNoStep() throws IOException {
        Path out = directory.resolve("run");
        try (FakeAgents agents = new FakeAgents()) {
            String[] options = {"--J", "1", "--rho", "0.8", "--Nt", "1", "--num-buyers", "10", "--no-fig"};
            List<String> arguments = new ArrayList<>(List.of(options));
            arguments.addAll(List.of("--seller-target", agents.address(), "--buyer-target", agents.address()));

            CommandRun run = run(out, arguments.toArray(String[]::new));

            assertThat(run.exitCode()).isZero();
            assertThat(Files.readString(out.resolve("run.json")).replaceAll("\\s+", " "))
                    .contains("\"decisions\": { \"model\": 10 }")
                    .contains("\"name\": \"fake\", \"version\": \"7\", \"strategy\": \"whim\"")
                    .doesNotContain("\"name\": \"\"", "interregnum-seller", "interregnum-buyer");
        }
    }

    @Test
    void shouldUseAnEmptyDirectory() throws IOException {
        Path out = Files.createDirectory(directory.resolve("run"));

        assertThat(run(out, "--J", "0", "--rho", "0.8", "--Nt", "10", "--num-buyers", "50")
                        .exitCode())
                .isZero();
        assertThat(out.resolve("run.json")).exists();
    }

    @Test
    void shouldStopWithCode3AndKeepARecordWhenAServiceIsDown() throws IOException {
        for (String option : List.of("--seller-target", "--buyer-target")) {
            Path out = directory.resolve(option.substring(2));
            String address = "127.0.0.1:" + AgentProcess.freePort();

            CommandRun run = run(out, "--J", "1", "--rho", "0.8", "--Nt", "10", option, address);

            assertThat(run.exitCode()).isEqualTo(3);
            assertThat(run.out()).isEmpty();
            assertThat(run.errLines())
                    .singleElement()
                    .asString()
                    .startsWith("market run: stopped before the market opened because agents failed: ")
                    .contains(address)
                    .contains(out.toString());
            assertThat(Files.readString(out.resolve("run.json")))
                    .contains("\"status\": \"failed\"")
                    .contains(address);
        }
    }

    @Test
    void shouldSayWhenItsDirectoryCannotBeLocked() throws IOException {
        Path out = directory.resolve("run");
        // Where no file can be made, such as on a disk without room for one.
        Files.createDirectories(out.resolve("run.lock"));

        CommandRun run = run(out, "--J", "1", "--rho", "0.8", "--Nt", "10");

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.out()).isEmpty();
        assertThat(run.errLines())
                .singleElement()
                .asString()
                .startsWith("market run: --out " + out + ": cannot write ")
                .endsWith("run.lock: Is a directory; must be a new or empty directory");
    }

    @Test
    void shouldCheckWithoutStartingAnything() {
        Path out = directory.resolve("run");

        CommandRun run = CommandRun.of(
                "check", "--J", "1", "--rho", "0.8", "--Nt", "400", "--out", out.toString(), "--buyer-target", "h:1");

        assertThat(run.exitCode()).isZero();
        assertThat(run.err()).isEmpty();
        assertThat(run.out())
                .contains("J            1.0 (J of the utility: 7.88248)")
                .contains("probability 0.184207")
                .contains("cost-cap     0.08")
                .contains("sellers      rule in this process")
                .contains("buyers       service at h:1")
                .contains("steps        399")
                .containsPattern("memory       \\d+ MB of ");
        assertThat(directory).isEmptyDirectory();
    }

    private static CommandRun run(Path out, String... options) {
        String[] arguments = new String[options.length + 3];
        arguments[0] = "run";
        arguments[1] = "--out";
        arguments[2] = out.toString();
        System.arraycopy(options, 0, arguments, 3, options.length);
        return CommandRun.of(arguments);
    }

    private static List<String> files(Path out) throws IOException {
        try (var files = Files.list(out)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }
}
