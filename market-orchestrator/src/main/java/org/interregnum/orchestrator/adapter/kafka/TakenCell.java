package org.interregnum.orchestrator.adapter.kafka;

import org.apache.kafka.common.TopicPartition;
import org.interregnum.orchestrator.sweep.CellRequest;

/** A request that was taken, until it is done or taken away again. */
public final class TakenCell {
    private final CellRequest request;
    private final TopicPartition partition;
    private final long offset;
    private Runnable stopping = () -> {};
    private boolean lost;

    TakenCell(CellRequest request, TopicPartition partition, long offset) {
        this.request = request;
        this.partition = partition;
        this.offset = offset;
    }

    /** What is asked for. */
    public CellRequest request() {
        return request;
    }

    /** Names what stops its run when somebody else has it now; called at once when that is so already. */
    public void stops(Runnable run) {
        boolean isLate;
        synchronized (this) {
            stopping = run;
            isLate = lost;
        }
        if (isLate) {
            run.run();
        }
    }

    /** Whether somebody else has it now: what becomes of it here does not count. */
    public synchronized boolean isLost() {
        return lost;
    }

    void lose() {
        Runnable known;
        synchronized (this) {
            lost = true;
            known = stopping;
        }
        known.run();
    }

    TopicPartition partition() {
        return partition;
    }

    long offset() {
        return offset;
    }
}
