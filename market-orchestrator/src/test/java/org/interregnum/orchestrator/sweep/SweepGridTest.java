package org.interregnum.orchestrator.sweep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.interregnum.orchestrator.model.InvalidParameterException;
import org.junit.jupiter.api.Test;

class SweepGridTest {
    private static final SweptSetting J = new SweptSetting("J", List.of("0", "1"));
    private static final SweptSetting SEED = new SweptSetting("seed", List.of("42", "43", "44"));

    @Test
    void shouldChangeTheLastSettingFastest() {
        SweepGrid grid = new SweepGrid(List.of(J, SEED));

        assertThat(IntStream.range(0, grid.size()).mapToObj(grid::values))
                .containsExactly(
                        List.of("0", "42"),
                        List.of("0", "43"),
                        List.of("0", "44"),
                        List.of("1", "42"),
                        List.of("1", "43"),
                        List.of("1", "44"));
    }

    @Test
    void shouldBeOneCellWithoutASweptSetting() {
        assertThat(new SweepGrid(List.of()).size()).isEqualTo(1);
        assertThat(new SweepGrid(List.of()).values(0)).isEmpty();
    }

    @Test
    void shouldRefuseMoreCellsThanCanBeCounted() {
        SweptSetting thousands = new SweptSetting(
                "x", IntStream.range(0, 100_000).mapToObj(Integer::toString).toList());

        assertThatThrownBy(() -> new SweepGrid(Collections.nCopies(5, thousands)))
                .isInstanceOf(InvalidParameterException.class);
    }
}
