package org.interregnum.standalone.recovery;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;
import org.interregnum.standalone.MarketProcess;
import org.interregnum.standalone.cli.CommandRun;
import org.interregnum.standalone.kafka.KafkaUnderTest;
import org.interregnum.standalone.kafka.PlainReader;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Runs on Kafka that are read by their ids alone come to what their directories come to, and their writers go on. */
@Tag("thorough")
@Timeout(240)
class RunsReadFromKafkaIT {
    @TempDir
    private Path directory;

    private final String broker = KafkaUnderTest.get().address();
    private final String kafka = "--kafka=" + broker;
    private final String runId = "read-" + UUID.randomUUID();

    @Test
    void shouldReadARunOfRulesByItsId() throws IOException {
        RunFiles files = new RunFiles(directory.resolve(runId));
        run("run", "--J=1", "--rho=0.8", "--Nt=80", "--num-buyers=60", "--no-fig", "--quiet", kafka, out(files.path()));

        assertReadAlike(files, List.of("series.csv", "steps.csv"));

        CommandRun none = CommandRun.of("events", runId + "-not", kafka);
        assertThat(none.exitCode()).isEqualTo(2);
        assertThat(none.errLines())
                .containsExactly("market events: there is no run " + runId + "-not on Kafka at " + broker);
        CommandRun nobody = CommandRun.of("export", runId, "--kafka=127.0.0.1:1", "--format=csv");
        assertThat(nobody.exitCode()).isEqualTo(2);
        assertThat(nobody.err()).contains("nobody listens there").hasLineCount(1);
    }

    @Test
    void shouldReadARunOfModelsByItsIdAndAskNothingAgain() throws IOException {
        RunFiles files = new RunFiles(directory.resolve(runId));
        try (FixedModel model = FixedModel.start()) {
            run(ModelMarket.command(model, files, kafka).toArray(String[]::new));
            int asked = model.asked().size();

            assertReadAlike(files, List.of("series.csv", "steps.csv", "decisions.csv"));
            assertThat(model.asked())
                    .as("a fork takes the steps after its own anew")
                    .hasSizeGreaterThan(asked);

            int before = model.asked().size();
            RunFiles fork = new RunFiles(directory.resolve("fork-of-models"));
            run("fork", runId, kafka, "--at=9", "--quiet", "--no-fig", out(fork.path()));
            List<String> anew = model.asked().subList(before, model.asked().size());
            assertThat(anew)
                    .containsExactlyInAnyOrderElementsOf(fork.decisions().stream()
                            .filter(decision -> step(decision) > 9)
                            .map(RunFiles::question)
                            .toList());
            assertThat(fork.decisions().stream().filter(decision -> step(decision) <= 9))
                    .containsExactlyElementsOf(files.decisions().stream()
                            .filter(decision -> step(decision) <= 9)
                            .toList());
        }
    }

    @Test
    void shouldLeaveTheWriterAlone() throws Exception {
        RunFiles files = new RunFiles(directory.resolve(runId));
        try (FixedModel model = FixedModel.start()) {
            model.holdAfter(5, request -> !request.kind().equals("price"));
            MarketProcess writer =
                    MarketProcess.start(directory.resolve("err"), ModelMarket.command(model, files, kafka));
            model.awaitHeld(ModelMarket.IN_FLIGHT);

            Path tables = directory.resolve("tables");
            CommandRun export = CommandRun.of("export", runId, kafka, "--format=csv", out(tables));
            assertThat(export.exitCode()).as(export.err()).isZero();
            assertThat(export.err()).contains("the log ends after step ").hasLineCount(1);
            assertThat(Files.readAllLines(tables.resolve("decisions.csv")).size())
                    .as("with those that no step rests on yet, and the line of names")
                    .isEqualTo(files.decisions().size() + 1);
            assertThat(CommandRun.of("events", runId, kafka).exitCode()).isZero();

            model.release();
            assertThat(writer.await(120)).isZero();
        }
    }

    @Test
    void shouldMakeNothingOfADamagedDecision() throws Exception {
        RunFiles files = new RunFiles(directory.resolve(runId));
        try (FixedModel model = FixedModel.start()) {
            model.holdAfter(5, request -> !request.kind().equals("price"));
            MarketProcess writer =
                    MarketProcess.start(directory.resolve("err"), ModelMarket.command(model, files, kafka));
            model.awaitHeld(ModelMarket.IN_FLIGHT);
            writer.kill();
        }
        int partition =
                PlainReader.records(broker, "market.decisions", runId).get(0).partition();
        try (KafkaProducer<String, String> producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", broker), new StringSerializer(), new StringSerializer())) {
            producer.send(new ProducerRecord<>("market.decisions", partition, runId, "hello"))
                    .get();
        }

        for (List<String> command : List.of(
                List.of("resume", runId, kafka),
                List.of("resume", files.path().toString()),
                List.of("export", runId, kafka, "--format=csv", out(directory.resolve("tables"))))) {
            CommandRun refused = CommandRun.of(command.toArray(String[]::new));
            assertThat(refused.exitCode()).as(command + ": " + refused.err()).isEqualTo(2);
            assertThat(refused.err())
                    .contains("market.decisions-", "not a record of Interregnum")
                    .hasLineCount(1);
        }
        assertThat(Path.of("runs", runId)).doesNotExist();
        assertThat(directory.resolve("tables")).doesNotExist();
        assertThat(files.path().resolve("decisions.jsonl.part")).doesNotExist();
    }

    private void assertReadAlike(RunFiles files, List<String> tables) throws IOException {
        String inDirectory = files.path().toString();
        run("export", inDirectory, "--format=csv", out(directory.resolve("tables")));
        run("export", runId, kafka, "--format=csv", out(directory.resolve("tables-by-id")));
        for (String table : tables) {
            assertThat(directory.resolve("tables-by-id").resolve(table))
                    .hasSameBinaryContentAs(directory.resolve("tables").resolve(table));
        }
        assertThat(directory.resolve("tables-by-id").toFile().list()).hasSize(tables.size());

        assertThat(run("events", runId, kafka).out())
                .isEqualTo(run("events", inDirectory).out())
                .isNotEmpty();

        RunFiles replay = new RunFiles(directory.resolve("replay"));
        CommandRun replayed = run("replay", runId, kafka, "--quiet", "--no-fig", out(replay.path()));
        assertThat(replayed.out()).contains("Equal to " + runId + " on Kafka at " + broker + " in every bit of");
        assertThat(replay.arrays()).isEqualTo(files.arrays());

        RunFiles fork = new RunFiles(directory.resolve("fork"));
        RunFiles forkById = new RunFiles(directory.resolve("fork-by-id"));
        run("fork", inDirectory, "--at=7", "--rho=0.2", "--quiet", "--no-fig", out(fork.path()));
        run("fork", runId, kafka, "--at=7", "--rho=0.2", "--quiet", "--no-fig", out(forkById.path()));
        assertThat(forkById.arrays()).isEqualTo(fork.arrays());
        assertThat(forkById.manifest().get("origin").textValue())
                .startsWith("fork of " + runId + " on Kafka at " + broker + " at step 7: ");
        assertThat(forkById.path().resolve("events.log")).exists();

        for (String[] pair : List.of(
                new String[] {runId, inDirectory}, new String[] {inDirectory, runId}, new String[] {runId, runId})) {
            assertThat(run("diff", pair[0], pair[1], kafka).out()).contains("identical in every bit of");
        }
        assertThat(run("diff", runId, fork.path().toString(), kafka).out())
                .contains("the same up to step 7, first differ at step 8");
        CommandRun files2 =
                CommandRun.of("diff", fork.path().toString(), replay.path().toString(), kafka);
        assertThat(files2.exitCode()).isEqualTo(2);
        assertThat(files2.err())
                .contains("has no effect, for the logs of both are files")
                .hasLineCount(1);
        assertThat(Path.of(runId)).doesNotExist();
        assertThat(Path.of("runs", runId)).doesNotExist();
    }

    private static long step(JsonNode decision) {
        return decision.get("step").longValue();
    }

    private static String out(Path path) {
        return "--out=" + path;
    }

    private static CommandRun run(String... arguments) {
        CommandRun run = CommandRun.of(arguments);
        assertThat(run.exitCode())
                .as(String.join(" ", arguments) + ": " + run.err())
                .isZero();
        return run;
    }
}
