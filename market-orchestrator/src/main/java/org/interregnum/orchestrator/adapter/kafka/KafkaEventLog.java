package org.interregnum.orchestrator.adapter.kafka;

import org.interregnum.orchestrator.event.EventLog;
import org.interregnum.orchestrator.event.MarketEvent;

/**
 * An event log on Kafka. Events are encoded and sent on a thread of its own, in transactions of about 150 ms: a reader of
 * what is committed sees each once and in order, whatever becomes of this process or of the broker. A process that is
 * killed loses the events of about that time; after {@link #flush()} all are committed. While the broker does not answer,
 * events wait, at most 64 MiB of them, and then whoever appends does. An orchestrator that takes the run over ends this
 * log: no event of this one comes behind that one's.
 */
final class KafkaEventLog implements EventLog {
    private final TransactionWriter writer;

    KafkaEventLog(TransactionWriter writer) {
        this.writer = writer;
    }

    @Override
    public void append(MarketEvent event) {
        writer.addEvent(event);
    }

    @Override
    public void flush() {
        writer.flush();
    }

    @Override
    public long pending() {
        return writer.pending();
    }

    /** Flushes; the run's connection stays, for its decisions use it as well. */
    @Override
    public void close() {
        writer.settle();
    }
}
