package org.interregnum.orchestrator.adapter.export.table;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.interregnum.orchestrator.adapter.export.ExportException;
import org.interregnum.orchestrator.agent.DecisionRecord;
import org.interregnum.orchestrator.event.MarketEvent;
import org.interregnum.orchestrator.event.MarketHistory;
import org.interregnum.orchestrator.event.RunStarted;
import org.interregnum.orchestrator.event.StepTaken;
import org.interregnum.orchestrator.model.MarketState;

/**
 * Writes a run's tables, row by row, from its events and then its models' decisions. Besides the market's state nothing is
 * kept, however many steps there are. The files have another name until {@link #finish()}; without it they are removed.
 */
public final class RunTables implements AutoCloseable {
    /** The table of shares and prices. */
    public static final String SERIES = "series";

    /** The table of steps. */
    public static final String STEPS = "steps";

    /** The table of models' decisions. */
    public static final String DECISIONS = "decisions";

    private final Path directory;
    private final TableFormat format;
    private final Map<String, Table> tables = new LinkedHashMap<>();
    private MarketState state;

    private RunTables(Path directory, TableFormat format) {
        this.directory = directory;
        this.format = format;
    }

    /**
     * Begins the tables of a run.
     *
     * @param directory where they go; it exists
     * @param names which tables: {@link #SERIES}, {@link #STEPS} and, if the run has models, {@link #DECISIONS}
     * @throws ExportException when a file cannot be created
     */
    public static RunTables begin(Path directory, TableFormat format, List<String> names) {
        RunTables tables = new RunTables(directory, format);
        boolean begun = false;
        try {
            names.forEach(tables::open);
            begun = true;
            return tables;
        } finally {
            if (!begun) {
                tables.close();
            }
        }
    }

    /** The columns of a table, by its name. */
    public static List<Column> columns(String table) {
        return switch (table) {
            case SERIES -> SeriesRows.COLUMNS;
            case STEPS -> StepRows.COLUMNS;
            case DECISIONS -> DecisionRows.COLUMNS;
            default -> throw new IllegalArgumentException("there is no table " + table);
        };
    }

    /** Name of the file of a table. */
    public static String fileName(String table, TableFormat format) {
        return table + "." + format.extension();
    }

    private void open(String name) {
        Path file = directory.resolve(fileName(name, format));
        Path unfinished = file.resolveSibling(file.getFileName() + ".part");
        try {
            // One that was left behind by a process that was killed.
            Files.deleteIfExists(unfinished);
            tables.put(name, new Table(file, unfinished, format.open(unfinished, columns(name))));
        } catch (IOException e) {
            delete(unfinished);
            throw ExportException.cannotWrite(file, e);
        }
    }

    /**
     * Adds what an event has to say. Events come in order, from the run's start on.
     *
     * @throws ExportException when it cannot be written
     * @throws org.interregnum.orchestrator.event.EventLogException when the event does not follow from those before
     */
    public void add(MarketEvent event) {
        if (event instanceof RunStarted started) {
            state = new MarketState(started.parameters(), started.models().modelBuyers());
        }
        MarketHistory.apply(state, event);
        write(SERIES, rows -> SeriesRows.write(event, state, rows));
        if (event instanceof StepTaken step) {
            write(STEPS, rows -> StepRows.write(step, state, rows));
        }
    }

    /**
     * Adds a decision of a model. Decisions come after the events.
     *
     * @throws ExportException when it cannot be written
     */
    public void add(DecisionRecord decision) {
        write(DECISIONS, rows -> DecisionRows.write(decision, state.step(), rows));
    }

    private void write(String name, Writing writing) {
        Table table = tables.get(name);
        try {
            writing.write(row -> {
                table.rows.write(row);
                table.count++;
            });
        } catch (IOException e) {
            throw ExportException.cannotWrite(table.file, e);
        }
    }

    /**
     * Ends the tables.
     *
     * @return number of rows of each file
     * @throws ExportException when one cannot be written; then none is left
     */
    public Map<Path, Long> finish() {
        Map<Path, Long> counts = new LinkedHashMap<>();
        for (Table table : tables.values()) {
            try {
                table.end();
            } catch (IOException e) {
                throw ExportException.cannotWrite(table.file, e);
            }
        }
        List<Table> moved = new ArrayList<>();
        for (Table table : tables.values()) {
            try {
                Files.move(table.unfinished, table.file, StandardCopyOption.ATOMIC_MOVE);
                moved.add(table);
                counts.put(table.file, table.count);
            } catch (IOException e) {
                moved.forEach(whole -> delete(whole.file));
                throw ExportException.cannotWrite(table.file, e);
            }
        }
        tables.clear();
        return counts;
    }

    /** Removes what is not finished. */
    @Override
    public void close() {
        for (Table table : tables.values()) {
            try {
                table.end();
            } catch (IOException e) {
                // It is removed anyway.
            }
            delete(table.unfinished);
        }
    }

    private static void delete(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            // Its name says that it is a part only.
        }
    }

    private interface Writing {
        void write(Rows rows) throws IOException;
    }

    private static final class Table {
        private final Path file;
        private final Path unfinished;
        private final RowWriter rows;
        private long count;
        private boolean ended;

        Table(Path file, Path unfinished, RowWriter rows) {
            this.file = file;
            this.unfinished = unfinished;
            this.rows = rows;
        }

        void end() throws IOException {
            if (!ended) {
                ended = true;
                rows.close();
            }
        }
    }
}
