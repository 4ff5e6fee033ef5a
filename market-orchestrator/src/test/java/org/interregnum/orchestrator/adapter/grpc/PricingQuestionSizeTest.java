package org.interregnum.orchestrator.adapter.grpc;

import static org.assertj.core.api.Assertions.assertThat;

import org.interregnum.agent.v1.DecidePriceRequest;
import org.interregnum.agent.v1.MarketView;
import org.junit.jupiter.api.Test;

class PricingQuestionSizeTest {
    private static final int LARGEST = 16 << 20;

    @Test
    void shouldFillAMessageAndNoMore() {
        for (int sellers : new int[] {3, 10, 1000, 100_000}) {
            int most = PricingQuestionSize.mostBuyers(sellers, 1);
            assertThat(size(sellers, most)).isBetween(LARGEST - 4096, LARGEST);
        }
    }

    @Test
    void shouldLeaveRoomForABuyerInTheMarketOfMostSellers() {
        int sellers = PricingQuestionSize.mostSellers();
        assertThat(PricingQuestionSize.mostBuyers(sellers, 1)).isPositive();
        assertThat(size(sellers, 1)).isLessThanOrEqualTo(LARGEST);
    }

    @Test
    void shouldAllowMoreBuyersTheFewerAreSeen() {
        int all = PricingQuestionSize.mostBuyers(10, 1);
        assertThat(PricingQuestionSize.mostBuyers(10, 0.999999)).isBetween(all, all + 10);
        assertThat(PricingQuestionSize.mostBuyers(10, 0.1)).isBetween((int) (9.9 * all), 10 * all);
        assertThat(PricingQuestionSize.mostBuyers(10, 1e-9)).isEqualTo(Integer.MAX_VALUE);
        assertThat(PricingQuestionSize.mostBuyers(10, 0)).isEqualTo(Integer.MAX_VALUE);
    }

    private static int size(int sellers, int seen) {
        MarketView.Builder market = MarketView.newBuilder();
        for (int seller = 0; seller < sellers; seller++) {
            market.addPrices(1).addShares(1);
        }
        // A long field of doubles is a tag, a length of four bytes, and the doubles.
        return 1
                + 4
                + Double.BYTES * seen
                + DecidePriceRequest.newBuilder()
                        .setRunId("r".repeat(255))
                        .setStep(Long.MAX_VALUE)
                        .setSeller(Integer.MAX_VALUE)
                        .setMarket(market)
                        .setUnitCost(1)
                        .setCostCap(1)
                        .setPriceNoise(1)
                        .setStrategy("rule")
                        .build()
                        .getSerializedSize();
    }
}
