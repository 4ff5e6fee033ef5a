package org.interregnum.standalone.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.interregnum.agent.BundledAgent;
import org.interregnum.standalone.serve.AgentProcess;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Logs for machines: each line of each service is one object, and what a line is about is in fields. */
@Tag("thorough")
@Timeout(240)
class JsonLogsIT {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Map<String, String> AS_JSON = Map.of("INTERREGNUM_LOG", "json");

    @TempDir
    private Path folder;

    @Test
    void shouldWriteAnObjectALineWithRunAndStep() throws Exception {
        Path ofSellers = folder.resolve("seller.log");
        Path ofBuyers = folder.resolve("buyer.log");
        String said;
        try (AgentProcess sellers = AgentProcess.start(BundledAgent.SELLER, AS_JSON, ofSellers);
                AgentProcess buyers = AgentProcess.start(BundledAgent.BUYER, AS_JSON, ofBuyers);
                OrchestratorProcess service = OrchestratorProcess.start(
                        folder,
                        Map.of("INTERREGNUM_LOG", "json", "OTEL_EXPORTER_OTLP_ENDPOINT", "http://127.0.0.1:9"),
                        "--seller-agent=" + sellers.address(),
                        "--buyer-agent=" + buyers.address(),
                        "--data=" + folder.resolve("data"))) {
            service.create("?id=logged", "{\"J\": 1, \"rho\": 0.8, \"Nt\": 21, \"num-buyers\": 30, \"fig\": false}");
            service.awaitState("logged", "finished");
            service.close();
            said = service.said();
        }

        assertThat(objects(Files.readString(ofSellers)))
                .anySatisfy(line -> assertThat(line.get("message").asText()).startsWith("seller agent listens on"));
        assertThat(objects(Files.readString(ofBuyers))).isNotEmpty();
        List<JsonNode> lines = objects(said);
        assertThat(lines).anySatisfy(line -> {
            assertThat(line.get("message").asText()).isEqualTo("run logged is finished");
            assertThat(line.get("level").asText()).isEqualTo("INFO");
            assertThat(line.get("mdc").get("run").asText()).isEqualTo("logged");
            assertThat(line.get("mdc").get("step").asText()).isEqualTo("20");
            assertThat(line.get("mdc").get("traceId").asText()).matches("[0-9a-f]{32}");
        });
        assertThat(lines)
                .filteredOn(line -> line.get("message").asText().contains("listens on"))
                .allSatisfy(line -> assertThat(line.path("mdc").has("run")).isFalse());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "INTERREGNUM_LOG         | xml | interregnum.log xml: must be one of text, json",
                "INTERREGNUM_TRACE_EVERY | -1  | interregnum.trace-every -1: must be a whole number from 0 to 999999999"
            })
    void shouldRefuseASettingThatCannotBe(String variable, String value, String complaint) throws Exception {
        try (OrchestratorProcess service = OrchestratorProcess.launch(folder, Map.of(variable, value))) {
            assertThat(service.process().waitFor()).isEqualTo(2);
            assertThat(service.said().lines()).singleElement().isEqualTo("orchestrator: " + complaint);
        }
    }

    @Test
    void agentShouldRefuseAPortThatCannotBe() throws Exception {
        Path said = folder.resolve("seller.log");
        assertThatThrownBy(() ->
                        AgentProcess.start(BundledAgent.SELLER, Map.of("INTERREGNUM_MANAGEMENT_PORT", "often"), said))
                .isInstanceOf(AssertionError.class);
        // On a machine that is slow to start it, Vert.x may warn of that before.
        assertThat(Files.readString(said).lines())
                .contains("interregnum.management-port often: must be a whole number from 1 to 65535");
    }

    private static List<JsonNode> objects(String said) throws IOException {
        List<String> lines = said.lines().toList();
        assertThat(lines).isNotEmpty();
        List<JsonNode> objects = new ArrayList<>();
        for (String line : lines) {
            JsonNode object = JSON.readTree(line);
            assertThat(object.isObject()).as(line).isTrue();
            assertThat(object.has("timestamp")).as(line).isTrue();
            objects.add(object);
        }
        return objects;
    }
}
