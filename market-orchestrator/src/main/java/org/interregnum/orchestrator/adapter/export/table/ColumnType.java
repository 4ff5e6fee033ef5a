package org.interregnum.orchestrator.adapter.export.table;

/** What a column's values are. */
public enum ColumnType {
    /** Whole numbers of 32 bits: {@link Integer}. */
    INT32("int32"),
    /** Whole numbers of 64 bits: {@link Long}. */
    INT64("int64"),
    /** Floating-point numbers of 64 bits: {@link Double}. */
    DOUBLE("double"),
    /** Truth values: {@link Boolean}. */
    BOOLEAN("boolean"),
    /** Texts: {@link String}. */
    TEXT("text");

    private final String word;

    ColumnType(String word) {
        this.word = word;
    }

    /** The type as people read it. */
    public String word() {
        return word;
    }
}
