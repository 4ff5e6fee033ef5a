package org.interregnum.orchestrator.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import org.interregnum.orchestrator.model.MarketParameters;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RegimeTest {
    @ParameterizedTest
    @CsvSource({
        "j0.0-rho0.8,COMPETITION",
        "j1.0-rho0.1,STABLE_MONOPOLY",
        "j1.0-rho0.8,ALTERNATING_MONOPOLIES",
        "noise-cost-visibility,ALTERNATING_MONOPOLIES"
    })
    void shouldRecogniseThePublishedRuns(String run, Regime expected) {
        MarketSeries series = SeriesFixtures.golden(run);
        MarketParameters market = MarketParameters.of(1, 0.8, 500, series.sellers());

        assertThat(Regime.of(OrderParameters.of(series, market, 0.25))).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "50,0.29999,0,0,COMPETITION",
        "50,0.29999,40,800,COMPETITION",
        "50,0.3,0,0,STABLE_MONOPOLY",
        "50,0.3,1,20.4,ALTERNATING_MONOPOLIES",
        "3001,0.9,3,1.0,ALTERNATING_MONOPOLIES",
        "3001,0.9,2,0.6667,STABLE_MONOPOLY",
        "49,0.9,0,0,UNDETERMINED",
        "1,0.9,0,NaN,UNDETERMINED"
    })
    void shouldChangeAtTheThresholds(int points, double order, int changes, double rate, Regime expected) {
        assertThat(Regime.of(orderParameters(points, order, changes, rate, 0.5)))
                .isEqualTo(expected);
    }

    @Test
    void shouldClaimNothingWhenNobodyBuys() {
        assertThat(Regime.of(orderParameters(1000, -0.1, 0, 0, Double.NaN))).isEqualTo(Regime.UNDETERMINED);
    }

    /** The facts of the published model at M = 10: at most 0.23 below the jump, at least 0.54 above it. */
    @Test
    void shouldSeparateTheLeaderSharesOfThePublishedModel() {
        assertThat((10 * 0.23 - 1) / 9).isLessThan(Regime.DOMINANCE_FROM);
        assertThat((10 * 0.54 - 1) / 9).isGreaterThan(Regime.DOMINANCE_FROM);
    }

    private static OrderParameters orderParameters(
            int points, double order, int changes, double rate, double herfindahl) {
        return new OrderParameters(points, 0.5, changes, rate, order, herfindahl, 1, 0, 1, 0);
    }
}
