package org.interregnum.standalone.service;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.interregnum.agent.BundledAgent;
import org.interregnum.orchestrator.adapter.file.FileEventLogReader;
import org.interregnum.orchestrator.event.MarketEvent;
import org.interregnum.orchestrator.event.StepTaken;
import org.interregnum.standalone.cli.Console;
import org.interregnum.standalone.cli.MarketCommand;
import org.interregnum.standalone.kafka.PlainReader;
import org.interregnum.standalone.kafka.TestBroker;
import org.interregnum.standalone.recorded.Trajectory;
import org.interregnum.standalone.serve.AgentProcess;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OrchestratorServiceIT {
    private static final int POINTS = 3001;
    private static final String MARKET =
            "{\"J\": 1, \"rho\": 0.8, \"Nt\": " + POINTS + ", \"num-buyers\": 300, \"fig\": false}";

    @TempDir
    private static Path shared;

    private static AgentProcess sellers;
    private static AgentProcess buyers;
    private static Trajectory undisturbed;

    @TempDir
    private Path folder;

    @BeforeAll
    static void startAgents() throws IOException {
        sellers = AgentProcess.start(BundledAgent.SELLER);
        buyers = AgentProcess.start(BundledAgent.BUYER);
        Path out = shared.resolve("undisturbed");
        int exit = new MarketCommand(new Console(System.out, System.err, false, false)).execute(new String[] {
            "run", "--J=1", "--rho=0.8", "--Nt=" + POINTS, "--num-buyers=300", "--no-fig", "--quiet", "--out=" + out
        });
        assertThat(exit).isZero();
        undisturbed = Trajectory.of(out);
    }

    @AfterAll
    static void stopAgents() {
        sellers.close();
        buyers.close();
    }

    private OrchestratorProcess start(String... options) throws IOException, InterruptedException {
        return OrchestratorProcess.start(folder, Map.of(), withAgents(options));
    }

    /** Options with the agents' addresses, and a folder for data if they name none. */
    private String[] withAgents(String... options) {
        List<String> all =
                new ArrayList<>(List.of("--seller-agent=" + sellers.address(), "--buyer-agent=" + buyers.address()));
        all.addAll(List.of(options));
        if (all.stream().noneMatch(option -> option.startsWith("--data="))) {
            all.add("--data=" + folder.resolve("data"));
        }
        return all.toArray(String[]::new);
    }

    private Path files(String id) {
        return folder.resolve("data").resolve(id);
    }

    @Test
    void shouldRunTheMarketThatTheCommandRuns() throws Exception {
        try (OrchestratorProcess service = start()) {
            JsonNode created = service.create("", MARKET);
            String id = created.get("id").asText();
            service.awaitState(id, "finished");

            Trajectory.of(files(id)).assertEqualTo(undisturbed);
            JsonNode manifest = new ObjectMapper()
                    .readTree(service.get("/api/v1/runs/" + id + "/files/run.json")
                            .body());
            assertThat(manifest.get("status").asText()).isEqualTo("finished");
            assertThat(manifest.get("agents").get(0).get("address").asText())
                    .isEqualTo(sellers.address().toString());
            assertThat(service.get("/api/v1/runs/" + id + "/events").body().lines())
                    .hasSize(POINTS + 2);
            HttpResponse<String> list = service.get("/api/v1/runs?state=finished");
            assertThat(new ObjectMapper().readTree(list.body())).hasSize(1);
            assertThat(service.get("/api/v1/runs?state=running").body()).isEqualTo("[]");
        }
    }

    @Test
    void shouldGoOnAfterKillsWithTheSameBits() throws Exception {
        String id = "killed";
        OrchestratorProcess service = start();
        service.create("?id=" + id, MARKET);
        for (int step = 500; step < POINTS; step += 1000) {
            service.awaitStep(id, step);
            service.kill();
            service = start();
            assertThat(service.said()).doesNotContain("cannot be taken up again");
        }
        try (OrchestratorProcess last = service) {
            last.awaitState(id, "finished");
        }
        Trajectory.of(files(id)).assertEqualTo(undisturbed);
        assertThat(stepsInFile(id))
                .containsExactlyElementsOf(LongStream.range(1, POINTS).boxed().toList());
    }

    @Test
    void shouldGoOnFromKafkaAloneWithTheSameBits() throws Exception {
        String broker = TestBroker.get().address();
        String id = "on-kafka-" + UUID.randomUUID();
        String name = "tester-" + UUID.randomUUID();
        Map<String, String> environment = Map.of("INTERREGNUM_ORCHESTRATOR", name);
        OrchestratorProcess first = OrchestratorProcess.start(folder, environment, withAgents("--kafka=" + broker));
        first.create("?id=" + id, MARKET);
        first.awaitStep(id, 700);
        first.kill();
        Path data = folder.resolve("elsewhere");

        try (OrchestratorProcess second =
                OrchestratorProcess.start(folder, environment, withAgents("--kafka=" + broker, "--data=" + data))) {
            second.awaitState(id, "finished");
            assertThat(second.said()).contains("run " + id + " goes on after step");
        }

        assertThat(data.resolve(id).resolve("series.npz"))
                .hasSameBinaryContentAs(shared.resolve("undisturbed").resolve("series.npz"));
        assertThat(PlainReader.steps(broker, id))
                .containsExactlyElementsOf(LongStream.range(1, POINTS).boxed().toList());
        try (OrchestratorProcess others = OrchestratorProcess.start(
                folder, Map.of(), withAgents("--kafka=" + broker, "--data=" + folder.resolve("others")))) {
            assertThat(others.get("/api/v1/runs").body())
                    .as("another service's runs")
                    .isEqualTo("[]");
        }
    }

    @Test
    void shouldGoOnWithARunThatWasToldToWhileOthersRan() throws Exception {
        Map<String, String> one = Map.of("INTERREGNUM_RUNS_AT_ONCE", "1");
        OrchestratorProcess service = OrchestratorProcess.start(folder, one, withAgents());
        service.create("?id=resumed", MARKET);
        service.awaitStep("resumed", 5);
        service.act("resumed", "stop");
        service.awaitState("resumed", "stopped");
        service.create("?id=before", MARKET.replaceFirst("\"Nt\": *\\d+", "\"Nt\": 200000"));
        service.awaitState("before", "running");
        service.act("resumed", "resume");
        assertThat(service.run("resumed").get("state").asText()).isEqualTo("waiting");

        service.kill();
        try (OrchestratorProcess second = OrchestratorProcess.startInPlaceOf(service, folder, one, withAgents())) {
            if (!second.run("resumed").get("state").asText().equals("finished")) {
                second.act("before", "stop");
            }
            second.awaitState("resumed", "finished");
        }
        assertThat(folder.resolve("data/resumed/series.npz"))
                .hasSameBinaryContentAs(shared.resolve("undisturbed").resolve("series.npz"));
    }

    @Test
    void shouldRemoveARunFromKafkaToo() throws Exception {
        String broker = TestBroker.get().address();
        String id = "removed-" + UUID.randomUUID();
        Map<String, String> environment = Map.of("INTERREGNUM_ORCHESTRATOR", "tester-" + UUID.randomUUID());
        try (OrchestratorProcess service =
                OrchestratorProcess.start(folder, environment, withAgents("--kafka=" + broker))) {
            service.create("?id=" + id, MARKET);
            service.awaitStep(id, 5);
            service.act(id, "stop");
            service.awaitState(id, "stopped");
            HttpResponse<String> removed =
                    service.send(service.request("/api/v1/runs/" + id).DELETE());
            assertThat(removed.statusCode()).as(removed.body()).isEqualTo(204);
            assertThat(service.get("/api/v1/runs").body()).isEqualTo("[]");
            // The name is free again, and what the other run of it has left is none of this one's.
            service.create("?id=" + id, MARKET);
            service.awaitState(id, "finished");
            assertThat(service.get("/api/v1/runs/" + id + "/files/series.npz").statusCode())
                    .isEqualTo(200);
            removed = service.send(service.request("/api/v1/runs/" + id).DELETE());
            assertThat(removed.statusCode()).as(removed.body()).isEqualTo(204);
        }
        Path data = folder.resolve("elsewhere");
        try (OrchestratorProcess second =
                OrchestratorProcess.start(folder, environment, withAgents("--kafka=" + broker, "--data=" + data))) {
            assertThat(second.get("/api/v1/runs").body()).isEqualTo("[]");
        }
    }

    @Test
    void shouldHoldAndStepAndStop() throws Exception {
        try (OrchestratorProcess service = start()) {
            service.create("?id=held&paused=true", MARKET);
            service.awaitState("held", "paused");
            service.act("held", "step?count=5");
            service.awaitStep("held", 5);
            TimeUnit.MILLISECONDS.sleep(100);
            assertThat(service.run("held").get("step").asLong()).isEqualTo(5);
            service.act("held", "resume");
            service.awaitStep("held", 50);
            service.act("held", "pause");
            JsonNode paused = service.awaitState("held", "paused");
            assertThat(paused.get("step").asLong()).isLessThan(POINTS - 1);
            service.act("held", "stop");
            JsonNode stopped = service.awaitState("held", "stopped");
            assertThat(stopped.get("reason").asText()).isEqualTo("stopped by the user");
        }
        // What somebody stopped is not begun again by itself; what was asked for later is.
        try (OrchestratorProcess next = start()) {
            assertThat(next.run("held").get("state").asText()).isEqualTo("stopped");
            next.act("held", "resume");
            next.awaitState("held", "finished");
        }
        Trajectory.of(files("held")).assertEqualTo(undisturbed);
    }

    @Test
    void shouldKeepARunPausedThroughAnOrderlyRestart() throws Exception {
        OrchestratorProcess first = start();
        first.create("?id=one&paused=true", MARKET);
        first.awaitState("one", "paused");
        first.act("one", "step?count=3");
        first.awaitStep("one", 3);
        first.create("?id=two", MARKET);
        first.awaitStep("two", 20);
        first.close();

        try (OrchestratorProcess second = start()) {
            second.awaitState("two", "finished");
            JsonNode one = second.awaitState("one", "paused");
            assertThat(one.get("step").asLong()).isEqualTo(3);
            second.act("one", "resume");
            second.awaitState("one", "finished");
        }
        Trajectory.of(files("one")).assertEqualTo(undisturbed);
        Trajectory.of(files("two")).assertEqualTo(undisturbed);
    }

    @Test
    void shouldShowEveryStepOnceFromAnyOn() throws Exception {
        try (OrchestratorProcess service = start()) {
            service.create("?id=seen&paused=true", MARKET);
            service.awaitState("seen", "paused");
            service.act("seen", "resume");
            // From the beginning while it runs: what is long ago comes from the log.
            assertThat(ids(service.get("/api/v1/runs/seen/steps").body()))
                    .containsExactlyElementsOf(
                            LongStream.range(0, POINTS).boxed().toList());
            assertThat(service.run("seen").get("state").asText()).isEqualTo("finished");
            HttpResponse<String> again = service.send(service.request("/api/v1/runs/seen/steps")
                    .header("Last-Event-ID", Integer.toString(POINTS - 4))
                    .GET());
            assertThat(ids(again.body())).containsExactly(POINTS - 3L, POINTS - 2L, POINTS - 1L);
            assertThat(again.body()).contains("event:end", "\"state\":\"finished\"");
            assertThat(again.headers().firstValue("Content-Type").orElse("")).startsWith("text/event-stream");
        }
    }

    private static List<Long> ids(String stream) {
        return stream.lines()
                .filter(line -> line.startsWith("id:"))
                .map(line -> Long.parseLong(line.substring(3).strip()))
                .toList();
    }

    @Test
    void shouldRefuseWhatCannotBe() throws Exception {
        try (OrchestratorProcess service = start()) {
            service.create("?id=there", MARKET);
            assertProblem(service.post("/api/v1/runs", "{\"J\": 1, \"rho\": 9, \"Nt\": 10}"), 400, "rho 9: must be");
            assertProblem(service.post("/api/v1/runs", "not: [a run"), 400, "is not YAML");
            assertProblem(service.post("/api/v1/runs", ""), 400, "J is missing");
            assertProblem(
                    service.post("/api/v1/runs", "{\"J\": 1, \"rho\": 1, \"Nt\": 9, \"out\": \"/etc\"}"), 400, "out");
            assertProblem(service.post("/api/v1/runs?id=..%2Fetc", MARKET), 400, "id ../etc: must begin");
            assertProblem(service.post("/api/v1/runs?id=there", MARKET), 409, "there is a run there already");
            assertProblem(service.get("/api/v1/runs/missing"), 404, "there is no run missing");
            assertProblem(service.get("/api/v1/runs/..%2F..%2Fetc"), 400, "a run's name has letters");
            assertProblem(service.get("/api/v1/runs/there/files/..%2Frun.json"), 404, "no file of this name");
            assertProblem(service.get("/api/v1/nothing"), 404, "there is nothing at this path");
            assertProblem(service.send(service.request("/api/v1/runs").DELETE()), 405, "does not take this method");
            service.awaitState("there", "finished");
            assertProblem(service.post("/api/v1/runs/there/pause", ""), 409, "the run there is finished");
            assertProblem(service.post("/api/v1/runs/there/resume", ""), 409, "nothing to resume");
            assertProblem(service.post("/api/v1/runs/there/step?count=0", ""), 400, "count 0: must be");
            HttpResponse<String> large = service.send(service.request("/api/v1/runs")
                    .header("Content-Type", "application/json")
                    .POST(BodyPublishers.ofString("#".repeat(2 << 20))));
            assertProblem(large, 413, "1 MiB");
            assertThat(service.get("/api/v1/openapi").body()).contains("/api/v1/runs/{id}/steps");
        }
    }

    private static void assertProblem(HttpResponse<String> response, int status, String detail) throws IOException {
        assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
        assertThat(response.headers().firstValue("Content-Type"))
                .hasValueSatisfying(type -> assertThat(type).startsWith("application/problem+json"));
        JsonNode problem = new ObjectMapper().readTree(response.body());
        assertThat(problem.get("status").asInt()).isEqualTo(status);
        assertThat(problem.get("detail").asText()).contains(detail).hasLineCount(1);
    }

    @Test
    void shouldWantTheTokenWhereThereIsOne() throws Exception {
        Path token = Files.writeString(folder.resolve("token"), "s3cret\n");
        try (OrchestratorProcess service = OrchestratorProcess.start(
                folder, Map.of("INTERREGNUM_TOKEN_FILE", token.toString()), withAgents("--host=0.0.0.0"))) {
            assertProblem(service.get("/api/v1/runs"), 401, "a bearer token is needed");
            assertProblem(
                    service.send(service.request("/api/v1/runs")
                            .header("Authorization", "Bearer other")
                            .GET()),
                    401,
                    "a bearer token is needed");
            HttpResponse<String> allowed = service.send(service.request("/api/v1/runs")
                    .header("Authorization", "Bearer s3cret")
                    .GET());
            assertThat(allowed.statusCode()).isEqualTo(200);
            assertThat(service.said())
                    .contains("refused GET /api/v1/runs from 127.0.0.1")
                    .doesNotContain("s3cret");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--host=0.0.0.0      | interregnum.http.host 0.0.0.0: is open to other machines, which needs a token",
                "--kafka=here        | interregnum.kafka here: must be HOST:PORT",
                "--seller-agent=:1   | interregnum.seller-agent :1: must be HOST:PORT"
            })
    void shouldNotStartWithWhatCannotBe(String option, String complaint) throws Exception {
        try (OrchestratorProcess service = OrchestratorProcess.launch(folder, Map.of(), option)) {
            assertThat(service.process().waitFor(60, TimeUnit.SECONDS)).isTrue();
            assertThat(service.process().exitValue()).isEqualTo(2);
            assertThat(service.said().lines()).singleElement().asString().contains(complaint);
        }
    }

    private List<Long> stepsInFile(String id) {
        List<Long> steps = new ArrayList<>();
        try (FileEventLogReader log = new FileEventLogReader(files(id).resolve("events.log"))) {
            for (MarketEvent event = log.next(); event != null; event = log.next()) {
                if (event instanceof StepTaken step) {
                    steps.add(step.step());
                }
            }
        }
        return steps;
    }
}
