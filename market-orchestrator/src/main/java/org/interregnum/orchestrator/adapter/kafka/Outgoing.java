package org.interregnum.orchestrator.adapter.kafka;

import org.apache.kafka.clients.producer.ProducerRecord;
import org.interregnum.orchestrator.adapter.protobuf.EventSize;
import org.interregnum.orchestrator.event.MarketEvent;

/**
 * An event or a decision on its way. Encoded by the thread that sends it, and from then on only its record is kept, until it
 * is committed.
 */
final class Outgoing {
    private final boolean isEvent;
    private final long sequence;
    private MarketEvent event;
    private byte[] decision;
    private int units;
    private ProducerRecord<byte[], byte[]> record;

    private Outgoing(MarketEvent event, byte[] decision, long sequence, int units) {
        isEvent = event != null;
        this.event = event;
        this.decision = decision;
        this.sequence = sequence;
        this.units = units;
    }

    /** @param units room that it takes, as {@link EventSize} has it */
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
        return isEvent;
    }

    /** The event, until it is encoded; null for a decision. */
    MarketEvent event() {
        return event;
    }

    /** The decision's line, until it is encoded; null for an event. */
    byte[] decision() {
        return decision;
    }

    /** Its number among the run's events, or among the run's decisions. */
    long sequence() {
        return sequence;
    }

    /** Room that it takes: before it is encoded an estimate of the event's, then that of its record if it is less. */
    int units() {
        return units;
    }

    /** What is sent; null until it was encoded. */
    ProducerRecord<byte[], byte[]> record() {
        return record;
    }

    void encoded(ProducerRecord<byte[], byte[]> encoded) {
        record = encoded;
        units = Math.min(units, 1 + encoded.value().length / EventSize.UNIT);
        event = null;
        decision = null;
    }
}
