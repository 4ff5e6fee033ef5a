package org.interregnum.orchestrator.adapter.kafka;

import org.apache.kafka.clients.producer.ProducerRecord;
import org.interregnum.orchestrator.event.MarketEvent;

/** An event or a decision on its way. Encoded by the thread that sends it, and kept until it is committed. */
final class Outgoing {
    private final MarketEvent event;
    private final byte[] decision;
    private final long sequence;
    private final int units;
    private ProducerRecord<byte[], byte[]> record;

    private Outgoing(MarketEvent event, byte[] decision, long sequence, int units) {
        this.event = event;
        this.decision = decision;
        this.sequence = sequence;
        this.units = units;
    }

    /** @param units room that it takes, as {@link org.interregnum.orchestrator.adapter.protobuf.EventSize} has it */
    static Outgoing event(MarketEvent event, long sequence, int units) {
        return new Outgoing(event, null, sequence, units);
    }

    /**
     * @param line what is kept of a decision, as JSON
     * @param units room that it takes
     */
    static Outgoing decision(byte[] line, long sequence, int units) {
        return new Outgoing(null, line, sequence, units);
    }

    boolean isEvent() {
        return event != null;
    }

    /** The event; null for a decision. */
    MarketEvent event() {
        return event;
    }

    /** The decision's line; null for an event. */
    byte[] decision() {
        return decision;
    }

    /** Its number among the run's events, or among the run's decisions. */
    long sequence() {
        return sequence;
    }

    int units() {
        return units;
    }

    /** What is sent; null until it was encoded. */
    ProducerRecord<byte[], byte[]> record() {
        return record;
    }

    void encoded(ProducerRecord<byte[], byte[]> encoded) {
        record = encoded;
    }
}
