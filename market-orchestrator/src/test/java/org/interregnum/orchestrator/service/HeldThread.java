package org.interregnum.orchestrator.service;

import static org.assertj.core.api.Assertions.assertThat;

/** A thread of a test: what it does may wait, and a test sees when it does. */
final class HeldThread {
    private final Thread thread;
    private volatile Throwable problem;
    private volatile boolean interrupted;

    private HeldThread(Action action) {
        thread = new Thread(() -> {
            try {
                action.run();
            } catch (Exception | AssertionError e) {
                problem = e;
            }
            interrupted = Thread.currentThread().isInterrupted();
        });
        thread.setDaemon(true);
    }

    interface Action {
        void run() throws Exception;
    }

    static HeldThread start(Action action) {
        HeldThread held = new HeldThread(action);
        held.thread.start();
        return held;
    }

    /** Returns when it waits for somebody; it cannot be on its way any more. */
    HeldThread awaitHeld() throws InterruptedException {
        while (thread.getState() != Thread.State.WAITING) {
            assertThat(thread.isAlive()).as("waits for somebody").isTrue();
            Thread.sleep(1);
        }
        return this;
    }

    /** Returns when it has ended; what it threw is thrown here. */
    void awaitEnd() throws Exception {
        thread.join(20_000);
        assertThat(thread.isAlive()).as("still waits").isFalse();
        if (problem instanceof Exception exception) {
            throw exception;
        }
        if (problem != null) {
            throw (AssertionError) problem;
        }
    }

    void interrupt() {
        thread.interrupt();
    }

    /** Whether it ended with its mark of an interrupt set. */
    boolean wasInterrupted() {
        return interrupted;
    }
}
