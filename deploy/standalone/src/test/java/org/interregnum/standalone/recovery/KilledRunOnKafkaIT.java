package org.interregnum.standalone.recovery;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.interregnum.standalone.MarketProcess;
import org.interregnum.standalone.cli.CommandRun;
import org.interregnum.standalone.kafka.KafkaUnderTest;
import org.interregnum.standalone.kafka.PlainReader;
import org.interregnum.standalone.recorded.RuleMarket;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Runs whose log is on Kafka and that are killed: resumed, in their directory or without it, they come to the same bits. */
@Tag("thorough")
@Timeout(180)
class KilledRunOnKafkaIT {
    private static final int POINTS = 40_000;

    @TempDir
    private Path directory;

    private final String broker = KafkaUnderTest.get().address();
    private final String runId = "killed-" + UUID.randomUUID();

    @Test
    void shouldResumeARunOfRulesWithTheSameBits() throws Exception {
        RunFiles undisturbed = new RunFiles(directory.resolve("undisturbed"));
        ModelMarket.assertDone(
                CommandRun.of(RuleMarket.command(undisturbed.path(), POINTS).toArray(String[]::new)));
        RunFiles files = new RunFiles(directory.resolve(runId));
        List<String> command = RuleMarket.command(files.path(), POINTS);
        command.add("--kafka=" + broker);
        MarketProcess run = start(command);
        while (PlainReader.count(broker, "market.steps", runId) < 1000) {
            assertThat(run.isAlive()).as("still running").isTrue();
        }
        run.kill();
        assertThat(PlainReader.steps(broker, runId)).hasSizeLessThan(POINTS - 1);

        ModelMarket.assertDone(CommandRun.of("resume", files.path().toString(), "--no-fig", "--quiet"));

        assertThat(files.arrays()).isEqualTo(undisturbed.arrays());
        assertThat(files.manifest().get("log").get("topic").textValue()).isEqualTo("market.steps");
        assertThat(PlainReader.steps(broker, runId))
                .containsExactlyElementsOf(LongStream.range(1, POINTS).boxed().toList());
        CommandRun again = CommandRun.of("resume", files.path().toString());
        assertThat(again.exitCode()).isEqualTo(2);
        assertThat(again.err()).contains("is finished").hasLineCount(1);
    }

    @Test
    void shouldAskModelsNothingAgainEvenWithoutTheDirectory() throws Exception {
        RunFiles undisturbed = ModelMarket.undisturbed(new RunFiles(directory.resolve("undisturbed")));
        RunFiles files = new RunFiles(directory.resolve(runId));
        // Where the run is known by its id alone, its directory is made below the working directory.
        RunFiles anew = new RunFiles(Path.of("runs", runId));
        try (FixedModel model = FixedModel.start()) {
            // While several buyers are asked at once.
            model.holdAfter(6, request -> !request.kind().equals("price"));
            MarketProcess run = start(ModelMarket.command(model, files, "--kafka=" + broker));
            List<String> lost = new ArrayList<>(model.awaitHeld(ModelMarket.IN_FLIGHT));
            // What was answered is on Kafka already, or else these would not have been asked.
            run.kill();
            model.release();
            ModelMarket.assertAsked(model.asked(), files, lost);

            ModelMarket.assertDone(CommandRun.of("resume", runId, "--kafka=" + broker, "--no-fig", "--quiet"));
            ModelMarket.assertAsked(model.asked(), anew, lost);
            ModelMarket.assertSame(anew, undisturbed);
            assertThat(decisionsOnKafka())
                    .containsExactlyElementsOf(Files.readAllLines(anew.path().resolve("decisions.jsonl")));
        } finally {
            remove(anew.path());
        }
    }

    @Test
    void shouldGoOnInTheDirectoryThatAKilledProcessWasMaking() throws Exception {
        RunFiles undisturbed = ModelMarket.undisturbed(new RunFiles(directory.resolve("undisturbed")));
        RunFiles anew = new RunFiles(Path.of("runs", runId));
        List<String> resume = List.of("resume", runId, "--kafka=" + broker, "--no-fig", "--quiet");
        try (FixedModel model = FixedModel.start()) {
            model.holdAfter(6, request -> !request.kind().equals("price"));
            MarketProcess run =
                    start(ModelMarket.command(model, new RunFiles(directory.resolve(runId)), "--kafka=" + broker));
            model.awaitHeld(ModelMarket.IN_FLIGHT);
            run.kill();
            model.release();

            // While it fetches what the models decided.
            MarketProcess killed = start(resume);
            while (Files.notExists(anew.path().resolve("decisions.jsonl.part"))
                    && Files.notExists(anew.path().resolve("decisions.jsonl"))) {
                assertThat(killed.isAlive()).as(killed.said()).isTrue();
                TimeUnit.MILLISECONDS.sleep(1);
            }
            killed.kill();

            ModelMarket.assertDone(CommandRun.of(resume.toArray(String[]::new)));
            ModelMarket.assertSame(anew, undisturbed);
            assertThat(anew.path().resolve("decisions.jsonl.part")).doesNotExist();
        } finally {
            remove(anew.path());
        }
    }

    private List<String> decisionsOnKafka() {
        return PlainReader.records(broker, "market.decisions", runId).stream()
                .map(record -> new String(record.value(), StandardCharsets.UTF_8))
                .toList();
    }

    private MarketProcess start(List<String> arguments) throws IOException {
        return MarketProcess.start(directory.resolve("err"), arguments);
    }

    private static void remove(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        try (var files = Files.walk(folder)) {
            for (Path file : files.sorted((one, other) -> other.compareTo(one)).toList()) {
                Files.delete(file);
            }
        }
    }
}
