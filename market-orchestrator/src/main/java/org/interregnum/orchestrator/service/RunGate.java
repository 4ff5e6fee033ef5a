package org.interregnum.orchestrator.service;

import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import org.interregnum.orchestrator.run.AssignmentChange;

/** Lets a run take its next step or holds it. The run waits in its own thread; others open and close from theirs. */
final class RunGate {
    private final Slots slots;
    private final Queue<WantedAssignment> changes = new ArrayDeque<>();
    private boolean open;
    private long allowed;
    private boolean abandoned;

    /**
     * @param slots where a run that is held gives its turn back
     * @param open whether the run may go on at once
     */
    RunGate(Slots slots, boolean open) {
        this.slots = slots;
        this.open = open;
    }

    /** Forgets what was, for a run that begins or goes on. */
    synchronized void begin(boolean isOpen) {
        open = isOpen;
        allowed = 0;
        abandoned = false;
    }

    /** Holds the run before its next step. */
    synchronized void close() {
        open = false;
        allowed = 0;
    }

    /** Lets the run go on. */
    synchronized void open() {
        open = true;
        notifyAll();
    }

    /** Lets a run that is held take some more steps. */
    synchronized void allow(long steps) {
        allowed += steps;
        notifyAll();
    }

    /** The run is to end: it is not held any more. */
    synchronized void abandon() {
        abandoned = true;
        notifyAll();
    }

    /** Whether the run stands still, or will before its next step. */
    synchronized boolean isClosed() {
        return !open;
    }

    /** Hands the run something to change before its next step, also while it is held. */
    synchronized void submit(WantedAssignment change) {
        changes.add(change);
        notifyAll();
    }

    /** Takes back what was not begun; says whether it was there. */
    synchronized boolean withdraw(WantedAssignment change) {
        return changes.remove(change);
    }

    /** Takes out all that was not begun. */
    synchronized List<WantedAssignment> drain() {
        List<WantedAssignment> rest = List.copyOf(changes);
        changes.clear();
        return rest;
    }

    /**
     * Called before each step, with a turn; returns with one.
     *
     * @return what is to be changed before; empty when the step may be taken
     */
    Optional<AssignmentChange> pass() {
        while (true) {
            synchronized (this) {
                if (!changes.isEmpty()) {
                    return Optional.of(changes.remove());
                }
                if (mayPass()) {
                    return Optional.empty();
                }
            }
            slots.giveTurn();
            awaitReason();
            slots.takeTurn();
        }
    }

    private boolean mayPass() {
        if (open || abandoned) {
            return true;
        }
        if (allowed > 0) {
            allowed--;
            return true;
        }
        return false;
    }

    private synchronized void awaitReason() {
        boolean interrupted = false;
        while (!open && !abandoned && allowed == 0 && changes.isEmpty()) {
            try {
                wait();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
