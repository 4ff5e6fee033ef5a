package org.interregnum.orchestrator.service;

/** Lets a run take its next step or holds it. The run waits in its own thread; others open and close from theirs. */
final class RunGate {
    private final Slots slots;
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

    /** Called before each step, with a turn; returns with one when the step may be taken. */
    void pass() {
        if (mayPass()) {
            return;
        }
        slots.giveTurn();
        awaitLeave();
        slots.takeTurn();
    }

    private synchronized boolean mayPass() {
        if (open || abandoned) {
            return true;
        }
        if (allowed > 0) {
            allowed--;
            return true;
        }
        return false;
    }

    private synchronized void awaitLeave() {
        boolean interrupted = false;
        while (!mayPass()) {
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
