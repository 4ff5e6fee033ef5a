package org.interregnum.standalone.service;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.Socket;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a service without a token answers to calls, right and wrong, and that its description of the API is true. */
@Tag("thorough")
@Timeout(180)
class CallsOfServiceIT {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String PROBLEM = "application/problem+json";
    private static final String MARKET = "{\"J\": 1, \"rho\": 0.8, \"Nt\": 20, \"num-buyers\": 20, \"fig\": false}";

    @TempDir
    private static Path folder;

    private static ServiceWithAgents processes;
    private static OrchestratorProcess service;
    private static JsonNode document;

    @BeforeAll
    static void start() throws Exception {
        processes = ServiceWithAgents.start(folder, Map.of("INTERREGNUM_RUNS_AT_ONCE", "3"));
        service = processes.service();
        document = JSON.readTree(service.get("/api/v1/openapi?format=JSON").body());
        service.create("?id=held&paused=true", MARKET);
        service.create("?id=over", MARKET);
        service.awaitState("over", "finished");
    }

    @AfterAll
    static void stop() {
        processes.close();
    }

    private static HttpResponse<String> call(String method, String path, String body)
            throws IOException, InterruptedException {
        return service.send(service.request(path)
                .header("Content-Type", "application/json")
                .method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body)));
    }

    @ParameterizedTest
    @CsvSource({
        "GET, /api/v1/runs?state=nonsense, state nonsense: must be one of waiting",
        "GET, /api/v1/runs?limit=0, limit 0: must be a whole number",
        "GET, /api/v1/runs?limit=all, limit all: must be a whole number",
        "GET, /api/v1/runs?after=nobody, after nobody: there is no such run",
        "GET, /api/v1/runs/over/steps?from=abc, from abc: must be a whole number",
        "GET, /api/v1/runs/over/steps?from=-1, from -1: must be a whole number",
        "POST, /api/v1/runs/held/step?count=abc, count abc: must be a whole number",
        "POST, /api/v1/runs/held/step?count=0, count 0: must be a whole number",
        "POST, /api/v1/runs?paused=maybe, paused maybe: must be true or false",
        "POST, /api/v1/runs/held/resume?paused=maybe, paused maybe: must be true or false"
    })
    void shouldNameWhatIsWrongBehindTheQuestionMark(String method, String path, String detail) throws Exception {
        HttpResponse<String> response = call(method, path, method.equals("GET") ? null : "");
        assertThat(response.statusCode()).as(response.body()).isEqualTo(400);
        assertThat(response.headers().firstValue("Content-Type")).contains(PROBLEM);
        assertThat(JSON.readTree(response.body()).get("detail").asText()).startsWith(detail);
    }

    @Test
    void shouldSpeakOfKeysToWhomKnowsNoOptions() throws Exception {
        assertThat(call("POST", "/api/v1/runs", "{\"rho\": 0.8, \"Nt\": 4}").body())
                .contains("\"J is missing")
                .doesNotContain("--");
        assertThat(call("POST", "/api/v1/runs", "[1]").body())
                .contains("the request")
                .doesNotContain("--");
    }

    @ParameterizedTest
    @CsvSource({
        "GET, /api/v1/nothing, application/json, 404, /api/v1/openapi has all calls",
        "PUT, /api/v1/runs, application/json, 405, /api/v1/openapi has those",
        "POST, /api/v1/runs, application/x-www-form-urlencoded, 415, Content-Type must be application/json"
    })
    void shouldSayWhatIsWrongWithACallThatIsNone(String method, String path, String type, int status, String detail)
            throws Exception {
        HttpResponse<String> response = service.send(service.request(path)
                .header("Content-Type", type)
                .method(method, method.equals("GET") ? BodyPublishers.noBody() : BodyPublishers.ofString(MARKET)));
        assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
        assertThat(response.headers().firstValue("Content-Type")).contains(PROBLEM);
        assertThat(JSON.readTree(response.body()).get("detail").asText()).contains(detail);
    }

    @Test
    void shouldAnswerWhoeverIsStillSendingALargeBody() throws Exception {
        // A connection that is closed too early loses one answer in twenty.
        for (int call = 0; call < 200; call++) {
            assertThat(call("POST", "/api/v1/runs", "x".repeat(2 << 20)).statusCode())
                    .isEqualTo(413);
        }
    }

    @Test
    void shouldRefuseLargeBodiesWithAReason() throws Exception {
        HttpResponse<String> response = call("POST", "/api/v1/runs", "x".repeat(2 << 20));
        assertThat(response.statusCode()).isEqualTo(413);
        assertThat(response.headers().firstValue("Content-Type")).contains(PROBLEM);
        assertThat(JSON.readTree(response.body()).get("detail").asText()).contains("1 MiB");
        assertThat(call("POST", "/api/v1/runs", " ".repeat((1 << 20) - MARKET.length()) + MARKET)
                        .statusCode())
                .isEqualTo(201);
    }

    @Test
    void shouldRefuseForeignSites() throws Exception {
        String body = "Content-Type: text/plain\r\nContent-Length: " + MARKET.length() + "\r\n";
        assertThat(raw(
                        "POST /api/v1/runs?id=evil",
                        "Host: evil.example\r\nOrigin: http://evil.example\r\n" + body,
                        MARKET))
                .startsWith("HTTP/1.1 403")
                .contains(PROBLEM);
        assertThat(raw(
                        "POST /api/v1/runs?id=evil",
                        "Host: localhost\r\nOrigin: http://evil.example\r\n" + body,
                        MARKET))
                .startsWith("HTTP/1.1 403");
        assertThat(raw("POST /api/v1/runs/held/stop", "Host: localhost\r\nOrigin: null\r\nContent-Length: 0\r\n", ""))
                .startsWith("HTTP/1.1 403");
        assertThat(raw("GET /q/metrics", "Host: evil.example\r\n", "")).startsWith("HTTP/1.1 403");
        assertThat(service.get("/api/v1/runs").body()).doesNotContain("evil");
        assertThat(service.run("held").get("state").asText()).isEqualTo("paused");
        assertThat(service.said())
                .contains("refused POST /api/v1/runs from 127.0.0.1: the host evil.example is not this service")
                .contains("refused POST /api/v1/runs/held/stop from 127.0.0.1: pages of the origin null");
        int port = service.request("/").build().uri().getPort();
        assertThat(raw(
                        "GET /api/v1/runs",
                        "Host: localhost:" + port + "\r\nOrigin: http://localhost:" + port + "\r\n",
                        ""))
                .startsWith("HTTP/1.1 200");
    }

    private static String raw(String request, String headers, String body) throws IOException {
        try (Socket socket =
                new Socket("127.0.0.1", service.request("/").build().uri().getPort())) {
            socket.getOutputStream()
                    .write((request + " HTTP/1.1\r\nConnection: close\r\n" + headers + "\r\n" + body)
                            .getBytes(StandardCharsets.UTF_8));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @Test
    void shouldOpenNoLogForWhoeverWantsNoBody() throws Exception {
        for (int call = 0; call < 30; call++) {
            assertThat(call("HEAD", "/api/v1/runs/over/events", null).statusCode())
                    .isEqualTo(200);
            assertThat(call("HEAD", "/api/v1/runs/over/files/events.log", null).statusCode())
                    .isEqualTo(200);
        }
        assertThat(openLogs()).isZero();
        assertThat(service.get("/api/v1/runs/over/events").body().lines()).hasSize(22);
        assertThat(openLogs()).isZero();
    }

    private static long openLogs() throws IOException {
        long open = 0;
        try (Stream<Path> descriptors =
                Files.list(Path.of("/proc/" + service.process().pid() + "/fd"))) {
            for (Path descriptor : descriptors.toList()) {
                try {
                    open += Files.readSymbolicLink(descriptor).endsWith("over/events.log") ? 1 : 0;
                } catch (IOException e) {
                    // Closed meanwhile.
                }
            }
        }
        return open;
    }

    @Test
    void shouldGiveAnEmptyLogOfARunThatHasNotBegun() throws Exception {
        List<String> ids = List.of("first", "second", "third", "fourth");
        for (String id : ids) {
            service.create("?id=" + id, MARKET.replace("\"Nt\": 20", "\"Nt\": 500000"));
        }
        // As many are under way as may be, and one waits for them.
        List<String> waiting = new ArrayList<>(ids);
        while (waiting.size() > 1) {
            for (String id : ids) {
                if (service.run(id).get("state").asText().equals("running")) {
                    waiting.remove(id);
                }
            }
        }
        HttpResponse<String> events = service.get("/api/v1/runs/" + waiting.get(0) + "/events");
        assertThat(events.statusCode()).as(events.body()).isEqualTo(200);
        assertThat(events.headers().firstValue("Content-Type").orElse("")).startsWith("application/x-ndjson");
        assertThat(events.body()).isEmpty();
        for (String id : ids) {
            service.act(id, "stop");
        }
    }

    @Test
    void shouldDescribeItsCallsAsTheyAre() throws Exception {
        List<String> seen = new ArrayList<>();
        String agent =
                AgentCalls.body("described", "seller", processes.sellers().address());
        service.create("?id=told&paused=true", MARKET);
        service.awaitState("told", "paused");
        check(seen, "POST", "/runs", "?id=described&paused=true", MARKET, 201);
        check(seen, "POST", "/runs", "?id=described", MARKET, 409);
        check(seen, "POST", "/runs", "?id=..", MARKET, 400);
        check(seen, "POST", "/runs", "", "x".repeat(2 << 20), 413);
        check(seen, "POST", "/runs", "", MARKET.replace("{", "{\"seller-target\": \"192.0.2.1:9\", "), 403);
        check(seen, "GET", "/runs", "", null, 200);
        check(seen, "GET", "/runs", "?limit=1&after=told", null, 200);
        check(seen, "GET", "/runs", "?state=no", null, 400);
        check(seen, "GET", "/runs/told", "", null, 200);
        check(seen, "GET", "/runs/none", "", null, 404);
        check(seen, "GET", "/runs/.no", "", null, 400);
        check(seen, "POST", "/runs/told/step", "?count=2", "", 200);
        check(seen, "POST", "/runs/told/step", "?count=no", "", 400);
        check(seen, "POST", "/runs/over/step", "", "", 409);
        check(seen, "POST", "/runs/told/pause", "", "", 200);
        check(seen, "POST", "/runs/over/pause", "", "", 409);
        check(seen, "POST", "/agents", "", agent, 201);
        check(seen, "POST", "/agents", "", agent, 409);
        check(seen, "POST", "/agents", "", "{}", 400);
        check(
                seen,
                "POST",
                "/agents",
                "",
                AgentCalls.body("a", "buyer", processes.sellers().address()),
                422);
        check(seen, "POST", "/agents", "", AgentCalls.body("a", "buyer", "127.0.0.1:1"), 502);
        check(seen, "POST", "/agents", "", AgentCalls.body("a", "buyer", "192.0.2.1:1"), 403);
        check(seen, "GET", "/agents", "", null, 200);
        check(seen, "GET", "/agents/described", "", null, 200);
        check(seen, "GET", "/agents/none", "", null, 404);
        check(seen, "POST", "/agents/described/check", "", "", 200);
        check(seen, "POST", "/runs/told/assignments", "", "{\"agent\": \"described\", \"sellers\": \"0-1\"}", 201);
        check(seen, "POST", "/runs/told/assignments", "", "{\"agent\": \"described\"}", 400);
        check(seen, "POST", "/runs/over/assignments", "", "{\"agent\": \"described\", \"sellers\": \"0\"}", 409);
        check(seen, "GET", "/runs/told/assignments", "", null, 200);
        check(seen, "DELETE", "/agents/described", "", null, 409);
        check(seen, "POST", "/runs/told/resume", "", "", 200);
        check(seen, "POST", "/runs/over/resume", "", "", 409);
        service.awaitState("told", "finished");
        check(seen, "POST", "/runs/held/stop", "", "", 200);
        check(seen, "POST", "/runs/over/stop", "", "", 409);
        service.awaitState("held", "stopped");
        check(seen, "POST", "/runs/held/resume", "?paused=true", MARKET, 200);
        check(seen, "GET", "/runs/over/steps", "", null, 200);
        check(seen, "GET", "/runs/over/events", "", null, 200);
        check(seen, "GET", "/runs/over/files/run.json", "", null, 200);
        check(seen, "GET", "/runs/over/files/none", "", null, 404);
        check(seen, "DELETE", "/runs/held", "", null, 409);
        check(seen, "DELETE", "/runs/.no", "", null, 400);
        check(seen, "DELETE", "/runs/told", "", null, 204);
        check(seen, "DELETE", "/runs/told", "", null, 404);
        check(seen, "DELETE", "/agents/described", "", null, 204);
        check(seen, "DELETE", "/agents/described", "", null, 404);
        List<String> described = new ArrayList<>();
        document.get("paths")
                .fields()
                .forEachRemaining(path -> path.getValue()
                        .fieldNames()
                        .forEachRemaining(
                                method -> described.add(method.toUpperCase(Locale.ROOT) + " " + path.getKey())));
        assertThat(new TreeSet<>(seen)).containsExactlyInAnyOrderElementsOf(described);
    }

    /** Makes a call, and looks for its answer in the description. */
    private static void check(List<String> seen, String method, String path, String query, String body, int status)
            throws Exception {
        HttpResponse<String> response = call(method, "/api/v1" + path + query, body);
        assertThat(response.statusCode())
                .as(method + path + query + response.body())
                .isEqualTo(status);
        String template = template(path);
        seen.add(method + " " + template);
        JsonNode operation = document.get("paths").get(template).get(method.toLowerCase(Locale.ROOT));
        JsonNode described = operation.get("responses").path(Integer.toString(status));
        assertThat(described.isObject()).as(method + template + " " + status).isTrue();
        if (response.body().isEmpty()) {
            assertThat(described.has("content")).as(template).isFalse();
            return;
        }
        String type = response.headers().firstValue("Content-Type").orElse("").replaceFirst(";.*", "");
        JsonNode content = described.get("content");
        JsonNode media = content.has(type) ? content.get(type) : content.path("*/*");
        assertThat(media.isObject()).as(template + " " + status + " " + type).isTrue();
        if (!content.has(type) || !List.of("application/json", PROBLEM).contains(type)) {
            return;
        }
        JsonNode answer = JSON.readTree(response.body());
        JsonNode schema = resolved(media.get("schema"));
        if (answer.isArray()) {
            assertThat(schema.get("type").asText()).as(template).isEqualTo("array");
            schema = resolved(schema.get("items"));
            answer = answer.isEmpty() ? JSON.createObjectNode() : answer.get(0);
        }
        assertThat(schema.get("type").asText()).as(template).isEqualTo("object");
        for (Iterator<String> fields = answer.fieldNames(); fields.hasNext(); ) {
            assertThat(schema.get("properties").has(fields.next()))
                    .as(template + schema)
                    .isTrue();
        }
        if (status >= 400) {
            assertThat(type).isEqualTo(PROBLEM);
        }
    }

    private static String template(String path) {
        return "/api/v1"
                + path.replaceFirst("^/runs/[^/]+", "/runs/{id}")
                        .replaceFirst("^/agents/[^/]+", "/agents/{name}")
                        .replaceFirst("/files/[^/]+", "/files/{name}");
    }

    private static JsonNode resolved(JsonNode schema) {
        return schema.has("$ref") ? document.at(schema.get("$ref").asText().substring(1)) : schema;
    }

    @Test
    void shouldDescribeWhatIsSentToItAndTheToken() {
        JsonNode schemas = document.at("/components/schemas");
        assertThat(schemas.at("/RunFile/properties/J/type").asText()).isEqualTo("number");
        assertThat(schemas.at("/RunFile/properties/num-buyers/type").asText()).isEqualTo("integer");
        assertThat(schemas.at("/RunFile/properties").has("out")).isFalse();
        assertThat(schemas.at("/NewAssignment/properties").has("on-failure")).isTrue();
        assertThat(schemas.at("/NewAgent/required"))
                .extracting(JsonNode::asText)
                .contains("name", "role", "address");
        assertThat(schemas.has("StreamingOutput")).isFalse();
        assertThat(document.at("/paths/~1api~1v1~1runs~1{id}~1resume/post/requestBody/required")
                        .asBoolean(false))
                .isFalse();
        for (String path : List.of("/paths/~1api~1v1~1runs/post", "/paths/~1api~1v1~1runs~1{id}~1resume/post")) {
            assertThat(document.at(path + "/requestBody/content/application~1json/schema/$ref")
                            .asText())
                    .endsWith("/RunFile");
        }
        assertThat(document.at("/components/securitySchemes/token/scheme").asText())
                .isEqualTo("bearer");
        assertThat(document.at("/security/0").has("token")).isTrue();
    }

    @Test
    void shouldKeepItsDirectoryToItselfUntilItIsKilled() throws Exception {
        Path data = folder.resolve("kept");
        String[] options = {
            "--seller-agent=" + processes.sellers().address(),
            "--buyer-agent=" + processes.buyers().address(),
            "--data=" + data
        };
        OrchestratorProcess first = OrchestratorProcess.start(folder, Map.of(), options);
        JsonNode created = first.create("?id=kept&paused=true", MARKET);
        try (OrchestratorProcess second = OrchestratorProcess.launch(folder, Map.of(), options)) {
            assertThat(second.process().waitFor(60, TimeUnit.SECONDS)).isTrue();
            assertThat(second.process().exitValue()).isEqualTo(2);
            assertThat(second.said().lines())
                    .containsExactly("orchestrator: interregnum.data " + data
                            + ": is used by another orchestrator service; must be a directory of this one's own"
                            + " (--data)");
            assertThat(first.run("kept").get("state").asText()).isIn("waiting", "paused");
        }
        first.kill();
        Files.writeString(data.resolve("agents.json"), "damaged");
        try (OrchestratorProcess third = OrchestratorProcess.start(folder, Map.of(), options)) {
            assertThat(third.run("kept").get("created")).isEqualTo(created.get("created"));
            third.awaitState("kept", "finished");
            HttpResponse<String> agents = third.get("/api/v1/agents");
            assertThat(agents.statusCode()).isEqualTo(503);
            assertThat(agents.body()).contains("agents.json");
            assertThat(third.said()).contains("agents.json").contains("trying again until it does");
            Files.delete(data.resolve("agents.json"));
            while (third.get("/api/v1/agents").statusCode() != 200) {
                TimeUnit.MILLISECONDS.sleep(100);
            }
        }
    }
}
