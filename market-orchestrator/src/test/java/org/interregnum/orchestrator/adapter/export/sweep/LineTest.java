package org.interregnum.orchestrator.adapter.export.sweep;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LineTest {
    private static final String SETTINGS = "J,rho,Nt,num-buyers,num-sellers";

    @TempDir
    private Path directory;

    @Test
    void shouldBeInterruptedWhereACellIsMissing() {
        Sweep sweep = Sweep.read(new HandMadeSweep(directory, SETTINGS)
                .grid(new double[] {0.6, 0.9}, new double[] {0.8}, 2, (effect, rate) -> effect)
                .grid(new double[] {0, 0.3, 0.6, 0.9}, new double[] {0.1}, 2, (effect, rate) -> effect)
                .grid(new double[] {0}, new double[] {0.8}, 2, (effect, rate) -> effect)
                .write());

        Map<String, Sweep> lines = sweep.dividedBut(List.of(sweep.axis("J").orElseThrow()));

        // In the order of the axis, not in that in which the first cells come.
        assertThat(lines.keySet()).containsExactly("ρ = 0.1", "ρ = 0.8");
        Line line = Line.of(
                "", sweep.axis("J").orElseThrow(), lines.get("ρ = 0.8").points(), Measure.LEADER_ORDER_PARAMETER);
        assertThat(line.x()).containsExactly(0, 0.3, 0.6, 0.9);
        assertThat(line.y()).containsExactly(0, Double.NaN, 0.6, 0.9);
        assertThat(line.bands()).containsExactly(new int[] {0, 0}, new int[] {2, 3});
        assertThat(line.isEmpty()).isFalse();
    }
}
