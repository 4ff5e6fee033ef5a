package org.interregnum.orchestrator.adapter.export;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.interregnum.orchestrator.analysis.MarketSeries;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CorrelationTableTest {
    @TempDir
    private Path directory;

    @Test
    void shouldWriteALineForEachLag() throws IOException {
        Path path = directory.resolve("correlation.csv");

        // The burn-in leaves out the first point, with its large shares.
        CorrelationTable.write(path, series(9, 0, 1, 0.5, 1.5), 0.2);

        assertThat(path).hasContent("""
                        tau,mean,c_0,c_1
                        1,0.3333333333333333,0.6666666666666666,0.0
                        2,0.125,0.25,0.0
                        3,1.125,2.25,0.0
                        """);
    }

    @Test
    void shouldStopAtTwoHundredLags() throws IOException {
        Path path = directory.resolve("correlation.csv");

        CorrelationTable.write(path, series(new double[1000]), 0.25);

        assertThat(Files.readAllLines(path)).hasSize(201).last().asString().startsWith("200,");
    }

    @Test
    void shouldHaveNothingToWriteForFewerThanTwoPointsKept() {
        assertThat(CorrelationTable.largestLag(series(1), 0)).isZero();
        assertThat(CorrelationTable.largestLag(series(1, 2), 0.5)).isZero();
        assertThat(CorrelationTable.largestLag(series(1, 2), 0)).isEqualTo(1);
    }

    /** Seller 0 has these shares, seller 1 nothing. */
    private static MarketSeries series(double... shares) {
        MarketSeries series = new MarketSeries(2, shares.length);
        for (int point = 0; point < shares.length; point++) {
            double[] both = {shares[point], 0};
            if (point == 0) {
                series.open(both, new double[2]);
            } else {
                series.step(0, both, new double[2]);
            }
        }
        return series;
    }
}
