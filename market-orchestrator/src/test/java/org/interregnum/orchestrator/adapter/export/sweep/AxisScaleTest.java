package org.interregnum.orchestrator.adapter.export.sweep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

class AxisScaleTest {
    @Test
    void shouldGiveValuesThatDoubleEqualRoomOnALogarithmicScale() {
        Axis axis = Axis.of("rho", List.of("0.8", "0.05", "0.1", "0.2", "0.4"));
        AxisScale scale = new AxisScale(axis);

        assertThat(axis.values()).containsExactly("0.05", "0.1", "0.2", "0.4", "0.8");
        assertThat(scale.isLogarithmic()).isTrue();
        assertThat(scale.remark(axis)).isEqualTo(", logarithmic");
        assertThat(scale.edge(1)).isCloseTo(0.2, within(1e-12));
        assertThat(scale.placeOf(Math.sqrt(0.1 * 0.2))).isCloseTo(0.4, within(1e-12));
    }

    @Test
    void shouldKeepUnequalStepsToScale() {
        AxisScale scale = new AxisScale(Axis.of("J", List.of("0", "1", "3")));

        // Edges at -0.5, 0.5, 2 and 4.
        assertThat(scale.edge(1)).isCloseTo(1 / 4.5, within(1e-12));
        assertThat(scale.edge(2)).isCloseTo(2.5 / 4.5, within(1e-12));
        assertThat(scale.place(2)).isCloseTo(3.5 / 4.5, within(1e-12));
    }

    @Test
    void shouldSayWhenValuesAreNotToScale() {
        Axis axis = Axis.of("noise", List.of("0", "0.01", "5"));

        assertThat(new AxisScale(axis).remark(axis)).isEqualTo(", not to scale");
        assertThat(new AxisScale(axis).edge(1)).isCloseTo(1 / 3.0, within(1e-12));
        assertThat(new AxisScale(axis).placeOf(1)).isNaN();
    }

    @Test
    void shouldTakeTextsAsTheyCome() {
        Axis axis = Axis.of("model", List.of("b", "a", "b"));

        assertThat(axis.numeric()).isFalse();
        assertThat(axis.values()).containsExactly("b", "a");
        assertThat(new AxisScale(axis).remark(axis)).isEmpty();
    }
}
