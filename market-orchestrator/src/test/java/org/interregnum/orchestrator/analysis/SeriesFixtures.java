package org.interregnum.orchestrator.analysis;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Series for the tests: small ones written out, and those that the published code computed. */
final class SeriesFixtures {
    private SeriesFixtures() {}

    /** A series from rows of shares, a row a point; all prices are 0. */
    static MarketSeries ofShares(double[]... shares) {
        double[][] prices = new double[shares.length][shares[0].length];
        return of(shares, prices);
    }

    /** A series from rows of shares and of prices, a row a point. */
    static MarketSeries of(double[][] shares, double[][] prices) {
        MarketSeries series = new MarketSeries(shares[0].length, shares.length);
        series.open(shares[0], prices[0]);
        for (int point = 1; point < shares.length; point++) {
            series.step(0, shares[point], prices[point]);
        }
        return series;
    }

    /** A run of the published code, from the test resources. */
    static MarketSeries golden(String run) {
        return of(table(run, "q.csv"), table(run, "p.csv"));
    }

    private static double[][] table(String run, String file) {
        String name = "/published/" + run + "/" + file;
        try (InputStream in = SeriesFixtures.class.getResourceAsStream(name)) {
            return new String(in.readAllBytes(), StandardCharsets.US_ASCII)
                    .lines()
                    .map(line -> Arrays.stream(line.split(","))
                            .mapToDouble(Double::parseDouble)
                            .toArray())
                    .toArray(double[][]::new);
        } catch (IOException e) {
            throw new UncheckedIOException(name, e);
        }
    }
}
