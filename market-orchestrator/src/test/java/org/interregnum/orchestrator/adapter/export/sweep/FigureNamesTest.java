package org.interregnum.orchestrator.adapter.export.sweep;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class FigureNamesTest {
    private final FigureNames names = new FigureNames();

    @Test
    void shouldHaveLettersThatEveryFileSystemTakes() {
        assertThat(names.name("price-lines", Map.of("rho", "0.1"))).isEqualTo("price-lines-rho-0.1");
        assertThat(names.name("price", Map.of("agents", "größer/als: 2"))).isEqualTo("price-agents-gr-er-als-2");
    }

    @Test
    void shouldBeDifferentThoughShortenedOrCleared() {
        String path = "a".repeat(300);

        assertThat(names.name("price", Map.of("base-url", path))).hasSizeLessThan(140);
        assertThat(names.name("price", Map.of("base-url", path + "b"))).endsWith("a-2");
        assertThat(names.name("price", Map.of("model", "x:y"))).isEqualTo("price-model-x-y");
        assertThat(names.name("price", Map.of("model", "X/y"))).isEqualTo("price-model-X-y-2");
    }
}
