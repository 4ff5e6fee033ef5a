package org.interregnum.orchestrator.service;

import org.interregnum.orchestrator.event.EventSource;
import org.interregnum.orchestrator.event.MarketEvent;

/** The log of a run that has not begun. */
enum NoEvents implements EventSource {
    SOURCE;

    @Override
    public MarketEvent next() {
        return null;
    }

    @Override
    public void close() {
        // Nothing is open.
    }
}
