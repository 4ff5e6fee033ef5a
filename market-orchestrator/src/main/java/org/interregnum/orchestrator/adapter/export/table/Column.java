package org.interregnum.orchestrator.adapter.export.table;

/**
 * A column of a table.
 *
 * @param name its name
 * @param type what its values are
 * @param optional whether a row may have none
 * @param content what a value says, with its unit
 */
public record Column(String name, ColumnType type, boolean optional, String content) {
    static Column of(String name, ColumnType type, String content) {
        return new Column(name, type, false, content);
    }

    static Column optional(String name, ColumnType type, String content) {
        return new Column(name, type, true, content);
    }
}
