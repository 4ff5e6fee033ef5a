package org.interregnum.standalone.cli;

import java.util.HashMap;
import java.util.Map;
import java.util.function.IntFunction;
import org.interregnum.orchestrator.request.SweepRequest;
import org.interregnum.orchestrator.sweep.CellLimits;

/** What the models of each cell of a sweep will use; cells that differ by their seed or repetition alone will use as much. */
final class CellForecasts implements IntFunction<CellLimits> {
    private final SweepRequest request;
    private final Map<Integer, CellLimits> known = new HashMap<>();

    CellForecasts(SweepRequest request) {
        this.request = request;
    }

    @Override
    public CellLimits apply(int cell) {
        return known.computeIfAbsent(
                request.firstReplicate(cell),
                first -> new ModelForecast(request.run(first).spec()).limits());
    }
}
