package org.interregnum.standalone.cli;

import java.util.List;
import org.interregnum.orchestrator.request.Setting;
import org.interregnum.orchestrator.request.SweepRequest;

/** How much there is to do in the cells of a sweep, in numbers that say how they compare: points, buyers and sellers. */
final class SweepWork {
    /** So finely the work is told. */
    static final double PARTS = 1e-3;

    private final SweepRequest request;
    private final int points;
    private final int buyers;
    private final int sellers;
    private double left;

    SweepWork(SweepRequest request) {
        this.request = request;
        List<Setting> columns = request.columns();
        points = columns.indexOf(Setting.POINTS);
        buyers = columns.indexOf(Setting.BUYERS);
        sellers = columns.indexOf(Setting.SELLERS);
        for (int cell = 0; cell < request.cells(); cell++) {
            left += of(cell);
        }
    }

    /** The work of a cell. */
    double of(int cell) {
        List<Object> values = request.values(cell);
        // What a step costs besides its buyers is about as much as a hundred buyers do.
        return number(values, points) * (number(values, buyers) * number(values, sellers) + 1000);
    }

    private static double number(List<Object> values, int column) {
        return ((Number) values.get(column)).doubleValue();
    }

    /** Takes a cell out that is done already. */
    void skip(int cell) {
        left -= of(cell);
    }

    /** The work of all cells that are not done already. */
    double left() {
        return left;
    }
}
