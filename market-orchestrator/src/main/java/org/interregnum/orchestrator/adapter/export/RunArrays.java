package org.interregnum.orchestrator.adapter.export;

import java.nio.file.Path;
import java.util.Optional;
import org.interregnum.orchestrator.analysis.MarketSeries;
import org.interregnum.orchestrator.event.MarketEvent;
import org.interregnum.orchestrator.event.MarketHistory;
import org.interregnum.orchestrator.event.MarketOpened;
import org.interregnum.orchestrator.event.RunStarted;
import org.interregnum.orchestrator.event.StepTaken;
import org.interregnum.orchestrator.model.MarketParameters;
import org.interregnum.orchestrator.model.MarketState;
import org.interregnum.orchestrator.model.Preferences;
import org.interregnum.orchestrator.random.Generators;

/**
 * Makes {@code series.npz} of a run's events. Shares and prices are in memory until the end, 16·M bytes a point, and the
 * preferences, which are drawn again; choices are not. The file has another name until {@link #finish()}; without it it is
 * removed.
 */
public final class RunArrays implements AutoCloseable {
    private final MarketState state;
    private final MarketSeries series;
    private final Preferences preferences;
    private final SeriesArrays arrays;
    private boolean finished;

    /**
     * Begins the arrays of a run.
     *
     * @param path the file
     * @param started how the run started
     * @param points points that will come
     */
    public RunArrays(Path path, RunStarted started, int points) {
        MarketParameters market = started.parameters();
        state = new MarketState(market, started.models().modelBuyers());
        series = new MarketSeries(market.sellers(), points);
        preferences = new Preferences(Generators.create(started.generator(), started.seed())
                .preferences(market.buyers(), market.sellers(), market.preferenceMean(), market.preferenceDeviation()));
        arrays = new SeriesArrays(path, market, points);
        arrays.accept(started);
    }

    /**
     * Adds an event; events come in order, those after the run's start.
     *
     * @throws org.interregnum.orchestrator.event.EventLogException when it does not follow from those before
     */
    public void add(MarketEvent event) {
        MarketHistory.apply(state, event);
        arrays.accept(event);
        if (event instanceof MarketOpened) {
            series.open(state.shares(), state.prices());
        } else if (event instanceof StepTaken step) {
            series.step(step.seller(), state.shares(), state.prices());
        }
    }

    /**
     * Ends the file.
     *
     * @return what was left out and why; empty when nothing was
     * @throws ExportException when it cannot be written
     */
    public Optional<String> finish() {
        Optional<String> leftOut = arrays.finish(series, preferences, state.choices());
        finished = true;
        return leftOut;
    }

    /** Removes what is not finished. */
    @Override
    public void close() {
        if (!finished) {
            arrays.discard();
        }
    }
}
