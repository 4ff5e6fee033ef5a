package org.interregnum.orchestrator.adapter.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class BoundedLabelTest {
    @Test
    void shouldKeepTheFirstValuesAndCallAllLaterOnesOther() {
        BoundedLabel label = new BoundedLabel(2);
        assertThat(List.of(label.of("a"), label.of("b"), label.of("c"), label.of("a"), label.of("d")))
                .containsExactly("a", "b", "other", "a", "other");
    }

    @Test
    void shouldNameWhatIsEmptyAndShortenWhatIsLong() {
        BoundedLabel label = new BoundedLabel(2);
        assertThat(label.of("")).isEqualTo("none");
        assertThat(label.of("x".repeat(1000))).hasSize(80);
    }
}
