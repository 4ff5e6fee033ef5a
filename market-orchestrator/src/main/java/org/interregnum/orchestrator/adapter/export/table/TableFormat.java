package org.interregnum.orchestrator.adapter.export.table;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** Formats of tables. */
public enum TableFormat {
    /** Apache Parquet. */
    PARQUET("parquet") {
        @Override
        RowWriter open(Path path, List<Column> columns) throws IOException {
            return new ParquetTable(path, columns);
        }
    },
    /** Comma-separated values after RFC 4180, the names in the first line. */
    CSV("csv") {
        @Override
        RowWriter open(Path path, List<Column> columns) throws IOException {
            return new CsvTable(path, columns);
        }
    },
    /** A JSON object a line. */
    JSONL("jsonl") {
        @Override
        RowWriter open(Path path, List<Column> columns) throws IOException {
            return new JsonLinesTable(path, columns);
        }
    };

    private final String extension;

    TableFormat(String extension) {
        this.extension = extension;
    }

    /** End of a file's name, without the dot. */
    public String extension() {
        return extension;
    }

    abstract RowWriter open(Path path, List<Column> columns) throws IOException;
}
