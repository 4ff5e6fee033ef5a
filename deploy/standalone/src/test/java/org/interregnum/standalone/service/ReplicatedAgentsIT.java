package org.interregnum.standalone.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.interregnum.agent.BundledAgent.BUYER;
import static org.interregnum.agent.BundledAgent.SELLER;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.interregnum.standalone.Signals;
import org.interregnum.standalone.cli.Console;
import org.interregnum.standalone.cli.MarketCommand;
import org.interregnum.standalone.recorded.Trajectory;
import org.interregnum.standalone.scripted.ScriptedModel;
import org.interregnum.standalone.scripted.ScriptedModelOptions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Agents with several replicas behind one name, which are replaced, killed and halted while a run goes on. */
@Tag("thorough")
@Timeout(300)
class ReplicatedAgentsIT {
    private static final String ONE = "127.0.0.2";
    private static final String TWO = "127.0.0.3";
    private static final String THREE = "127.0.0.4";
    private static final String FOUR = "127.0.0.5";

    @TempDir
    private Path folder;

    private NamedReplicas sellers;
    private NamedReplicas buyers;
    private OrchestratorProcess service;
    private String name;

    @BeforeEach
    void start() throws Exception {
        NamedReplicas.Names names = new NamedReplicas.Names(folder.resolve("names"));
        List<String> small = List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xmx128m");
        sellers = new NamedReplicas(SELLER, names, small);
        buyers = new NamedReplicas(BUYER, names, small);
        for (String host : List.of(ONE, TWO)) {
            sellers.add(host);
            buyers.add(host);
        }
        service = OrchestratorProcess.start(
                folder,
                Map.of("JDK_JAVA_OPTIONS", names.javaOptions()),
                "--seller-agent=" + sellers.address(),
                "--buyer-agent=" + buyers.address(),
                "--data=" + folder.resolve("data"));
    }

    @AfterEach
    void stop() {
        service.close();
        sellers.close();
        buyers.close();
    }

    @Test
    void shouldNotNoticeThatEveryReplicaIsReplaced() throws Exception {
        String market = rules(12_001, "10s");
        try (PacedRun run = begin(market)) {
            run.awaitSteps(20);
            replaceAll(run);
            run.finish();
        }
        assertUndisturbed(market);
    }

    @Test
    void shouldNotNoticeThatEveryReplicaIsReplacedWhileModelsDecide() throws Exception {
        try (ScriptedModel model =
                ScriptedModel.start(ScriptedModelOptions.PLAIN.withLatency(Duration.ofMillis(20)), "127.0.0.1", 0)) {
            String market = "{\"J\": 0.85, \"rho\": 0.8, \"Nt\": 801, \"num-buyers\": 100, \"fig\": false,"
                    + " \"sellers\": \"llm\", \"buyers\": \"llm\", \"ratio\": 0.03, \"model\": \"any\","
                    + " \"endpoint\": \"keyless-in-tests\", \"base-url\": \"http://127.0.0.1:" + model.port()
                    + "/v1\"}";
            try (PacedRun run = begin(market)) {
                run.awaitSteps(5);
                replaceAll(run);
                run.finish();
            }
            assertUndisturbed(market);
            List<String> decisions = Files.readAllLines(folder.resolve("data/" + name + "/decisions.jsonl"));
            assertThat(decisions).isNotEmpty().allMatch(line -> line.contains("\"outcome\":\"model\""));
        }
    }

    /** A third and a fourth come, and the first two end, one after the other. */
    private void replaceAll(PacedRun run) throws Exception {
        String[][] updates = {{THREE, ONE}, {FOUR, TWO}};
        for (String[] update : updates) {
            for (NamedReplicas replicas : List.of(sellers, buyers)) {
                replicas.add(update[0]);
                TimeUnit.SECONDS.sleep(5);
                replicas.remove(update[1]);
                run.awaitSteps(5);
            }
        }
    }

    @Test
    void shouldGoOnWithTheOthersWhenSomeAreKilled() throws Exception {
        String market = rules(3_001, "10s");
        try (PacedRun run = begin(market)) {
            run.awaitSteps(20);
            sellers.process(ONE).kill();
            run.awaitSteps(50);
            buyers.process(TWO).kill();
            run.awaitSteps(50);
            run.finish();
        }
        assertUndisturbed(market);
    }

    @Test
    void shouldGoOnWithTheOthersWhileOneIsHalted() throws Exception {
        String market = rules(12_001, "10s");
        try (PacedRun run = begin(market)) {
            run.awaitSteps(20);
            halt(sellers, ONE);
            halt(buyers, TWO);
            // The halted ones cost one wait of some seconds each, and not each time that it would be their turn.
            long begin = System.nanoTime();
            run.awaitSteps(100);
            long pause = TimeUnit.SECONDS.toNanos(30) - (System.nanoTime() - begin);
            TimeUnit.NANOSECONDS.sleep(Math.max(0, pause));
            goOn(sellers, ONE);
            goOn(buyers, TWO);
            run.awaitSteps(20);
            run.finish();
        }
        assertUndisturbed(market);
    }

    @Test
    void shouldWaitForTheOnlyReplicaWhileItIsHalted() throws Exception {
        sellers.remove(TWO);
        String market = rules(2_001, "60s");
        try (PacedRun run = begin(market)) {
            run.awaitSteps(20);
            halt(sellers, ONE);
            TimeUnit.SECONDS.sleep(30);
            goOn(sellers, ONE);
            run.awaitSteps(20);
            run.finish();
        }
        assertUndisturbed(market);
    }

    private static String rules(int points, String deadline) {
        return "{\"J\": 1, \"rho\": 0.8, \"Nt\": " + points + ", \"num-buyers\": 300, \"fig\": false, \"deadline\": \""
                + deadline + "\"}";
    }

    /** A busy machine may take longer for a first answer than an agent is waited for; then the run is begun again. */
    private PacedRun begin(String market) throws Exception {
        for (int attempt = 1; ; attempt++) {
            name = "disturbed-" + attempt;
            service.create("?id=" + name + "&paused=true", market);
            service.act(name, "step");
            JsonNode run = service.await(
                    name,
                    now -> now.get("step").asLong() >= 1
                            || now.get("state").asText().equals("failed"));
            if (!run.get("state").asText().equals("failed")) {
                return new PacedRun(service, name, 5, 50);
            }
            assertThat(attempt).as(run.toString()).isLessThan(5);
            assertThat(run.get("reason").asText()).contains("did not answer the question who it is");
        }
    }

    private void assertUndisturbed(String market) throws Exception {
        // Rules in this process have no deadline, and the command says so.
        String alone = market.replaceFirst(", \"deadline\": \"\\w+\"", "");
        Path file = Files.writeString(folder.resolve("market.yaml"), alone);
        Path out = folder.resolve("undisturbed");
        int exit = new MarketCommand(new Console(System.out, System.err, false, false))
                .execute(new String[] {"run", "--file=" + file, "--quiet", "--out=" + out});
        assertThat(exit).isZero();
        Trajectory.of(folder.resolve("data/" + name)).assertEqualTo(Trajectory.of(out));
    }

    private static void halt(NamedReplicas replicas, String host) throws Exception {
        Signals.send(replicas.process(host).pid(), "STOP");
    }

    private static void goOn(NamedReplicas replicas, String host) throws Exception {
        Signals.send(replicas.process(host).pid(), "CONT");
    }
}
