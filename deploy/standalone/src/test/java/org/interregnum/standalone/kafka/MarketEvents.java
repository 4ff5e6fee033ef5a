package org.interregnum.standalone.kafka;

import java.util.ArrayList;
import java.util.List;
import org.interregnum.orchestrator.event.EventLog;
import org.interregnum.orchestrator.event.MarketEvent;
import org.interregnum.orchestrator.model.MarketParameters;
import org.interregnum.orchestrator.run.RunListener;
import org.interregnum.orchestrator.run.RunLoop;
import org.interregnum.orchestrator.run.RunSpec;
import org.interregnum.standalone.RuleBuyerAgents;
import org.interregnum.standalone.RuleSellerAgents;

/** Events of small markets. */
public final class MarketEvents {
    private MarketEvents() {}

    /** All events of a run, from its start to its end. */
    public static List<MarketEvent> of(String runId, int points) {
        List<MarketEvent> events = new ArrayList<>();
        EventLog log = new EventLog() {
            @Override
            public void append(MarketEvent event) {
                events.add(event);
            }

            @Override
            public void flush() {}

            @Override
            public void close() {}
        };
        RunSpec spec = new RunSpec(MarketParameters.of(1, 0.8, 200, 5), points, 7, "numpy", 0.25);
        new RunLoop(runId, "test", spec, new RuleSellerAgents(), new RuleBuyerAgents(), log, RunListener.NONE).run();
        return events;
    }
}
