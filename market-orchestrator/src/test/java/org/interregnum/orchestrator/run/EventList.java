package org.interregnum.orchestrator.run;

import java.util.ArrayList;
import java.util.List;
import org.interregnum.orchestrator.event.EventLog;
import org.interregnum.orchestrator.event.MarketEvent;

/** A log that a test reads. */
class EventList implements EventLog {
    /** What was added, in order. */
    final List<MarketEvent> events = new ArrayList<>();

    @Override
    public void append(MarketEvent event) {
        events.add(event);
    }

    @Override
    public void flush() {}

    @Override
    public void close() {}
}
