package org.interregnum.orchestrator.analysis;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.IntFunction;
import org.interregnum.orchestrator.model.MarketParameters;

/**
 * What a run looks like on average, once its transient is left out. All means are over the points kept; a value that
 * is not defined for a run is NaN, never a substitute. Shares and prices of point t are those after step t.
 *
 * @param points number of points kept after the burn-in; 0 only for a series without points
 * @param meanLeaderShare mean over time of L = max over k of q[k], the share of the leading seller; in [0, 1]
 * @param leadChanges number of changes of the lead between points kept. The lead starts with the lowest-numbered seller
 *     of the largest share at the first point kept; it changes at a step after which another seller has a strictly
 *     larger share than the one in the lead, and goes to the lowest-numbered seller of the largest share. So whoever
 *     leads keeps the lead on ties
 * @param leadChangesPerThousandSteps lead changes per 1000 steps between points kept; NaN with fewer than two points
 * @param leaderOrderParameter (M·L̄ − 1)/(M − 1), the order parameter of the Potts model with L̄ the mean leader share: 0
 *     when all shares are 1/M, 1 when one seller has everybody, below 0 when many buy nothing; NaN with one seller
 * @param herfindahlHirschmanIndex mean over time of Σ (q[k] / Σq)², the concentration among those who buy; in [1/M, 1];
 *     points at which nobody buys are left out, NaN when there is no other
 * @param meanTransactionPrice mean over time of Σ q[k]·p[k] / Σq, the price that a buyer pays on average, in units of
 *     utility; points at which nobody buys are left out, NaN when there is no other
 * @param transactionPriceVolatility standard deviation over time (divisor: the number of points) of that price, in units
 *     of utility; NaN when nobody ever buys
 * @param industryProfit mean over time of Σ (q[k]·p[k] − b·min(q[k], a)), what all sellers together earn in one point net
 *     of cost, per buyer in the market, in units of utility
 * @param shareBuyingNothing mean over time of 1 − Σq, the share of buyers who buy nothing; in [0, 1]
 */
public record OrderParameters(
        int points,
        double meanLeaderShare,
        int leadChanges,
        double leadChangesPerThousandSteps,
        double leaderOrderParameter,
        double herfindahlHirschmanIndex,
        double meanTransactionPrice,
        double transactionPriceVolatility,
        double industryProfit,
        double shareBuyingNothing) {

    /**
     * Computes the order parameters of a run.
     *
     * @param series the run so far
     * @param market parameters of its market
     * @param burnIn fraction of the points left out at the beginning, in [0, 1), as {@link #firstPointKept} does it
     */
    public static OrderParameters of(MarketSeries series, MarketParameters market, double burnIn) {
        return of(series, point -> market, burnIn);
    }

    /**
     * Computes the order parameters of a run whose market changed on its way.
     *
     * @param series the run so far
     * @param marketAt parameters of its market at a point
     * @param burnIn fraction of the points left out at the beginning, in [0, 1), as {@link #firstPointKept} does it
     */
    public static OrderParameters of(MarketSeries series, IntFunction<MarketParameters> marketAt, double burnIn) {
        OrderParameterSums sums = new OrderParameterSums(series, marketAt);
        for (int point = firstPointKept(series.points(), burnIn); point < series.points(); point++) {
            sums.add(point);
        }
        return sums.result();
    }

    /**
     * First point that counts: the burn-in leaves out ⌊burnIn · points⌋ points, but never the last one.
     *
     * @param points number of points in all
     * @param burnIn fraction to leave out, in [0, 1)
     */
    public static int firstPointKept(int points, double burnIn) {
        return Math.max(0, Math.min((int) Math.floor(burnIn * points), points - 1));
    }

    /** The values by the names that files use, in their lasting order; a value may be NaN. */
    public Map<String, Double> asMap() {
        Map<String, Double> values = new LinkedHashMap<>();
        values.put("mean_leader_share", meanLeaderShare);
        values.put("lead_changes_per_1000_steps", leadChangesPerThousandSteps);
        values.put("herfindahl_hirschman_index", herfindahlHirschmanIndex);
        values.put("mean_transaction_price", meanTransactionPrice);
        values.put("transaction_price_volatility", transactionPriceVolatility);
        values.put("industry_profit", industryProfit);
        values.put("share_buying_nothing", shareBuyingNothing);
        values.put("leader_order_parameter", leaderOrderParameter);
        return values;
    }
}
