package org.interregnum.orchestrator.adapter.kafka;

import org.apache.kafka.clients.producer.ProducerRecord;
import org.interregnum.orchestrator.event.BuyerDecisions;
import org.interregnum.orchestrator.event.MarketEvent;
import org.interregnum.orchestrator.event.MarketOpened;
import org.interregnum.orchestrator.event.ModelBuyerChanges;
import org.interregnum.orchestrator.event.StepTaken;

/** An event or a decision on its way. Encoded by the thread that sends it, and kept until it is committed. */
final class Outgoing {
    /** Unit in which the room for what is on its way is measured, in bytes. */
    static final int UNIT = 1 << 10;

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

    /** @param most units that it counts for at most, so that it always finds room */
    static Outgoing event(MarketEvent event, long sequence, int most) {
        return new Outgoing(event, null, sequence, (int) Math.min(most, bytes(event) / UNIT));
    }

    /** @param line what is kept of a decision, as JSON */
    static Outgoing decision(byte[] line, long sequence, int most) {
        return new Outgoing(null, line, sequence, Math.min(most, 1 + line.length / UNIT));
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

    private static long bytes(MarketEvent event) {
        long bytes = UNIT;
        if (event instanceof StepTaken step) {
            bytes += (long) Integer.BYTES * (step.activeBuyers().length + 2L * step.changedBuyers().length)
                    + (long) Double.BYTES * (step.prices().length + step.shares().length)
                    + modelBytes(step.modelBuyers());
        } else if (event instanceof MarketOpened opening) {
            bytes += (long) Integer.BYTES * (opening.choices().length + (long) opening.impressions().length)
                    + (long) Double.BYTES * (opening.prices().length + opening.shares().length);
        }
        return bytes;
    }

    private static long modelBytes(ModelBuyerChanges changes) {
        long bytes = 2L * Integer.BYTES * changes.impressionBuyers().length;
        for (BuyerDecisions decisions : changes.decisions()) {
            bytes += UNIT + (long) Integer.BYTES * decisions.buyers().length;
        }
        return bytes;
    }
}
