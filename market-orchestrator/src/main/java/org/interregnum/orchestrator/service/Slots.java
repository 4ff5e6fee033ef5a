package org.interregnum.orchestrator.service;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Room for runs: memory for those that have begun, and turns for those that take steps. First come, first served, so that
 * a large run is not kept waiting by small ones for ever.
 */
final class Slots {
    private final Deque<Object> queue = new ArrayDeque<>();
    private final Deque<Object> turnQueue = new ArrayDeque<>();
    private final double capacity;
    private int turns;
    private double used;

    /**
     * @param turns runs that may take steps at the same time
     * @param capacity bytes that all runs may need together
     */
    Slots(int turns, double capacity) {
        this.turns = turns;
        this.capacity = capacity;
    }

    /** Waits for memory; a run that needs more than there is at all is let in alone. */
    synchronized void takeMemory(double bytes) throws InterruptedException {
        Object place = new Object();
        queue.add(place);
        try {
            while (queue.peekFirst() != place || (used > 0 && used + bytes > capacity)) {
                wait();
            }
            used += bytes;
        } finally {
            queue.remove(place);
            notifyAll();
        }
    }

    synchronized void giveMemory(double bytes) {
        used -= bytes;
        notifyAll();
    }

    /** Waits for the first turn of a run, which has not begun and may be told to end before it does. */
    synchronized void takeFirstTurn() throws InterruptedException {
        Object place = new Object();
        turnQueue.add(place);
        try {
            while (!isTurnOf(place)) {
                wait();
            }
            turns--;
        } finally {
            leaveTurnQueue(place);
        }
    }

    /** Waits for a turn, whoever interrupts: a run that stands in the middle of its steps cannot go back. */
    synchronized void takeTurn() {
        boolean interrupted = false;
        Object place = new Object();
        turnQueue.add(place);
        while (!isTurnOf(place)) {
            try {
                wait();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        turns--;
        leaveTurnQueue(place);
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean isTurnOf(Object place) {
        return turns > 0 && turnQueue.peekFirst() == place;
    }

    private void leaveTurnQueue(Object place) {
        turnQueue.remove(place);
        // There may be a turn for the next one as well.
        notifyAll();
    }

    synchronized void giveTurn() {
        turns++;
        notifyAll();
    }
}
