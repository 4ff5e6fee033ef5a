package org.interregnum.orchestrator.adapter.export;

import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.interregnum.orchestrator.analysis.MarketSeries;
import org.interregnum.orchestrator.analysis.OrderParameters;
import org.interregnum.orchestrator.analysis.TimeAsymmetricCorrelation;

/**
 * The time-asymmetric correlation as comma-separated values, one line a lag: {@code tau,mean,c_0,…}. Numbers are decimals
 * that read back as the same bits.
 */
final class CorrelationTable {
    /** At least twice the life of an alternating monopoly in the markets that set the thresholds of analysis.md. */
    private static final int LARGEST_LAG = 200;

    private CorrelationTable() {}

    /** The largest lag of a run's table: below the number of points kept; 0 when there is nothing to write. */
    static int largestLag(MarketSeries series, double burnIn) {
        int kept = series.points() - OrderParameters.firstPointKept(series.points(), burnIn);
        return Math.min(LARGEST_LAG, kept - 1);
    }

    static void write(Path path, MarketSeries series, double burnIn) throws IOException {
        int largestLag = largestLag(series, burnIn);
        TimeAsymmetricCorrelation correlation = TimeAsymmetricCorrelation.of(series, burnIn, largestLag);
        try (BufferedWriter out = Files.newBufferedWriter(path, StandardCharsets.US_ASCII)) {
            out.write("tau,mean");
            for (int seller = 0; seller < series.sellers(); seller++) {
                out.write(",c_" + seller);
            }
            out.write('\n');
            for (int lag = 1; lag <= largestLag; lag++) {
                out.write(lag + "," + correlation.mean()[lag - 1]);
                for (double[] ofSeller : correlation.ofSellers()) {
                    out.write("," + ofSeller[lag - 1]);
                }
                out.write('\n');
            }
        }
    }
}
