package org.interregnum.orchestrator.model;

/**
 * The buyers' fixed preferences u, column by column: a seller's column is contiguous over buyers, so that one
 * seller's utilities are computed by one straight loop.
 */
public final class Preferences {
    private final double[][] columns;

    /** @param columns one column a seller, each with one finite value a buyer; kept, not copied */
    public Preferences(double[][] columns) {
        this.columns = columns;
    }

    /** Number of buyers N. */
    public int buyers() {
        return columns[0].length;
    }

    /** Number of sellers M. */
    public int sellers() {
        return columns.length;
    }

    /** The columns themselves: element [k][i] is buyer i's preference for seller k. Not to be written to. */
    public double[][] columns() {
        return columns;
    }
}
