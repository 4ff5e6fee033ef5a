package org.interregnum.orchestrator.adapter.export.sweep;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LineTest {
    private static final String SETTINGS = "J,rho,Nt,num-buyers,num-sellers";

    @TempDir
    private Path directory;

    @Test
    void shouldBeInterruptedWhereACellIsMissing() {
        HandMadeSweep table = new HandMadeSweep(directory, SETTINGS)
                .grid(new double[] {0.6, 0.9}, new double[] {0.8}, 2, (effect, rate) -> effect)
                .grid(new double[] {0, 0.3, 0.6, 0.9}, new double[] {0.1}, 2, (effect, rate) -> effect)
                .grid(new double[] {0}, new double[] {0.8}, 2, (effect, rate) -> effect);
        Sweep sweep = Sweep.read(table.write(), SweepFigures.Progress.NONE);

        List<PartOfSweep> lines = sweep.dividedBut(List.of(sweep.axis("J").orElseThrow()));

        // In the order of the axis, not in that in which the first cells come.
        assertThat(lines).extracting(PartOfSweep::name).containsExactly("ρ = 0.1", "ρ = 0.8");
        Line line = Line.of(
                "", sweep.axis("J").orElseThrow(), lines.get(1).sweep().points(), Measure.LEADER_ORDER_PARAMETER);
        assertThat(line.x()).containsExactly(0, 0.3, 0.6, 0.9);
        assertThat(line.y()).containsExactly(0, Double.NaN, 0.6, 0.9);
        assertThat(line.bands()).containsExactly(new int[] {0, 0}, new int[] {2, 3});
        assertThat(line.isEmpty()).isFalse();
    }

    @Test
    void shouldKeepValuesApartThatAgreeInSixDigits() {
        HandMadeSweep table = new HandMadeSweep(directory, SETTINGS)
                .grid(new double[] {0, 1}, new double[] {0.1234567, 0.1234568, 0.8}, 2, (effect, rate) -> effect);
        Sweep sweep = Sweep.read(table.write(), SweepFigures.Progress.NONE);

        List<PartOfSweep> lines = sweep.dividedBut(List.of(sweep.axis("J").orElseThrow()));

        assertThat(lines).extracting(PartOfSweep::name).containsExactly("ρ = 0.1234567", "ρ = 0.1234568", "ρ = 0.8");
        assertThat(lines).allSatisfy(line -> assertThat(line.sweep().points()).hasSize(2));
    }
}
