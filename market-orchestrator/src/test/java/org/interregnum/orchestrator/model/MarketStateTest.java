package org.interregnum.orchestrator.model;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class MarketStateTest {
    @Test
    void shouldStartWithEqualSharesAndPricesAtUnitCost() {
        MarketState state = new MarketState(new MarketParameters(100, 4, 1, 0.8, 0.5, 1, 0.3, 0.2, 0, 1));

        assertThat(state.prices()).containsOnly(0.3);
        assertThat(state.shares()).containsOnly(0.25);
        assertThat(state.choices()).containsOnly(0);
        assertThat(state.step()).isZero();
    }

    /** The published code adds 1/N once for each buyer; its leader of 5000 buyers has this share. */
    @Test
    void shouldAddUpASharesBuyersOneByOne() {
        MarketState state = new MarketState(MarketParameters.of(1, 0.8));

        state.recountShares();

        assertThat(state.shares()[0]).isEqualTo(0.9999999999999225);
        assertThat(state.shareOf(5000)).isNotEqualTo(1.0);
        assertThat(state.shareOf(0)).isZero();
    }

    @Test
    void shouldMoveBuyersBetweenSellersAndNothing() {
        MarketState state = new MarketState(MarketParameters.of(1, 0.8, 4, 3));

        state.choose(0, 2);
        state.choose(1, MarketState.NO_SELLER);
        state.choose(2, MarketState.NO_SELLER);
        state.choose(2, 1);
        state.recountShares();

        assertThat(state.choices()).containsExactly(2, -1, 1, 0);
        assertThat(state.customers()).containsExactly(1, 1, 1);
        assertThat(state.shares()).containsExactly(0.25, 0.25, 0.25);
    }
}
