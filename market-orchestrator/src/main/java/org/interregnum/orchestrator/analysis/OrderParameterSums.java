package org.interregnum.orchestrator.analysis;

import java.util.function.IntFunction;
import org.interregnum.orchestrator.model.MarketParameters;

/** Adds up one run's points, in order, for {@link OrderParameters}. */
final class OrderParameterSums {
    private static final int NOBODY_YET = -1;

    private final double[][] shares;
    private final double[][] prices;
    private final IntFunction<MarketParameters> marketAt;

    private int points;
    private int leader = NOBODY_YET;
    private int leadChanges;
    private double leaderShare;
    private double profit;
    private double nothing;

    private int pointsWithTrade;
    private double concentration;
    private double priceMean;
    private double priceSquaredDeviations;

    OrderParameterSums(MarketSeries series, IntFunction<MarketParameters> marketAt) {
        this.shares = series.shares();
        this.prices = series.prices();
        this.marketAt = marketAt;
    }

    void add(int point) {
        double bought = 0;
        double squares = 0;
        double revenue = 0;
        double cost = 0;
        MarketParameters market = marketAt.apply(point);
        for (int seller = 0; seller < shares.length; seller++) {
            double share = shares[seller][point];
            bought += share;
            squares += share * share;
            revenue += share * prices[seller][point];
            cost += market.cost(share);
        }
        points++;
        followLead(point);
        leaderShare += shares[leader][point];
        profit += revenue - cost;
        nothing += shareBuyingNothing(bought, market);
        if (bought > 0) {
            addTrade(squares / (bought * bought), revenue / bought);
        }
    }

    private void followLead(int point) {
        int largest = leader == NOBODY_YET ? 0 : leader;
        for (int seller = 0; seller < shares.length; seller++) {
            if (shares[seller][point] > shares[largest][point]) {
                largest = seller;
            }
        }
        if (leader != NOBODY_YET && leader != largest) {
            leadChanges++;
        }
        leader = largest;
    }

    /** Welford's recurrence: the deviations of prices that hardly move are not lost in the sum of their squares. */
    private void addTrade(double herfindahl, double price) {
        pointsWithTrade++;
        concentration += herfindahl;
        double deviation = price - priceMean;
        priceMean += deviation / pointsWithTrade;
        priceSquaredDeviations += deviation * (price - priceMean);
    }

    /** Shares are sums of 1/N, so less than half a buyer is rounding, on either side of nobody. */
    private double shareBuyingNothing(double bought, MarketParameters market) {
        double rest = 1 - bought;
        return rest < 0.5 / market.buyers() ? 0 : rest;
    }

    OrderParameters result() {
        int sellers = shares.length;
        double meanLeaderShare = leaderShare / points;
        return new OrderParameters(
                points,
                meanLeaderShare,
                leadChanges,
                points < 2 ? Double.NaN : leadChanges * 1000.0 / (points - 1),
                sellers < 2 ? Double.NaN : (sellers * meanLeaderShare - 1) / (sellers - 1),
                concentration / pointsWithTrade,
                pointsWithTrade == 0 ? Double.NaN : priceMean,
                Math.sqrt(priceSquaredDeviations / pointsWithTrade),
                profit / points,
                nothing / points);
    }
}
