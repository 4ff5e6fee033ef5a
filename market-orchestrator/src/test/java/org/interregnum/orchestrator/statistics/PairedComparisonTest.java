package org.interregnum.orchestrator.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class PairedComparisonTest {
    private static final double[] DIFFERENCES = {0.21, -0.04, 0.33, 0.10, 0.0, 0.17, -0.02};

    @Test
    void shouldAgreeWithSciPy() {
        PairedComparison pairs = PairedComparison.of(DIFFERENCES, Bootstrap.DEFAULT);

        assertThat(pairs.pairs()).isEqualTo(7);
        assertThat(pairs.exact()).isTrue();
        assertThat(pairs.difference()).isCloseTo(0.75 / 7, within(1e-15));
        assertThat(pairs.p()).isEqualTo(ReferenceValues.of("sign_flip_p"));
        assertThat(pairs.standardisedDifference()).isCloseTo(ReferenceValues.of("d_z"), within(1e-12));
        assertThat(pairs.rankBiserial()).isCloseTo(ReferenceValues.of("rank_biserial"), within(1e-12));
        assertThat(pairs.interval().low()).isLessThan(pairs.difference());
    }

    @Test
    void shouldGiveTheLeastPThatThereIsWhenAllDifferencesAgree() {
        PairedComparison pairs = PairedComparison.of(new double[] {-1, -2, -3, -4, -5}, Bootstrap.DEFAULT);

        assertThat(pairs.p()).isEqualTo(1 / 16.0);
        assertThat(pairs.rankBiserial()).isEqualTo(-1);
    }

    @Test
    void shouldDrawAssignmentsOfManyPairs() {
        // Of 20 equal differences the assignments are coins: P(at most 4 or at least 16 heads of 20) = 0.011818.
        double[] differences = new double[20];
        Arrays.fill(differences, 0, 16, 1);
        Arrays.fill(differences, 16, 20, -1);

        PairedComparison pairs = PairedComparison.of(differences, new Bootstrap(0.95, 100_000, 5));

        assertThat(pairs.exact()).isFalse();
        assertThat(pairs.p()).isCloseTo(0.011818, within(0.0015));
    }

    @Test
    void shouldSayNothingOfNoPairsAndOfNoDifferences() {
        PairedComparison none = PairedComparison.of(new double[0], Bootstrap.DEFAULT);
        PairedComparison equal = PairedComparison.of(new double[] {0, 0, 0}, Bootstrap.DEFAULT);

        assertThat(none.difference()).isNaN();
        assertThat(none.p()).isNaN();
        assertThat(equal.p()).isEqualTo(1);
        assertThat(equal.interval()).isEqualTo(new Interval(0, 0));
        assertThat(equal.standardisedDifference()).isNaN();
        assertThat(equal.rankBiserial()).isNaN();
    }
}
