package org.interregnum.orchestrator.analysis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.assertj.core.data.Offset;
import org.interregnum.orchestrator.model.MarketParameters;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OrderParametersTest {
    private static final Offset<Double> ROUNDING = within(1e-12);

    /** Ten buyers, three sellers, b = 0.5, a = 0.2. */
    private static final MarketParameters MARKET = new MarketParameters(10, 3, 1, 0.8, 0.5, 1, 0.5, 0.2, 0, 1);

    @Test
    void shouldAgreeWithASeriesComputedByHand() {
        MarketSeries series = SeriesFixtures.of(
                new double[][] {{0.5, 0.3, 0.2}, {0.4, 0.4, 0}, {0.1, 0.6, 0.3}, {0, 0, 0}},
                new double[][] {{1, 2, 0.5}, {1, 1, 1}, {2, 1, 1}, {2, 2, 2}});

        OrderParameters order = OrderParameters.of(series, MARKET, 0);

        assertThat(order.points()).isEqualTo(4);
        assertThat(order.meanLeaderShare()).isCloseTo((0.5 + 0.4 + 0.6 + 0) / 4, ROUNDING);
        assertThat(order.leadChanges()).isEqualTo(1);
        assertThat(order.leadChangesPerThousandSteps()).isCloseTo(1000.0 / 3, ROUNDING);
        assertThat(order.leaderOrderParameter()).isCloseTo((3 * 0.375 - 1) / 2, ROUNDING);
        assertThat(order.herfindahlHirschmanIndex()).isCloseTo((0.38 + 0.5 + 0.46) / 3, ROUNDING);
        assertThat(order.meanTransactionPrice()).isCloseTo((1.2 + 1 + 1.1) / 3, ROUNDING);
        assertThat(order.transactionPriceVolatility()).isCloseTo(Math.sqrt(0.02 / 3), ROUNDING);
        assertThat(order.industryProfit()).isCloseTo((0.9 + 0.6 + 0.85 + 0) / 4, ROUNDING);
        assertThat(order.shareBuyingNothing()).isCloseTo((0 + 0.2 + 0 + 1) / 4, ROUNDING);
    }

    @Test
    void shouldCountTheCostThatEachPointHad() {
        MarketSeries series = SeriesFixtures.of(
                new double[][] {{0.5, 0.3, 0.2}, {0.5, 0.3, 0.2}}, new double[][] {{1, 2, 0.5}, {1, 2, 0.5}});
        MarketParameters free = new MarketParameters(10, 3, 1, 0.8, 0.5, 1, 0, 0.2, 0, 1);

        // Revenue is 0.5 + 0.6 + 0.1 = 1.2 at both points; cost 0.5 * (0.2 + 0.2 + 0.2) = 0.3 at the second only.
        assertThat(OrderParameters.of(series, point -> point < 1 ? free : MARKET, 0)
                        .industryProfit())
                .isCloseTo((1.2 + 0.9) / 2, ROUNDING);
    }

    @Test
    void shouldLeaveTheBurnInOut() {
        MarketSeries series = SeriesFixtures.ofShares(
                new double[] {1, 0, 0},
                new double[] {0, 1, 0},
                new double[] {0, 0.6, 0.4},
                new double[] {0, 0.4, 0.6},
                new double[] {0, 0.6, 0.4});

        OrderParameters order = OrderParameters.of(series, MARKET, 0.5);

        assertThat(order.points()).isEqualTo(3);
        assertThat(order.leadChanges()).isEqualTo(2);
        assertThat(order.leadChangesPerThousandSteps()).isCloseTo(1000, ROUNDING);
        assertThat(order.meanLeaderShare()).isCloseTo(0.6, ROUNDING);
    }

    @ParameterizedTest
    @CsvSource({"400,0.25,100", "11,0.25,2", "1,0.9,0", "3,0.9999999999999999,2", "0,0.25,0", "10,0,0"})
    void shouldDropWholePointsAndNeverTheLast(int points, double burnIn, int first) {
        assertThat(OrderParameters.firstPointKept(points, burnIn)).isEqualTo(first);
    }

    @Test
    void shouldLeaveTheLeadWithWhoeverHasItOnTies() {
        MarketSeries series = SeriesFixtures.ofShares(
                new double[] {0.2, 0.4, 0.4}, new double[] {0.4, 0.4, 0.2}, new double[] {0.4, 0.2, 0.4}, new double[] {
                    0, 0, 0
                });

        assertThat(OrderParameters.of(series, MARKET, 0).leadChanges()).isEqualTo(1);
    }

    @Test
    void shouldDescribeOnePointWithoutInventingARate() {
        OrderParameters order = OrderParameters.of(SeriesFixtures.ofShares(new double[] {0.1, 0.2, 0.7}), MARKET, 0.25);

        assertThat(order.points()).isEqualTo(1);
        assertThat(order.meanLeaderShare()).isEqualTo(0.7);
        assertThat(order.leadChangesPerThousandSteps()).isNaN();
        assertThat(order.transactionPriceVolatility()).isZero();
    }

    @Test
    void shouldLeaveUndefinedWhatDependsOnTradeWhenNobodyBuys() {
        OrderParameters order =
                OrderParameters.of(SeriesFixtures.ofShares(new double[] {0, 0, 0}, new double[] {0, 0, 0}), MARKET, 0);

        assertThat(order.herfindahlHirschmanIndex()).isNaN();
        assertThat(order.meanTransactionPrice()).isNaN();
        assertThat(order.transactionPriceVolatility()).isNaN();
        assertThat(order.industryProfit()).isZero();
        assertThat(order.shareBuyingNothing()).isEqualTo(1);
        assertThat(order.leadChangesPerThousandSteps()).isZero();
        assertThat(order.leaderOrderParameter()).isEqualTo(-0.5);
    }

    @Test
    void shouldBeUndefinedForASeriesWithoutPoints() {
        OrderParameters order = OrderParameters.of(new MarketSeries(3, 5), MARKET, 0.25);

        assertThat(order.points()).isZero();
        assertThat(order.asMap().values()).allSatisfy(value -> assertThat(value).isNaN());
    }

    @Test
    void shouldTakeRoundingForNobody() {
        OrderParameters order = OrderParameters.of(
                SeriesFixtures.ofShares(
                        new double[] {0.9999999999999225, 0, 0}, new double[] {1.0000000000000002, 0, 0}),
                MARKET,
                0);

        assertThat(order.shareBuyingNothing()).isEqualTo(0);
    }

    @Test
    void shouldKeepTheVolatilityOfPricesThatHardlyMove() {
        MarketSeries series =
                SeriesFixtures.of(new double[][] {{1, 0, 0}, {1, 0, 0}}, new double[][] {{1e8, 0, 0}, {1e8 + 1e-3, 0, 0}
                });

        assertThat(OrderParameters.of(series, MARKET, 0).transactionPriceVolatility())
                .isCloseTo(5e-4, within(1e-8));
    }

    /** The expected values were computed with NumPy from the same files. */
    @ParameterizedTest
    @CsvSource({
        "j0.0-rho0.8,5000,0,0.11255133333333452,35,0.10068539914426389,0.6309596854111631,"
                + "0.0155960203671233,0.6298984468925992,0.0016746666666666674",
        "j1.0-rho0.1,5000,0,0.850259999999939,0,0.7255649506666515,3.859711981573402,"
                + "0.1118622494316856,3.859711981573166,0",
        "j1.0-rho0.8,5000,0,0.8260559999999416,1,0.7227104840682234,2.983028983079768,"
                + "1.1277115680092196,2.9830225543400646,1.9999999999982e-06",
        "noise-cost-visibility,500,0.1,0.6052088888888892,4,0.4582452939326528,1.5740670654072155,"
                + "0.5925155295471295,1.5288575866419245,0.0007022222222222237"
    })
    void shouldAgreeWithNumPyOnPublishedRuns(
            String run,
            int buyers,
            double unitCost,
            double leaderShare,
            int leadChanges,
            double herfindahl,
            double price,
            double volatility,
            double profit,
            double nothing) {
        MarketSeries series = SeriesFixtures.golden(run);
        MarketParameters market =
                new MarketParameters(buyers, series.sellers(), 1, 0.8, 0.5, 1, unitCost, 0.8 / series.sellers(), 0, 1);

        OrderParameters order = OrderParameters.of(series, market, 0.25);

        assertThat(order.meanLeaderShare()).isCloseTo(leaderShare, ROUNDING);
        assertThat(order.leadChanges()).isEqualTo(leadChanges);
        assertThat(order.herfindahlHirschmanIndex()).isCloseTo(herfindahl, ROUNDING);
        assertThat(order.meanTransactionPrice()).isCloseTo(price, ROUNDING);
        assertThat(order.transactionPriceVolatility()).isCloseTo(volatility, ROUNDING);
        assertThat(order.industryProfit()).isCloseTo(profit, ROUNDING);
        assertThat(order.shareBuyingNothing()).isCloseTo(nothing, ROUNDING);
    }

    @Test
    void shouldNameItsValuesInALastingOrder() {
        OrderParameters order = OrderParameters.of(SeriesFixtures.golden("j1.0-rho0.8"), MARKET, 0.25);

        assertThat(order.asMap().keySet())
                .containsExactly(
                        "mean_leader_share",
                        "lead_changes_per_1000_steps",
                        "herfindahl_hirschman_index",
                        "mean_transaction_price",
                        "transaction_price_volatility",
                        "industry_profit",
                        "share_buying_nothing",
                        "leader_order_parameter");
        assertThat(order.asMap()).containsEntry("mean_leader_share", order.meanLeaderShare());
    }
}
