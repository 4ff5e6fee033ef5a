package org.interregnum.agent.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import io.smallrye.config.EnvConfigSource;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TelemetrySettingsTest {
    private static SmallRyeConfig config(Map<String, String> environment) {
        return new SmallRyeConfigBuilder()
                .withSources(new EnvConfigSource(environment, 300))
                .withSources(new TelemetrySettings())
                .build();
    }

    @Test
    void shouldTurnEverythingOffThatNobodyAskedFor() {
        SmallRyeConfig config = config(Map.of("OTEL_EXPORTER_OTLP_ENDPOINT", "", "INTERREGNUM_LOG", "text"));
        assertThat(config.getValue("quarkus.otel.sdk.disabled", Boolean.class)).isTrue();
        assertThat(config.getValue("quarkus.log.console.json.enabled", Boolean.class))
                .isFalse();
        assertThat(config.getValue("quarkus.management.host-enabled", Boolean.class))
                .isFalse();
    }

    @Test
    void shouldHandOnWhatIsAskedFor() {
        SmallRyeConfig config = config(Map.of(
                "OTEL_EXPORTER_OTLP_ENDPOINT", "http://collector:4318",
                "OTEL_EXPORTER_OTLP_PROTOCOL", "http/protobuf",
                "INTERREGNUM_LOG", "json",
                "INTERREGNUM_MANAGEMENT_PORT", "9101"));
        assertThat(config.getValue("quarkus.otel.sdk.disabled", Boolean.class)).isFalse();
        assertThat(config.getValue("quarkus.otel.exporter.otlp.endpoint", String.class))
                .isEqualTo("http://collector:4318");
        assertThat(config.getValue("quarkus.otel.exporter.otlp.protocol", String.class))
                .isEqualTo("http/protobuf");
        assertThat(config.getValue("quarkus.log.console.json.enabled", Boolean.class))
                .isTrue();
        assertThat(config.getValue("quarkus.management.host-enabled", Boolean.class))
                .isTrue();
        assertThat(config.getValue("quarkus.management.port", Integer.class)).isEqualTo(9101);
    }

    @Test
    void shouldHeedThatTracesAreSwitchedOffByTheirOwnVariable() {
        SmallRyeConfig config =
                config(Map.of("OTEL_EXPORTER_OTLP_ENDPOINT", "http://collector:4317", "OTEL_SDK_DISABLED", "true"));
        assertThat(config.getValue("quarkus.otel.sdk.disabled", Boolean.class)).isTrue();
    }

    @Test
    void shouldSayWhatCannotBe() {
        assertThat(TelemetrySettings.mistake("", "")).isEmpty();
        assertThat(TelemetrySettings.mistake("json", "9101")).isEmpty();
        assertThat(TelemetrySettings.mistake("xml", "")).isEqualTo("interregnum.log xml: must be one of text, json");
        assertThat(TelemetrySettings.mistake("text", "65536"))
                .isEqualTo("interregnum.management-port 65536: must be a whole number from 1 to 65535");
    }
}
