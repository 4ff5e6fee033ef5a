package org.interregnum.standalone.recovery;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.interregnum.standalone.MarketProcess;
import org.interregnum.standalone.cli.CommandRun;
import org.interregnum.standalone.kafka.KafkaUnderTest;
import org.interregnum.standalone.recorded.TimedModel;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * A limit of calls a minute over all runs of a sweep, seen at the endpoint. What is measured are least times: a machine that
 * is slow only adds to them.
 */
@Tag("thorough")
@Timeout(300)
class CallsPerMinuteIT {
    /** Of two settings and three seeds. */
    private static final int CELLS = 6;

    private static final int STEPS = 12;
    private static final int ALL = CELLS * STEPS;

    @TempDir
    private Path directory;

    @Test
    void shouldKeepToOneLimitOverAllRunsOfASweep() throws Exception {
        int limit = 480;
        Path paced = directory.resolve("paced");
        try (TimedModel model = TimedModel.start()) {
            long since = System.nanoTime();
            ModelMarket.assertDone(CommandRun.of(sweep(model, paced, "--calls-per-minute=" + limit)));
            assertThat(model.calls()).isEqualTo(ALL);
            model.assertPace(since, limit, 1);

            Path other = unlimited(model, limit);
            assertThat(paced.resolve("runs.csv")).hasSameTextualContentAs(other.resolve("runs.csv"));
        }
    }

    /** The same sweep without a limit, which does not keep to it: otherwise this test could not fail. */
    private Path unlimited(TimedModel model, int limit) throws IOException {
        for (int attempt = 0; attempt < 5; attempt++) {
            Path out = directory.resolve("unlimited-" + attempt);
            int first = model.calls();
            long since = System.nanoTime();
            ModelMarket.assertDone(CommandRun.of(sweep(model, out)));
            if (!model.tooEarly(first, since, limit, 1).isEmpty()) {
                return out;
            }
        }
        throw new AssertionError("this machine is so slow that a limit of " + limit + " calls a minute means nothing");
    }

    /** One call is allowed at once, and the next a minute later: by then the process has ended. */
    @ParameterizedTest
    @CsvSource({"INT,130", "TERM,143", "KILL,137"})
    void shouldEndAtOnceAndLoseNothingWhileItWaits(String signal, int exitCode) throws Exception {
        Path out = directory.resolve("sweep");
        Path undisturbed = directory.resolve("undisturbed");
        Path run;
        try (TimedModel model = TimedModel.start()) {
            ModelMarket.assertDone(CommandRun.of(sweep(model, undisturbed)));
            assertThat(model.calls()).isEqualTo(ALL);
            try (MarketProcess process = MarketProcess.start(
                    directory.resolve("err"), Arrays.asList(sweep(model, out, "--calls-per-minute=1")))) {
                while (withDecisions(out).isEmpty()) {
                    assertThat(process.isAlive())
                            .as(String.join("\n", process.err()))
                            .isTrue();
                    TimeUnit.MILLISECONDS.sleep(10);
                }
                run = withDecisions(out).get(0).getParent();
                process.signal(signal);
                assertThat(process.await(60)).isEqualTo(exitCode);
            }
            assertThat(model.calls()).as("the next call was not waited for").isEqualTo(ALL + 1);

            ModelMarket.assertDone(CommandRun.of(sweep(model, out)));
            assertThat(model.calls()).as("no question is asked again").isEqualTo(2 * ALL);
        }
        assertThat(out.resolve("runs.csv")).hasSameTextualContentAs(undisturbed.resolve("runs.csv"));

        // Its log begins with a limit of one a minute; a replay asks nobody, and waits for nothing.
        ModelMarket.assertDone(
                CommandRun.of("replay", run.toString(), "--no-fig", "--quiet", "--out=" + directory.resolve("again")));
    }

    /** Every call is due 12 s after the one before it, later than the longest time for a decision. */
    @Test
    void shouldNotFallBackWhileItWaits() throws Exception {
        RunFiles files = new RunFiles(directory.resolve("run"));
        int limit = 5;
        try (TimedModel model = TimedModel.start()) {
            long since = System.nanoTime();
            ModelMarket.assertDone(CommandRun.of(market(
                    "run",
                    model,
                    files.path(),
                    "--J=0.7",
                    "--rho=0.4",
                    "--Nt=4",
                    "--deadline=11s",
                    "--calls-per-minute=" + limit)));
            model.assertPace(since, limit, 1);
        }
        assertThat(files.decisions())
                .extracting(decision -> decision.get("outcome").textValue())
                .containsExactly("model", "model", "model");
        assertThat(files.decisions())
                .extracting(decision -> decision.at("/asked/calls_per_minute").intValue())
                .containsOnly(limit);
        JsonNode seller = files.manifest().at("/model_assignment/sellers/0");
        assertThat(seller.path("calls_per_minute").intValue()).isEqualTo(limit);
    }

    @Test
    void shouldDivideTheLimitAmongOrchestratorsOfOneGroup() throws Exception {
        String broker = KafkaUnderTest.get().address();
        int limit = 90;
        int cells = 24;
        int steps = 2;
        Path out = directory.resolve("sweep-" + UUID.randomUUID());
        List<MarketProcess> orchestrators = new ArrayList<>();
        try (TimedModel model = TimedModel.start()) {
            for (int number = 0; number < 2; number++) {
                orchestrators.add(MarketProcess.start(
                        Files.createDirectory(directory.resolve("orchestrator-" + number)),
                        Map.of(),
                        "serve",
                        "orchestrator",
                        "--kafka=" + broker,
                        "--take-requests=" + cells,
                        "--data=" + directory.resolve("data-" + number)));
            }
            for (MarketProcess orchestrator : orchestrators) {
                while (!orchestrator.out().contains("is one of 2 orchestrators")
                        || !orchestrator.out().contains("more partitions of requests")) {
                    assertThat(orchestrator.isAlive()).as(orchestrator.said()).isTrue();
                    TimeUnit.MILLISECONDS.sleep(20);
                }
            }
            long since = System.nanoTime();
            ModelMarket.assertDone(CommandRun.of(market(
                    "sweep",
                    model,
                    out,
                    "--J=0.7",
                    "--rho=0.4",
                    "--seeds=" + cells,
                    "--Nt=" + (steps + 1),
                    "--calls-per-minute=" + limit,
                    "--distribute",
                    "--kafka=" + broker)));
            assertThat(model.calls()).isEqualTo(cells * steps);
            model.assertPace(since, limit, 2);
            assertThat(withDecisions(directory.resolve("data-0"))).isNotEmpty();
            assertThat(withDecisions(directory.resolve("data-1"))).isNotEmpty();
        } finally {
            orchestrators.forEach(MarketProcess::close);
        }
    }

    /** The files of runs whose models have decided something. */
    private static List<Path> withDecisions(Path out) throws IOException {
        if (!Files.exists(out)) {
            return List.of();
        }
        try (Stream<Path> files = Files.walk(out)) {
            return files.filter(file ->
                            file.endsWith("decisions.jsonl") && file.toFile().length() > 0)
                    .toList();
        }
    }

    private static String[] sweep(TimedModel model, Path out, String... options) {
        List<String> all = new ArrayList<>(
                List.of("--J=0.7", "--rho=0.4,0.9", "--seeds=3", "--Nt=" + (STEPS + 1), "--at-once=" + CELLS));
        all.addAll(Arrays.asList(options));
        return market("sweep", model, out, all.toArray(String[]::new));
    }

    private static String[] market(String command, TimedModel model, Path out, String... options) {
        List<String> all = new ArrayList<>(List.of(
                command,
                "--num-sellers=4",
                "--num-buyers=40",
                "--sellers=llm",
                "--model=fixed",
                "--endpoint=keyless-in-tests",
                "--base-url=" + model.url(),
                "--no-fig",
                "--quiet",
                "--out=" + out));
        all.addAll(Arrays.asList(options));
        return all.toArray(String[]::new);
    }
}
