package org.interregnum.standalone.recovery;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.interregnum.standalone.MarketProcess;
import org.interregnum.standalone.cli.CommandRun;
import org.interregnum.standalone.kafka.KafkaUnderTest;
import org.interregnum.standalone.kafka.PlainReader;
import org.interregnum.standalone.recorded.ChatEndpoint;
import org.interregnum.standalone.recorded.ChatEndpoint.Reply;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Sweeps whose runs are done by orchestrators in processes of their own, which take them from one broker. The orchestrators
 * of one test are gone before the next one begins, since all are in one group.
 */
@Tag("thorough")
@Timeout(420)
class DistributedSweepIT {
    private static final int ORCHESTRATORS = 3;
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    private Path directory;

    private final List<MarketProcess> processes = new ArrayList<>();
    private final String broker = KafkaUnderTest.get().address();

    @AfterEach
    void end() {
        processes.forEach(MarketProcess::close);
    }

    @Test
    void shouldComeToTheLocalTableAlthoughAnOrchestratorIsKilled() throws Exception {
        Path local = directory.resolve("local");
        Path out = directory.resolve("sweep-" + UUID.randomUUID());
        ModelMarket.assertDone(CommandRun.of(ofRules(local).toArray(String[]::new)));
        int cells = lines(local).size() - 1;
        for (int number = 0; number < ORCHESTRATORS; number++) {
            orchestrator(number);
        }

        MarketProcess sweep = start("sweep", ofRules(out, "--distribute", "--kafka=" + broker));
        awaitCells(out, cells / 4, sweep);
        MarketProcess killed = processes.get(0);
        while (!haveRunCells(out).contains(killed.pid())) {
            assertThat(sweep.isAlive()).as(String.join("\n", sweep.err())).isTrue();
            assertThat(journal(out)).as("cells that are left while it has none").hasSizeLessThan(cells);
        }
        killed.kill();
        assertThat(sweep.await(300)).as(String.join("\n", sweep.err())).isZero();

        assertThat(out.resolve("runs.csv")).hasSameBinaryContentAs(local.resolve("runs.csv"));
        assertThat(journal(out))
                .as("every cell once")
                .containsExactlyInAnyOrderElementsOf(
                        IntStream.range(0, cells).boxed().toList());
    }

    @Test
    void shouldCollectWhatWasAskedForByAProcessThatWasKilled() throws Exception {
        Path local = directory.resolve("local");
        Path out = directory.resolve("sweep-" + UUID.randomUUID());
        ModelMarket.assertDone(CommandRun.of(ofRules(local).toArray(String[]::new)));
        int cells = lines(local).size() - 1;

        // Nobody takes requests yet; they wait.
        MarketProcess first = start("sweep", ofRules(out, "--distribute", "--kafka=" + broker));
        TimeUnit.SECONDS.sleep(8);
        first.kill();
        orchestrator(0);
        MarketProcess second = start("sweep", List.of("resume", out.toString(), "--quiet"));
        awaitCells(out, cells / 2, second);
        second.kill();
        MarketProcess third = start("sweep", ofRules(out, "--distribute", "--kafka=" + broker));
        assertThat(third.await(300)).as(String.join("\n", third.err())).isZero();

        assertThat(out.resolve("runs.csv")).hasSameBinaryContentAs(local.resolve("runs.csv"));
        assertThat(journal(out)).doesNotHaveDuplicates().hasSize(cells);
    }

    @Test
    void shouldGoOnWithTheAnswersOfAnOrchestratorThatWasKilled() throws Exception {
        Path local = directory.resolve("local");
        Path out = directory.resolve("sweep-" + UUID.randomUUID());
        try (ChatEndpoint endpoint = ChatEndpoint.startForMany((number, request) -> {
            pause();
            int any = Math.floorMod(request.question().hashCode(), 1000);
            return Reply.saying("{\"reason\": \"fixed\", \"price\": 0." + (100 + any) + "}");
        })) {
            ModelMarket.assertDone(CommandRun.of(ofModels(endpoint, local).toArray(String[]::new)));
            int calls = endpoint.requests().size();
            orchestrator(0);
            orchestrator(1);

            MarketProcess sweep = start("sweep", ofModels(endpoint, out, "--distribute", "--kafka=" + broker));
            while (endpoint.requests().size() < calls + calls / 3) {
                TimeUnit.MILLISECONDS.sleep(5);
                assertThat(sweep.isAlive()).isTrue();
            }
            processes.get(0).kill();
            assertThat(sweep.await(300)).as(String.join("\n", sweep.err())).isZero();

            assertThat(out.resolve("runs.csv")).hasSameTextualContentAs(local.resolve("runs.csv"));
            // What was under way, or not yet on Kafka, is asked again: a question and the last moments of two runs.
            assertThat(endpoint.requests().size() - calls).isBetween(calls, calls + calls / 3);
        }
    }

    @Test
    void shouldShareOneBudgetAmongOrchestrators() throws Exception {
        Path out = directory.resolve("sweep-" + UUID.randomUUID());
        try (ChatEndpoint endpoint = ChatEndpoint.startForMany(
                (number, request) -> Reply.saying("{\"reason\": \"fixed\", \"price\": 0.3}"))) {
            orchestrator(0);
            orchestrator(1);

            MarketProcess little =
                    start("little", ofModels(endpoint, out, "--distribute", "--kafka=" + broker, "--max-calls=50"));
            assertThat(little.await(300)).as(String.join("\n", little.err())).isEqualTo(4);
            assertThat(endpoint.requests()).hasSize(50);

            MarketProcess enough = start("enough", List.of("resume", out.toString(), "--quiet", "--max-calls=1000"));
            assertThat(enough.await(300)).as(String.join("\n", enough.err())).isZero();
            assertThat(endpoint.requests()).as("no question is asked again").hasSize(4 * 24);
        }
    }

    /** The processes of the orchestrators whose results are there. */
    private Set<Long> haveRunCells(Path out) throws IOException {
        String id = JSON.readTree(out.resolve("sweep.json").toFile()).path("id").asText();
        Set<Long> processes = new HashSet<>();
        for (ConsumerRecord<String, byte[]> record :
                PlainReader.records(broker, "market.results", key -> key.startsWith(id + "-"))) {
            String orchestrator =
                    JSON.readTree(record.value()).path("orchestrator").asText();
            processes.add(Long.valueOf(orchestrator.substring(orchestrator.lastIndexOf('-') + 1)));
        }
        return processes;
    }

    private static void pause() {
        try {
            TimeUnit.MILLISECONDS.sleep(60);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void orchestrator(int number) throws IOException {
        start(
                "orchestrator-" + number,
                List.of(
                        "serve",
                        "orchestrator",
                        "--kafka=" + broker,
                        "--take-requests=2",
                        "--data=" + directory.resolve("data-" + number)));
    }

    private MarketProcess start(String name, List<String> arguments) throws IOException {
        MarketProcess process = MarketProcess.start(directory.resolve(name + ".err"), arguments);
        processes.add(process);
        return process;
    }

    private static void awaitCells(Path out, int cells, MarketProcess sweep) throws Exception {
        while (journal(out).size() < cells) {
            assertThat(sweep.isAlive()).as(String.join("\n", sweep.err())).isTrue();
            TimeUnit.MILLISECONDS.sleep(5);
        }
    }

    /** The cells that the journal has, in its order. */
    private static List<Integer> journal(Path out) throws IOException {
        Path journal = out.resolve("cells.jsonl");
        if (!Files.exists(journal)) {
            return List.of();
        }
        return Files.readAllLines(journal).stream()
                .filter(line -> line.matches("\\{\"cell\":\\d+,.*}"))
                .map(line -> Integer.valueOf(line.replaceAll("\\D*(\\d+),.*", "$1")))
                .toList();
    }

    private static List<String> lines(Path out) throws IOException {
        return Files.readAllLines(out.resolve("runs.csv"));
    }

    private static List<String> ofRules(Path out, String... options) {
        return command(out, options, "--J=0:1.4:0.2", "--rho=0.1,0.8", "--seeds=4", "--Nt=3000", "--num-buyers=500");
    }

    private static List<String> ofModels(ChatEndpoint endpoint, Path out, String... options) {
        return command(
                out,
                options,
                "--J=0.7",
                "--rho=0.4,0.9",
                "--seeds=2",
                "--Nt=25",
                "--num-sellers=4",
                "--num-buyers=40",
                "--sellers=llm",
                "--model=fixed",
                "--endpoint=keyless-in-tests",
                "--base-url=" + endpoint.url("v1"));
    }

    private static List<String> command(Path out, String[] options, String... grid) {
        List<String> command = new ArrayList<>(List.of("sweep", "--no-fig", "--quiet", "--out=" + out));
        command.addAll(Arrays.asList(grid));
        command.addAll(Arrays.asList(options));
        return command;
    }
}
