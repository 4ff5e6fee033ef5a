package org.interregnum.orchestrator.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.interregnum.orchestrator.model.InvalidParameterException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ModelSettingsTest {
    @ParameterizedTest
    @ValueSource(strings = {"http://127.0.0.1:99999/v1", "http://127.0.0.1:0/v1", "https://[::1]:65536"})
    void shouldRefuseAPortThatIsNone(String url) {
        assertThatThrownBy(() -> at(url))
                .isInstanceOf(InvalidParameterException.class)
                .hasMessageContaining(url)
                .hasMessageContaining("must have a port from 1 to 65535");
    }

    @Test
    void shouldKeepAnAddressWithItsSchemeInSmallLetters() {
        assertThat(at("HTTP://Models.example.org/V1").baseUrl()).isEqualTo("http://Models.example.org/V1");
        assertThat(at("https://models.example.org:65535/v1").baseUrl())
                .isEqualTo("https://models.example.org:65535/v1");
    }

    private static ModelSettings at(String baseUrl) {
        return new ModelSettings(
                "",
                "openai",
                ModelProvider.OPENAI,
                baseUrl,
                "m",
                null,
                StructuredOutput.JSON_SCHEMA,
                "plain",
                1000,
                32,
                ModelSettings.ANY_PACE,
                Duration.ofMinutes(1),
                Duration.ofMinutes(3),
                Double.NaN,
                Double.NaN);
    }
}
