package org.interregnum.orchestrator.adapter.export.table;

import static org.interregnum.orchestrator.adapter.export.table.ColumnType.BOOLEAN;
import static org.interregnum.orchestrator.adapter.export.table.ColumnType.DOUBLE;
import static org.interregnum.orchestrator.adapter.export.table.ColumnType.INT32;
import static org.interregnum.orchestrator.adapter.export.table.ColumnType.INT64;

import java.io.IOException;
import java.util.List;
import org.interregnum.orchestrator.event.MarketEvent;
import org.interregnum.orchestrator.event.MarketOpened;
import org.interregnum.orchestrator.event.StepTaken;
import org.interregnum.orchestrator.model.MarketState;

/** The table {@code series}: what a seller has and asks at a point. */
final class SeriesRows {
    static final List<Column> COLUMNS = List.of(
            Column.of("step", INT64, "point of the time series: the state after this step, 0 for the opening"),
            Column.of("seller", INT32, "number of the seller, from 0"),
            Column.of("share", DOUBLE, "its market share, a fraction of all buyers"),
            Column.of("price", DOUBLE, "its price, in units of utility"),
            Column.of("buyers", INT32, "number of buyers that buy from it"),
            Column.of("asked", BOOLEAN, "whether it was the one that could change its price in this step"));

    private SeriesRows() {}

    /** Writes the rows of the point that an event leads to, if it leads to one. */
    static void write(MarketEvent event, MarketState state, Rows rows) throws IOException {
        if (!(event instanceof MarketOpened || event instanceof StepTaken)) {
            return;
        }
        int asked = event instanceof StepTaken step ? step.seller() : -1;
        for (int seller = 0; seller < state.prices().length; seller++) {
            rows.write(
                    state.step(),
                    seller,
                    state.shares()[seller],
                    state.prices()[seller],
                    state.customers()[seller],
                    seller == asked);
        }
    }
}
