package org.interregnum.orchestrator.run;

import java.util.List;
import org.interregnum.orchestrator.agent.ModelAssignment;
import org.interregnum.orchestrator.event.EventLog;
import org.interregnum.orchestrator.event.MarketEvent;
import org.interregnum.orchestrator.event.MarketHistory;
import org.interregnum.orchestrator.event.RunForked;
import org.interregnum.orchestrator.event.RunStarted;
import org.interregnum.orchestrator.model.Impression;
import org.interregnum.orchestrator.model.MarketParameters;
import org.interregnum.orchestrator.model.MarketState;
import org.interregnum.orchestrator.model.Preferences;
import org.interregnum.orchestrator.random.Generators;

/**
 * Writes the log that a forked run goes on from: the start, the shared history, and then what is different. Used in the
 * order of its methods; the run itself then goes on as one that is resumed.
 */
public final class ForkedHistory {
    private final RunStarted parent;
    private final MarketState state;
    private final EventLog log;

    /**
     * Writes the start.
     *
     * @param runId identifier of the new run
     * @param programVersion version of the program
     * @param parent the start of the run whose history is shared
     * @param points points of the new run
     * @param burnIn fraction of them that order parameters leave out
     * @param log receives the events; stays open
     */
    public ForkedHistory(
            String runId, String programVersion, RunStarted parent, long points, double burnIn, EventLog log) {
        this.parent = parent;
        this.log = log;
        state = new MarketState(parent.parameters(), parent.models().modelBuyers());
        log.append(new RunStarted(
                runId,
                programVersion,
                parent.parameters(),
                points,
                parent.seed(),
                parent.generator(),
                parent.models(),
                burnIn));
    }

    /**
     * Adds an event of the history that is shared.
     *
     * @throws org.interregnum.orchestrator.event.EventLogException when it does not follow from those before
     */
    public void share(MarketEvent event) {
        MarketHistory.apply(state, event);
        log.append(event);
    }

    /** Adds what is different from here on. */
    public void fork(MarketParameters market, ModelAssignment models, List<RunForked.PriceShock> priceShocks) {
        log.append(new RunForked(
                parent.runId(), state.step(), market, models, impressions(models.modelBuyers()), priceShocks));
    }

    private Impression[] impressions(int[] buyers) {
        return state.impressions().carriedTo(buyers, this::preferences, parent.parameters());
    }

    private Preferences preferences() {
        MarketParameters market = parent.parameters();
        return new Preferences(Generators.create(parent.generator(), parent.seed())
                .preferences(market.buyers(), market.sellers(), market.preferenceMean(), market.preferenceDeviation()));
    }
}
