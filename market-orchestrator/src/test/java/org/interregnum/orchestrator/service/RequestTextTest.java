package org.interregnum.orchestrator.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.interregnum.orchestrator.adapter.kafka.ValueFormat;
import org.interregnum.orchestrator.request.BadInputException;
import org.interregnum.orchestrator.request.RunRequest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RequestTextTest {
    private static final String MARKET = "J: 1\nrho: 0.8\nNt: 40\nnum_buyers: 50\n";

    private static RequestText service(String kafka, String seller, String buyer) {
        return new RequestText(ServiceSettings.of(
                "test",
                Path.of("data"),
                Optional.ofNullable(kafka),
                "json",
                Optional.ofNullable(seller),
                Optional.ofNullable(buyer),
                "2m",
                List.of(),
                1));
    }

    @Test
    void shouldTakeTheServicesOwnWhereARunSaysNothing() {
        RunRequest request =
                service("broker:9092", "sellers:9001", "buyers:9002").read(MARKET);

        assertThat(request.sellerTarget().orElseThrow()).hasToString("sellers:9001");
        assertThat(request.buyerTarget().orElseThrow()).hasToString("buyers:9002");
        assertThat(request.kafka().orElseThrow().address()).isEqualTo("broker:9092");
        assertThat(request.kafka().orElseThrow().values()).isEqualTo(ValueFormat.JSON);
        assertThat(request.spec().points()).isEqualTo(40);
    }

    @Test
    void shouldTakeTheRunsOwnAgentsBeforeTheServices() {
        RunRequest request = service(null, "sellers:9001", "buyers:9002").read(MARKET + "seller_target: others:7001\n");

        assertThat(request.sellerTarget().orElseThrow()).hasToString("others:7001");
        assertThat(request.buyerTarget().orElseThrow()).hasToString("buyers:9002");
        assertThat(request.kafka()).isEmpty();
    }

    @Test
    void shouldReadJsonAsWell() {
        RunRequest request = service(null, "sellers:9001", "buyers:9002")
                .read("{\"J\": 1, \"rho\": 0.8, \"Nt\": 40, \"num_buyers\": 50}");

        assertThat(request.spec().market().buyers()).isEqualTo(50);
    }

    @ParameterizedTest
    @CsvSource({"out, runs/mine", "kafka, 'elsewhere:9092'", "kafka_values, json", "quiet, true"})
    void shouldRefuseWhatIsTheServicesToDecide(String name, String value) {
        assertThatThrownBy(() -> service(null, "sellers:9001", "buyers:9002").read(MARKET + name + ": " + value + "\n"))
                .isInstanceOf(BadInputException.class)
                .hasMessageContaining("is the orchestrator service's to decide; must be left out");
    }

    @Test
    void shouldRefuseARunThatNobodyWouldDecideFor() {
        assertThatThrownBy(() -> service(null, null, "buyers:9002").read(MARKET))
                .isInstanceOf(BadInputException.class)
                .hasMessage("seller-target is missing: must be HOST:PORT of a seller agent service");
        assertThatThrownBy(() -> service(null, "sellers:9001", null).read(MARKET))
                .isInstanceOf(BadInputException.class)
                .hasMessage("buyer-target is missing: must be HOST:PORT of a buyer agent service");
    }

    @Test
    void shouldRefuseAModelThatNoServiceAsks() {
        assertThatThrownBy(() -> service(null, null, "buyers:9002")
                        .read(MARKET
                                + "sellers: llm\nmodel: small\nendpoint: local\nbase_url: http://localhost:1/v1\n"))
                .isInstanceOf(BadInputException.class)
                .hasMessageContaining("has no agent service that asks it; must have an 'agent'");
    }

    @Test
    void shouldNameWhatIsOutOfRange() {
        assertThatThrownBy(() -> service(null, "sellers:9001", "buyers:9002").read("J: -1\nrho: 0.8\nNt: 40\n"))
                .isInstanceOf(BadInputException.class)
                .hasMessageContaining("J")
                .hasMessageContaining("-1");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "rho: 0.8; J is missing: must be a number from 0 to 1e9",
                "''; J is missing",
                "'[1]'; the request",
                "'J: 1, rho: 2: 3'; the request",
                "'{J: 1, rho: 0.8, Nt: 4, batch_size: 5, seller_target: \"a:1\", buyer_target: \"\"}'; buyer_target",
                "'{J: 1, rho: 0.8, Nt: 4, ratio: 0.5}'; ratio"
            })
    void shouldNameKeysAndNeitherOptionsNorAFile(String text, String part) {
        assertThatThrownBy(() -> service(null, "sellers:9001", "buyers:9002").read(text))
                .isInstanceOf(BadInputException.class)
                .hasMessageContaining(part)
                .message()
                .doesNotContain("--");
    }
}
