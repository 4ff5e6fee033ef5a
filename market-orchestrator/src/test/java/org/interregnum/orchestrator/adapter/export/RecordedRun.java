package org.interregnum.orchestrator.adapter.export;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.interregnum.orchestrator.analysis.MarketSeries;
import org.interregnum.orchestrator.event.MarketEvent;
import org.interregnum.orchestrator.event.MarketHistory;
import org.interregnum.orchestrator.event.MarketOpened;
import org.interregnum.orchestrator.event.StepTaken;
import org.interregnum.orchestrator.model.MarketParameters;
import org.interregnum.orchestrator.model.MarketState;
import org.interregnum.orchestrator.model.Preferences;

/** What a run's events amount to, point by point, all in memory. */
record RecordedRun(
        MarketParameters parameters,
        List<MarketEvent> events,
        MarketSeries series,
        Preferences preferences,
        List<int[]> choices) {

    static RecordedRun of(MarketParameters parameters, List<MarketEvent> events) {
        MarketSeries series = new MarketSeries(parameters.sellers(), events.size());
        MarketState state = new MarketState(parameters);
        List<int[]> choices = new ArrayList<>();
        for (MarketEvent event : events) {
            MarketHistory.apply(state, event);
            if (event instanceof MarketOpened) {
                series.open(state.shares(), state.prices());
                choices.add(state.choices().clone());
            } else if (event instanceof StepTaken step) {
                series.step(step.seller(), state.shares(), state.prices());
                choices.add(state.choices().clone());
            }
        }
        Random random = new Random(5);
        double[][] columns = new double[parameters.sellers()][];
        for (int seller = 0; seller < columns.length; seller++) {
            columns[seller] = random.doubles(parameters.buyers()).toArray();
        }
        return new RecordedRun(parameters, events, series, new Preferences(columns), choices);
    }

    int[] lastChoices() {
        return choices.get(choices.size() - 1);
    }
}
