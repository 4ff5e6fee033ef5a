package org.interregnum.orchestrator.adapter.telemetry;

import org.interregnum.orchestrator.event.EventLog;
import org.interregnum.orchestrator.event.MarketEvent;

/** A log of events whose lag is known to the meters while it is open. */
final class MeasuredEventLog implements EventLog {
    private final EventLog log;
    private final RunMeters meters;

    MeasuredEventLog(EventLog log, RunMeters meters) {
        this.log = log;
        this.meters = meters;
        meters.opened(log);
    }

    @Override
    public void append(MarketEvent event) {
        log.append(event);
    }

    @Override
    public void flush() {
        log.flush();
    }

    @Override
    public long pending() {
        return log.pending();
    }

    @Override
    public void close() {
        try {
            log.close();
        } finally {
            meters.closed(log);
        }
    }
}
