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
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.interregnum.agent.BundledAgent;
import org.interregnum.standalone.scripted.AnswerKind;
import org.interregnum.standalone.scripted.ScriptedModel;
import org.interregnum.standalone.scripted.ScriptedModelOptions;
import org.interregnum.standalone.serve.AgentProcess;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** What Prometheus is given by the three services after runs of rules and of a model, and what is asked of it. */
@Tag("thorough")
@Timeout(300)
class MetricsIT {
    private static final Path OBSERVABILITY = Path.of("../observability");
    private static final int STEPS_BY_RULE = 300;
    private static final int STEPS_BY_MODEL = 40;
    private static final String TOKEN = "s3cret";

    @TempDir
    private Path folder;

    @Test
    void shouldMeasureRunsAndHaveAllThatDashboardAndAlertsName() throws Exception {
        int ofSellers = AgentProcess.freePort();
        int ofBuyers = AgentProcess.freePort();
        try (ScriptedModel model = ScriptedModel.start(
                        ScriptedModelOptions.PLAIN.withRate(AnswerKind.GARBAGE, 0.5), "127.0.0.1", 0);
                AgentProcess sellers = agent(BundledAgent.SELLER, ofSellers);
                AgentProcess buyers = agent(BundledAgent.BUYER, ofBuyers);
                OrchestratorProcess service = OrchestratorProcess.start(
                        folder,
                        Map.of("INTERREGNUM_TOKEN", TOKEN),
                        "--seller-agent=" + sellers.address(),
                        "--buyer-agent=" + buyers.address(),
                        "--data=" + folder.resolve("data"))) {
            service.useToken(TOKEN);
            service.create(
                    "?id=by-rule",
                    "{\"J\": 1, \"rho\": 0.8, \"Nt\": " + (STEPS_BY_RULE + 1)
                            + ", \"num-buyers\": 100, \"fig\": false}");
            service.create(
                    "?id=by-model",
                    "{\"J\": 1, \"rho\": 0.8, \"Nt\": " + (STEPS_BY_MODEL + 1)
                            + ", \"num-buyers\": 40, \"fig\": false, \"sellers\": \"llm\", \"model\": \"any\","
                            + " \"max-fallback-rate\": 1, \"endpoint\": \"local\", \"base-url\": \"http://127.0.0.1:"
                            + model.port() + "/v1\"}");
            service.create("?id=held&paused=true", "{\"J\": 1, \"rho\": 0.8, \"Nt\": 10, \"num-buyers\": 30}");
            service.awaitState("by-rule", "finished");
            service.awaitState("by-model", "finished");
            service.awaitState("held", "paused");

            HttpResponse<String> response = service.get("/q/metrics");
            assertThat(response.statusCode()).isEqualTo(200);
            String scrape = response.body();
            assertThat(value(scrape, "interregnum_steps_total")).isEqualTo(STEPS_BY_RULE + STEPS_BY_MODEL);
            assertThat(value(scrape, "interregnum_step_seconds_count")).isEqualTo(STEPS_BY_RULE + STEPS_BY_MODEL);
            assertThat(value(scrape, "interregnum_step_stage_seconds_count", "stage=\"log\""))
                    .isEqualTo(STEPS_BY_RULE + STEPS_BY_MODEL);
            assertThat(value(scrape, "interregnum_runs", "state=\"finished\"")).isEqualTo(2);
            assertThat(value(scrape, "interregnum_runs", "state=\"paused\"")).isEqualTo(1);
            assertThat(value(scrape, "interregnum_event_log_pending")).isZero();
            assertThat(value(
                            scrape,
                            "interregnum_decision_seconds_count",
                            "agent=\"interregnum-seller\"",
                            "kind=\"price\"",
                            "outcome=\"rule\""))
                    .isEqualTo(STEPS_BY_RULE);
            assertThat(value(scrape, "interregnum_decision_seconds_count", "kind=\"price\"", "model=\"any\""))
                    .as("decisions of the model, whatever their outcome")
                    .isEqualTo(STEPS_BY_MODEL);
            assertThat(value(scrape, "interregnum_decision_seconds_count", "outcome=\"fallback\""))
                    .isPositive();
            assertThat(value(scrape, "interregnum_model_call_seconds_count", "model=\"any\""))
                    .isEqualTo(model.requests());
            assertThat(value(scrape, "interregnum_model_tokens_total", "direction=\"input\""))
                    .isPositive();
            assertThat(scrape)
                    .as("no label names a run")
                    .doesNotContain("by-rule")
                    .doesNotContain("by-model");

            Set<String> names = names(scrape);
            String fromSellers = scrape(ofSellers);
            names.addAll(names(fromSellers));
            names.addAll(names(scrape(ofBuyers)));
            assertThat(fromSellers).contains("gen_ai_client_operation_duration").contains("grpc_server");
            // Prometheus makes this one itself.
            names.add("up");
            Set<String> ofDashboard = QueriedMetrics.in(new ObjectMapper()
                    .readTree(OBSERVABILITY
                            .resolve("grafana/dashboards/interregnum.json")
                            .toFile()));
            assertThat(ofDashboard).hasSizeGreaterThan(10);
            assertThat(names).containsAll(ofDashboard).containsAll(ofAlerts()).containsAll(ofDocument());
        }
    }

    @Test
    void shouldGiveMetricsToNobodyWithoutTheToken() throws Exception {
        try (OrchestratorProcess service = OrchestratorProcess.start(
                folder, Map.of("INTERREGNUM_TOKEN", TOKEN), "--data=" + folder.resolve("data"))) {
            for (String path : List.of("/q/metrics", "/q/metrics/", "/q//metrics", "/q/./metrics", "/q/metrics?x")) {
                HttpResponse<String> response = service.get(path);
                assertThat(response.statusCode()).as(path).isIn(401, 404);
                assertThat(response.body()).as(path).doesNotContain("jvm_");
            }
            assertThat(service.get("/q/metrics").statusCode()).isEqualTo(401);
            assertThat(service.get("/q/health/ready").statusCode()).isEqualTo(200);
            service.useToken(TOKEN);
            assertThat(service.get("/q/metrics").body()).contains("jvm_memory_used_bytes");
        }
    }

    private AgentProcess agent(BundledAgent kind, int port) throws IOException, InterruptedException {
        return AgentProcess.start(
                kind,
                Map.of("INTERREGNUM_MANAGEMENT_PORT", Integer.toString(port)),
                folder.resolve(kind.kind() + ".log"));
    }

    private static String scrape(int port) throws IOException, InterruptedException {
        return HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/q/metrics"))
                                .build(),
                        BodyHandlers.ofString())
                .body();
    }

    /** Names of all samples, as they can be asked for. */
    private static Set<String> names(String scrape) {
        return scrape.lines()
                .filter(line -> !line.startsWith("#") && !line.isBlank())
                .map(line -> line.split("[{ ]", 2)[0])
                .collect(Collectors.toCollection(HashSet::new));
    }

    /** The sum over all series of a name that have these labels. */
    private static double value(String scrape, String name, String... labels) {
        List<String> lines = scrape.lines()
                .filter(line -> line.startsWith(name + "{") || line.startsWith(name + " "))
                .filter(line -> List.of(labels).stream().allMatch(line::contains))
                .toList();
        assertThat(lines).as(name + List.of(labels)).isNotEmpty();
        return lines.stream()
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .sum();
    }

    private static Set<String> ofAlerts() throws IOException {
        Object rules = new Load(LoadSettings.builder().build())
                .loadFromString(Files.readString(OBSERVABILITY.resolve("alerts.yml")));
        Set<String> names = QueriedMetrics.in(new ObjectMapper().<JsonNode>valueToTree(rules));
        assertThat(names).contains("up").hasSizeGreaterThan(5);
        return names;
    }

    /** The names in the table of docs/operations.md. */
    private static Set<String> ofDocument() throws IOException {
        Set<String> names = new HashSet<>();
        Matcher row = Pattern.compile("(?m)^\\| `([a-z_]+)` \\|")
                .matcher(Files.readString(Path.of("../../docs/operations.md")));
        while (row.find()) {
            names.add(row.group(1));
        }
        assertThat(names).hasSizeGreaterThan(8);
        return names;
    }
}
