package org.interregnum.orchestrator.adapter.export.sweep;

import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.interregnum.orchestrator.adapter.export.ExportException;
import org.interregnum.orchestrator.adapter.export.WholeFile;
import org.interregnum.orchestrator.statistics.Interval;

/** A small table as comma-separated values, written as a whole. A number that is not defined is nothing between commas. */
final class CsvFile {
    private final List<List<String>> lines = new ArrayList<>();
    private List<String> line = new ArrayList<>();

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
        lines.add(line);
        line = new ArrayList<>();
    }

    /**
     * Writes it; whoever reads meanwhile sees the old one or the new one, never a part.
     *
     * @throws ExportException when it cannot be written
     */
    void write(Path path) {
        try {
            WholeFile.write(path, this::writeLines);
        } catch (IOException e) {
            throw ExportException.cannotWrite(path, e);
        }
    }

    private void writeLines(Path unfinished) throws IOException {
        try (CsvWriter csv = CsvWriter.builder().lineDelimiter(LineDelimiter.LF).build(unfinished)) {
            lines.forEach(csv::writeRecord);
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }
}
