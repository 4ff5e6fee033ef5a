package org.interregnum.orchestrator.adapter.export.table;

import java.io.IOException;

/** Takes the rows of a table. */
@FunctionalInterface
interface Rows {
    /** Adds a row: a value of the column's type for each column, or null where there is none. */
    void write(Object... row) throws IOException;
}
