package org.interregnum.orchestrator.adapter.kafka;

import java.util.Optional;
import java.util.TreeMap;

/**
 * The requests of one partition that were taken: they may be done in any order, but the group's offset says only up to where
 * all are.
 */
final class TakenOffsets {
    private final TreeMap<Long, TakenCell> undone = new TreeMap<>();
    private long next = -1;
    private long committed = -1;

    void take(long offset, TakenCell cell) {
        undone.put(offset, cell);
        next = offset + 1;
    }

    /** A record that asks for nothing that can be done. */
    void pass(long offset) {
        next = offset + 1;
    }

    void done(long offset) {
        undone.remove(offset);
    }

    /** Up to where all is done, if that is further than was committed. */
    Optional<Long> toCommit() {
        long position = undone.isEmpty() ? next : undone.firstKey();
        return position > committed && position >= 0 ? Optional.of(position) : Optional.empty();
    }

    void committed(long offset) {
        committed = offset;
    }

    Iterable<TakenCell> undone() {
        return undone.values();
    }
}
