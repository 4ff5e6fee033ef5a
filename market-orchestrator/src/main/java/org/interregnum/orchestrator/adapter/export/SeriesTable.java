package org.interregnum.orchestrator.adapter.export;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.interregnum.orchestrator.analysis.MarketSeries;

/**
 * The time series as comma-separated values, one line a point: {@code t,seller,q_0,…,p_0,…}. {@code seller} is the one
 * that could re-price in the step that led to the point, empty at the opening. Numbers are decimals that read back as
 * the same bits.
 */
final class SeriesTable {
    private static final int BUFFER = 1 << 16;

    private SeriesTable() {}

    static void write(Path path, MarketSeries series) throws IOException {
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(path), BUFFER)) {
            writeHeader(out, series.sellers());
            DecimalMemory decimals = new DecimalMemory();
            int[] repricing = series.repricingSellers();
            for (int point = 0; point < series.points(); point++) {
                writeAscii(out, Integer.toString(point));
                out.write(',');
                if (point > 0) {
                    writeAscii(out, Integer.toString(repricing[point - 1]));
                }
                for (double[] shares : series.shares()) {
                    out.write(',');
                    out.write(decimals.of(shares[point]));
                }
                for (double[] prices : series.prices()) {
                    out.write(',');
                    out.write(decimals.of(prices[point]));
                }
                out.write('\n');
            }
        }
    }

    private static void writeHeader(OutputStream out, int sellers) throws IOException {
        StringBuilder header = new StringBuilder("t,seller");
        for (String name : new String[] {",q_", ",p_"}) {
            for (int seller = 0; seller < sellers; seller++) {
                header.append(name).append(seller);
            }
        }
        writeAscii(out, header.append('\n').toString());
    }

    private static void writeAscii(OutputStream out, String text) throws IOException {
        out.write(text.getBytes(StandardCharsets.US_ASCII));
    }

    /** Texts of numbers written before: a step changes one price, and shares come back again and again. */
    private static final class DecimalMemory {
        private static final int BITS = 13;

        private final long[] keys = new long[1 << BITS];
        private final byte[][] texts = new byte[1 << BITS][];

        byte[] of(double value) {
            long key = Double.doubleToRawLongBits(value);
            int slot = (int) ((key * 0x9E3779B97F4A7C15L) >>> (Long.SIZE - BITS));
            if (texts[slot] == null || keys[slot] != key) {
                keys[slot] = key;
                texts[slot] = Double.toString(value).getBytes(StandardCharsets.US_ASCII);
            }
            return texts[slot];
        }
    }
}
