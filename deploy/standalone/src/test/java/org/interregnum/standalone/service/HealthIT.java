package org.interregnum.standalone.service;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.interregnum.agent.BundledAgent;
import org.interregnum.standalone.kafka.TestBroker;
import org.interregnum.standalone.scripted.ScriptedModel;
import org.interregnum.standalone.scripted.ScriptedModelOptions;
import org.interregnum.standalone.serve.AgentProcess;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Liveness and readiness, each check by its name, while what they are about comes and goes. */
@Tag("thorough")
@Timeout(300)
class HealthIT {
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    private Path folder;

    @Test
    void shouldNotBeReadyWithoutItsBrokerAndLiveAllAlong() throws Exception {
        TestBroker broker = TestBroker.get();
        try (OrchestratorProcess service = OrchestratorProcess.start(
                folder, Map.of(), "--kafka=" + broker.address(), "--data=" + folder.resolve("data"))) {
            assertThat(checks(service.get("/q/health/ready")))
                    .containsOnly(Map.entry("earlier-runs", "UP"), Map.entry("broker", "UP"), Map.entry("disk", "UP"));
            assertThat(checks(service.get("/q/health/live")))
                    .containsOnly(Map.entry("runs", "UP"), Map.entry("threads", "UP"));

            broker.kill();
            try {
                HttpResponse<String> away = awaitStatus(service, 503);
                assertThat(checks(away))
                        .containsEntry("broker", "DOWN")
                        .containsEntry("disk", "UP")
                        .containsEntry("earlier-runs", "UP");
                assertThat(away.body()).contains("Kafka at " + broker.address());
                assertThat(service.get("/q/health/live").statusCode()).isEqualTo(200);
            } finally {
                broker.start();
            }

            assertThat(checks(awaitStatus(service, 200))).containsEntry("broker", "UP");
            assertThat(service.get("/q/health/live").statusCode()).isEqualTo(200);
        }
    }

    @Test
    void shouldNotBeReadyWhereNothingCanBeWritten() throws Exception {
        Path data = folder.resolve("data");
        try (OrchestratorProcess service = OrchestratorProcess.start(folder, Map.of(), "--data=" + data)) {
            // Root may write everywhere, but not make a directory out of a file.
            Files.delete(data.resolve(".orchestrator.lock"));
            Files.delete(data);
            Files.createFile(data);
            HttpResponse<String> ready = awaitStatus(service, 503);
            assertThat(checks(ready)).containsEntry("disk", "DOWN").containsEntry("broker", "UP");
            assertThat(ready.body()).contains("cannot be written to");
            assertThat(service.get("/q/health/live").statusCode()).isEqualTo(200);

            Files.delete(data);
            assertThat(awaitStatus(service, 200).statusCode()).isEqualTo(200);
        }
    }

    @Test
    void agentShouldNotBeReadyWhileItEndsAndAnswerWhatItWasAsked() throws Exception {
        int management = AgentProcess.freePort();
        try (ScriptedModel model = ScriptedModel.start(
                        ScriptedModelOptions.PLAIN.withLatency(Duration.ofSeconds(4)), "127.0.0.1", 0);
                AgentProcess agent = AgentProcess.start(
                        BundledAgent.SELLER,
                        Map.of("INTERREGNUM_MANAGEMENT_PORT", Integer.toString(management)),
                        folder.resolve("seller.log"));
                AgentProcess buyers = AgentProcess.start(BundledAgent.BUYER);
                OrchestratorProcess service = OrchestratorProcess.start(
                        folder,
                        Map.of(),
                        "--seller-agent=" + agent.address(),
                        "--buyer-agent=" + buyers.address(),
                        "--data=" + folder.resolve("data"))) {
            assertThat(checks(get(management, "/q/health/ready"))).containsEntry("takes-questions", "UP");
            assertThat(checks(get(management, "/q/health/live"))).containsEntry("event-loop", "UP");

            service.create(
                    "?id=ends",
                    "{\"J\": 1, \"rho\": 0.8, \"Nt\": 5, \"num-buyers\": 30, \"fig\": false, \"sellers\": \"llm\","
                            + " \"model\": \"any\", \"endpoint\": \"local\", \"base-url\": \"http://127.0.0.1:"
                            + model.port() + "/v1\"}");
            while (model.requests() == 0) {
                TimeUnit.MILLISECONDS.sleep(20);
            }
            agent.process().destroy();
            for (int tries = 0; isReady(management) && tries < 100; tries++) {
                TimeUnit.MILLISECONDS.sleep(20);
            }
            assertThat(isReady(management)).isFalse();
            assertThat(agent.process().isAlive())
                    .as("the question under way is still being answered")
                    .isTrue();
            assertThat(agent.process().waitFor(60, TimeUnit.SECONDS)).isTrue();
            Path decisions = folder.resolve("data/ends/decisions.jsonl");
            for (int tries = 0; Files.size(decisions) == 0 && tries < 500; tries++) {
                TimeUnit.MILLISECONDS.sleep(20);
            }
            assertThat(Files.readString(decisions)).contains("\"outcome\":\"model\"");
        }
    }

    private static Map<String, String> checks(HttpResponse<String> response) throws IOException {
        Map<String, String> checks = new TreeMap<>();
        for (JsonNode check : JSON.readTree(response.body()).get("checks")) {
            checks.put(check.get("name").asText(), check.get("status").asText());
        }
        return checks;
    }

    private static HttpResponse<String> awaitStatus(OrchestratorProcess service, int status) throws Exception {
        long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        HttpResponse<String> ready = service.get("/q/health/ready");
        while (ready.statusCode() != status) {
            assertThat(System.nanoTime()).as(ready.body()).isLessThan(until);
            assertThat(service.get("/q/health/live").statusCode()).isEqualTo(200);
            TimeUnit.MILLISECONDS.sleep(100);
            ready = service.get("/q/health/ready");
        }
        return ready;
    }

    /** A port that is closed, or is being closed, answers no probe, which is a way to say no. */
    private static boolean isReady(int management) throws InterruptedException {
        try {
            return get(management, "/q/health/ready").statusCode() == 200;
        } catch (IOException closed) {
            return false;
        }
    }

    private static HttpResponse<String> get(int port, String path) throws IOException, InterruptedException {
        return HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                                .build(),
                        BodyHandlers.ofString());
    }
}
