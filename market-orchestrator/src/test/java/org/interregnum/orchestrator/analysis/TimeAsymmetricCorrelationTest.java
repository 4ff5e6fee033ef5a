package org.interregnum.orchestrator.analysis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class TimeAsymmetricCorrelationTest {
    private static final Offset<Double> ROUNDING = within(1e-12);

    @Test
    void shouldGrowAsTheSquareOfTheLagOnARampAndVanishOnAFall() {
        double[][] shares = new double[20][];
        for (int point = 0; point < shares.length; point++) {
            shares[point] = new double[] {0.03 * point, 0.6 - 0.03 * point};
        }

        TimeAsymmetricCorrelation correlation = TimeAsymmetricCorrelation.of(SeriesFixtures.ofShares(shares), 0, 19);

        for (int lag = 1; lag <= 19; lag++) {
            double rise = 0.03 * lag;
            assertThat(correlation.ofSellers()[0][lag - 1]).isCloseTo(rise * rise, ROUNDING);
            assertThat(correlation.ofSellers()[1][lag - 1]).isZero();
            assertThat(correlation.mean()[lag - 1]).isCloseTo(rise * rise / 2, ROUNDING);
        }
    }

    @Test
    void shouldTakeTheMeanOverThePairsThatExist() {
        MarketSeries series = SeriesFixtures.ofShares(
                new double[] {0}, new double[] {1}, new double[] {0}, new double[] {1}, new double[] {0});

        TimeAsymmetricCorrelation correlation = TimeAsymmetricCorrelation.of(series, 0, 6);

        assertThat(correlation.ofSellers()[0]).containsExactly(0.5, 0, 0.5, 0, Double.NaN, Double.NaN);
        assertThat(correlation.mean()).containsExactly(0.5, 0, 0.5, 0, Double.NaN, Double.NaN);
    }

    @Test
    void shouldLeaveTheBurnInOut() {
        MarketSeries series =
                SeriesFixtures.ofShares(new double[] {0}, new double[] {1}, new double[] {1}, new double[] {1});

        assertThat(TimeAsymmetricCorrelation.of(series, 0.25, 1).mean()).containsExactly(0);
        assertThat(TimeAsymmetricCorrelation.of(series, 0, 1).mean()[0]).isCloseTo(1.0 / 3, ROUNDING);
    }

    @Test
    void shouldBeUndefinedForOnePointAndEmptyForNoLag() {
        MarketSeries series = SeriesFixtures.ofShares(new double[] {0.5});

        assertThat(TimeAsymmetricCorrelation.of(series, 0.25, 2).mean()).containsExactly(Double.NaN, Double.NaN);
        assertThat(TimeAsymmetricCorrelation.of(series, 0.25, 0).mean()).isEmpty();
    }

    /** The expected values were computed with NumPy from the same file. */
    @Test
    void shouldAgreeWithNumPyOnAPublishedRun() {
        TimeAsymmetricCorrelation correlation =
                TimeAsymmetricCorrelation.of(SeriesFixtures.golden("j1.0-rho0.8"), 0.25, 100);

        assertThat(correlation.mean()[0]).isCloseTo(4.44272374581866e-05, ROUNDING);
        assertThat(correlation.mean()[9]).isCloseTo(0.002958201889654663, ROUNDING);
        assertThat(correlation.mean()[99]).isCloseTo(0.038919090699994066, ROUNDING);
    }
}
