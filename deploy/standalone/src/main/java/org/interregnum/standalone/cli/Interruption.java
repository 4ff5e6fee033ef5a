package org.interregnum.standalone.cli;

import java.util.concurrent.CountDownLatch;

/**
 * Makes Ctrl-C and a polite kill stop a run in good order: the signal asks the run to stop, and the process ends only
 * when everything is written. Java then exits with 128 plus the signal's number, 130 or 143, whatever the command
 * returns.
 */
final class Interruption implements AutoCloseable {
    private final CountDownLatch written = new CountDownLatch(1);
    private final Thread hook;

    /** @param stop asks the run to stop; called on a thread of its own */
    Interruption(Runnable stop) {
        hook = new Thread(() -> stopAndWait(stop), "interruption");
        Runtime.getRuntime().addShutdownHook(hook);
    }

    private void stopAndWait(Runnable stop) {
        stop.run();
        try {
            written.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Everything is written; the process may end. */
    @Override
    public void close() {
        written.countDown();
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // The process is ending already: the hook runs and has just been released.
        }
    }
}
