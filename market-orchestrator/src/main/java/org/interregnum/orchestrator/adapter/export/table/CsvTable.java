package org.interregnum.orchestrator.adapter.export.table;

import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import de.siegmar.fastcsv.writer.QuoteStrategies;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;

/**
 * A table as comma-separated values. Nothing between two commas is no value, a pair of quotes an empty text. Numbers are
 * decimals that read back as the same bits.
 */
final class CsvTable implements RowWriter {
    private final CsvWriter csv;

    CsvTable(Path path, List<Column> columns) throws IOException {
        csv = CsvWriter.builder()
                .lineDelimiter(LineDelimiter.LF)
                .quoteStrategy(QuoteStrategies.EMPTY)
                .build(path);
        csv.writeRecord(columns.stream().map(Column::name).toList());
    }

    @Override
    public void write(Object... row) throws IOException {
        String[] texts = new String[row.length];
        for (int column = 0; column < row.length; column++) {
            texts[column] = row[column] == null ? null : row[column].toString();
        }
        try {
            csv.writeRecord(texts);
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    @Override
    public void close() throws IOException {
        csv.close();
    }
}
