package org.interregnum.orchestrator.run;

import java.util.ArrayList;
import java.util.List;
import org.interregnum.orchestrator.event.EventLog;
import org.interregnum.orchestrator.event.EventLogException;
import org.interregnum.orchestrator.event.MarketEvent;

/** A log that a test reads. */
class EventList implements EventLog {
    /** What was added, in order. */
    final List<MarketEvent> events = new ArrayList<>();

    /** What it fails with when it is flushed, or null. */
    EventLogException failure;

    @Override
    public void append(MarketEvent event) {
        events.add(event);
    }

    @Override
    public void flush() {
        if (failure != null) {
            throw failure;
        }
    }

    @Override
    public void close() {}
}
