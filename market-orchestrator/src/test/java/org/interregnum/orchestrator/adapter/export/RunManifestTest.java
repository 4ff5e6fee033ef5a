package org.interregnum.orchestrator.adapter.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.CRC32C;
import org.interregnum.orchestrator.decision.DecisionRules;
import org.interregnum.orchestrator.model.MarketParameters;
import org.interregnum.orchestrator.run.RunSpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunManifestTest {
    private static final RunSpec SPEC = new RunSpec(
            new MarketParameters(100, 3, 1.5, 0.8, 0.4, 2, 0.1, 0.3, 0.01, 0.9), 400, 4_294_967_295L, "numpy", 0.25);
    private static final RunManifest.Agent SELLER =
            new RunManifest.Agent("seller", "interregnum-seller", "0.1.0", "rule", "in process");
    private static final Instant START = Instant.parse("2026-11-23T06:45:00Z");

    @TempDir
    Path directory;

    @Test
    void shouldNameParametersAsTheResearchCodeDoes() throws IOException {
        JsonNode spec = write(RunManifest.running(
                        "a", "0.1.0", "", SPEC, DecisionRules.DEFAULT, List.of(SELLER), START, Optional.empty()))
                .get("spec");
        assertThat(spec).isEqualTo(new ObjectMapper().readTree("""
                                {"J": 1.5, "rho": 0.8, "Nt": 400, "seed": 4294967295, "generator": "numpy",
                                 "num_sellers": 3, "num_buyers": 100, "mu": 0.4, "sigma": 2.0, "unit_cost": 0.1,
                                 "cost_cap": 0.3, "noise": 0.01, "visibility": 0.9, "burn_in": 0.25}"""));
    }

    @Test
    void shouldSayThatARunGoesOn() throws IOException {
        JsonNode json = write(RunManifest.running(
                "a", "0.1.0", "", SPEC, DecisionRules.DEFAULT, List.of(SELLER), START, Optional.empty()));
        assertThat(json.get("status").asText()).isEqualTo("running");
        assertThat(json.get("started").asText()).isEqualTo("2026-11-23T06:45:00Z");
        assertThat(json.get("ended").isNull()).isTrue();
        assertThat(json.get("wall_seconds").isNull()).isTrue();
        assertThat(json.get("regime").isNull()).isTrue();
        assertThat(json.get("agents").get(0).get("address").asText()).isEqualTo("in process");
        assertThat(json.get("effective_network_effect").asDouble())
                .isEqualTo(SPEC.market().networkEffect());
    }

    @Test
    void shouldReplaceTheFirstOneWhenTheRunHasEnded() throws IOException {
        write(RunManifest.running(
                "a", "0.1.0", "", SPEC, DecisionRules.DEFAULT, List.of(SELLER), START, Optional.empty()));
        Map<String, Double> order = new LinkedHashMap<>();
        order.put("mean_leader_share", 0.1 + 0.2);
        order.put("volatility", Double.NaN);
        JsonNode json = write(new RunManifest(
                "a",
                "0.1.0",
                "",
                SPEC,
                DecisionRules.DEFAULT,
                List.of(),
                List.of(),
                "failed",
                "seller 2 said \"no\"\n\t\u0001\\",
                7,
                START,
                START.plusSeconds(2),
                2.5,
                33.3,
                Map.of("rule", 12L),
                order,
                "stable monopoly",
                List.of("market.png: no fonts"),
                Optional.empty()));
        assertThat(json.get("reason").asText()).isEqualTo("seller 2 said \"no\"\n\t\u0001\\");
        assertThat(json.get("order_parameters").get("mean_leader_share").asDouble())
                .isEqualTo(0.1 + 0.2);
        assertThat(json.get("order_parameters").get("volatility").isNull()).isTrue();
        assertThat(json.get("decisions").get("rule").asLong()).isEqualTo(12);
        assertThat(json.get("left_out").get(0).asText()).isEqualTo("market.png: no fonts");
        try (var files = Files.list(directory)) {
            assertThat(files).hasSize(1);
        }
    }

    @Test
    void shouldEndWithTheChecksumOfAllBeforeIt() throws IOException {
        write(RunManifest.running(
                "ρ", "0.1.0", "", SPEC, DecisionRules.DEFAULT, List.of(SELLER), START, Optional.empty()));
        String text = Files.readString(directory.resolve("run.json"));
        int end = text.lastIndexOf(",\n  \"crc32c\"");
        CRC32C checksum = new CRC32C();
        checksum.update(text.substring(0, end).getBytes(StandardCharsets.UTF_8));
        assertThat(text.substring(end)).isEqualTo(",\n  \"crc32c\": \"%08x\"\n}\n".formatted(checksum.getValue()));
    }

    @Test
    void shouldNameTheFileThatCannotBeWritten() {
        Path lost = directory.resolve("lost").resolve("run.json");
        RunManifest manifest =
                RunManifest.running("a", "0.1.0", "", SPEC, DecisionRules.DEFAULT, List.of(), START, Optional.empty());
        assertThatThrownBy(() -> manifest.write(lost))
                .isInstanceOf(ExportException.class)
                .hasMessage("cannot write " + lost + ": No such file or directory");
    }

    private JsonNode write(RunManifest manifest) throws IOException {
        Path path = directory.resolve("run.json");
        manifest.write(path);
        return new ObjectMapper().readTree(path.toFile());
    }
}
