package org.interregnum.standalone.recorded;

import org.interregnum.orchestrator.event.EventLog;
import org.interregnum.orchestrator.event.MarketEvent;

/** A log for runs whose events nobody reads. */
public final class ForgetfulLog implements EventLog {
    @Override
    public void append(MarketEvent event) {}

    @Override
    public void flush() {}

    @Override
    public void close() {}
}
