package org.interregnum.orchestrator.adapter.export.sweep;

import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.interregnum.orchestrator.adapter.export.ExportException;
import org.interregnum.orchestrator.adapter.export.WholeFile;
import org.interregnum.orchestrator.statistics.Interval;

/**
 * A table as comma-separated values, written line by line, and as a whole: whoever reads meanwhile sees the old one or the
 * new one, never a part. A number that is not defined is nothing between commas.
 */
final class CsvFile {
    private final CsvWriter csv;
    private List<String> line = new ArrayList<>();

    private CsvFile(CsvWriter csv) {
        this.csv = csv;
    }

    /**
     * Writes a table.
     *
     * @param content adds its lines
     * @throws ExportException when it cannot be written
     */
    static void write(Path path, Consumer<CsvFile> content) {
        try {
            WholeFile.write(path, unfinished -> writeLines(unfinished, content));
        } catch (IOException e) {
            throw ExportException.cannotWrite(path, e);
        }
    }

    private static void writeLines(Path unfinished, Consumer<CsvFile> content) throws IOException {
        try (CsvWriter csv = CsvWriter.builder().lineDelimiter(LineDelimiter.LF).build(unfinished)) {
            content.accept(new CsvFile(csv));
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    CsvFile add(String text) {
        line.add(text);
        return this;
    }

    CsvFile add(long number) {
        return add(Long.toString(number));
    }

    CsvFile add(double number) {
        return add(Double.isNaN(number) ? "" : SettingValue.exact(number));
    }

    CsvFile add(Interval interval) {
        return add(interval.low()).add(interval.high());
    }

    void endLine() {
        csv.writeRecord(line);
        line = new ArrayList<>();
    }
}
