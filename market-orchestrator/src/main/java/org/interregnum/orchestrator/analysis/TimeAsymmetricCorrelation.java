package org.interregnum.orchestrator.analysis;

import java.util.Arrays;

/**
 * The time-asymmetric correlation of the published code, C(τ) = mean over t of max(0, q(t+τ) − q(t))²: how much a share
 * has risen after a lag τ. Compared with that of the series reversed, which counts the falls, it tells whether a seller
 * rises as it falls; in equilibrium the two would be equal.
 *
 * @param ofSellers element [k][τ − 1] is seller k's C(τ), the mean over all pairs of points kept that lie τ steps apart;
 *     NaN where there is no such pair
 * @param mean element [τ − 1] is the plain average of C(τ) over sellers; NaN where theirs are
 */
public record TimeAsymmetricCorrelation(double[][] ofSellers, double[] mean) {

    /**
     * Computes the correlation of each seller's share at the lags 1 to {@code largestLag}, in a time that grows as
     * points · lags · sellers.
     *
     * @param series the run
     * @param burnIn fraction of the points left out at the beginning, in [0, 1)
     * @param largestLag largest lag τ in steps, from 0
     */
    public static TimeAsymmetricCorrelation of(MarketSeries series, double burnIn, int largestLag) {
        int from = OrderParameters.firstPointKept(series.points(), burnIn);
        double[][] ofSellers = new double[series.sellers()][];
        double[] mean = new double[largestLag];
        for (int seller = 0; seller < ofSellers.length; seller++) {
            double[] kept = Arrays.copyOfRange(series.shares()[seller], from, series.points());
            ofSellers[seller] = ofSeries(kept, largestLag);
            for (int lag = 0; lag < largestLag; lag++) {
                mean[lag] += ofSellers[seller][lag] / ofSellers.length;
            }
        }
        return new TimeAsymmetricCorrelation(ofSellers, mean);
    }

    private static double[] ofSeries(double[] values, int largestLag) {
        double[] correlation = new double[largestLag];
        for (int lag = 1; lag <= largestLag; lag++) {
            int pairs = values.length - lag;
            double sum = 0;
            for (int point = 0; point < pairs; point++) {
                double rise = Math.max(0, values[point + lag] - values[point]);
                sum += rise * rise;
            }
            correlation[lag - 1] = pairs > 0 ? sum / pairs : Double.NaN;
        }
        return correlation;
    }
}
