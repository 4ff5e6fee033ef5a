package org.interregnum.orchestrator.adapter.export;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.interregnum.orchestrator.analysis.MarketSeries;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SeriesTableTest {
    @TempDir
    Path directory;

    @Test
    void shouldNameItsColumns() throws IOException {
        MarketSeries series = new MarketSeries(3, 2);
        series.open(new double[] {0.5, 0.25, 0}, new double[] {0, 1e-5, 3});
        series.step(2, new double[] {0.5, 0.25, 0.25}, new double[] {0, 1e-5, 12345678});
        assertThat(write(series))
                .containsExactly(
                        "t,seller,q_0,q_1,q_2,p_0,p_1,p_2",
                        "0,,0.5,0.25,0.0,0.0,1.0E-5,3.0",
                        "1,2,0.5,0.25,0.25,0.0,1.0E-5,1.2345678E7");
    }

    @Test
    void shouldReadBackAsTheSameBits() throws IOException {
        Random random = new Random(1);
        int sellers = 4;
        int points = 5000;
        MarketSeries series = new MarketSeries(sellers, points);
        for (int point = 0; point < points; point++) {
            double[] shares = random.doubles(sellers).toArray();
            double[] prices = random.longs(sellers, 0, Double.doubleToRawLongBits(Double.MAX_VALUE))
                    .mapToDouble(Double::longBitsToDouble)
                    .toArray();
            if (point == 0) {
                series.open(shares, prices);
            } else {
                series.step(random.nextInt(sellers), shares, prices);
            }
        }
        List<String> lines = write(series);
        assertThat(lines).hasSize(points + 1);
        for (int point = 0; point < points; point++) {
            String[] cells = lines.get(point + 1).split(",");
            assertThat(cells).hasSize(2 + 2 * sellers);
            assertThat(cells[0]).isEqualTo(Integer.toString(point));
            assertThat(cells[1]).isEqualTo(point == 0 ? "" : Integer.toString(series.repricingSellers()[point - 1]));
            for (int seller = 0; seller < sellers; seller++) {
                assertThat(Double.parseDouble(cells[2 + seller])).isEqualTo(series.shares()[seller][point]);
                assertThat(Double.parseDouble(cells[2 + sellers + seller])).isEqualTo(series.prices()[seller][point]);
            }
        }
    }

    private List<String> write(MarketSeries series) throws IOException {
        Path path = directory.resolve("series.csv");
        SeriesTable.write(path, series);
        return Files.readAllLines(path);
    }
}
