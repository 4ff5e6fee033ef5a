package org.interregnum.orchestrator.adapter.export.table;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import org.interregnum.orchestrator.adapter.export.ExportException;

/**
 * The table of a sweep's runs, a line a run, as CSV and as Parquet. Nothing is kept; whoever reads meanwhile sees the
 * tables that were there before.
 */
public final class SweptRunTables implements AutoCloseable {
    /** Name of the files but for their ends. */
    public static final String NAME = "runs";

    private static final List<TableFormat> FORMATS = List.of(TableFormat.CSV, TableFormat.PARQUET);

    private final Path directory;
    private final List<RowWriter> tables = new ArrayList<>();

    private SweptRunTables(Path directory) {
        this.directory = directory;
    }

    /**
     * Begins the tables.
     *
     * @throws ExportException when one cannot be created
     */
    public static SweptRunTables begin(Path directory, List<Column> columns) {
        SweptRunTables tables = new SweptRunTables(directory);
        boolean begun = false;
        try {
            for (TableFormat format : FORMATS) {
                Path unfinished = tables.unfinished(format);
                // One that a process left behind that was killed.
                Files.deleteIfExists(unfinished);
                tables.tables.add(format.open(unfinished, columns));
            }
            begun = true;
            return tables;
        } catch (IOException e) {
            throw ExportException.cannotWrite(directory.resolve(NAME), e);
        } finally {
            if (!begun) {
                tables.close();
            }
        }
    }

    private Path file(TableFormat format) {
        return directory.resolve(NAME + "." + format.extension());
    }

    private Path unfinished(TableFormat format) {
        return directory.resolve(NAME + "." + format.extension() + ".part");
    }

    /**
     * Adds a run: a value of the column's type for each column, or null where there is none.
     *
     * @throws ExportException when it cannot be written
     */
    public void add(Object... row) {
        try {
            for (RowWriter table : tables) {
                table.write(row);
            }
        } catch (IOException e) {
            throw ExportException.cannotWrite(directory.resolve(NAME), e);
        }
    }

    /**
     * Puts the tables where they belong.
     *
     * @throws ExportException when one cannot be written
     */
    public void finish() {
        try {
            for (RowWriter table : tables) {
                table.close();
            }
            tables.clear();
            for (TableFormat format : FORMATS) {
                Files.move(
                        unfinished(format),
                        file(format),
                        StandardCopyOption.ATOMIC_MOVE,
                        StandardCopyOption.REPLACE_EXISTING);
            }
        } catch (IOException e) {
            throw ExportException.cannotWrite(directory.resolve(NAME), e);
        }
    }

    /** Removes what is not finished. */
    @Override
    public void close() {
        for (RowWriter table : tables) {
            try {
                table.close();
            } catch (IOException e) {
                // It is removed anyway.
            }
        }
        for (TableFormat format : FORMATS) {
            try {
                Files.deleteIfExists(unfinished(format));
            } catch (IOException e) {
                // Its name says that it is a part only.
            }
        }
    }
}
