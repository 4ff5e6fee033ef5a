package org.interregnum.standalone.cli;

import java.util.concurrent.CountDownLatch;

/**
 * Makes Ctrl-C and a polite kill stop a run in good order: the signal asks the run to stop, and the process ends only
 * when everything is written. Java then exits with 128 plus the signal's number, 130 or 143, whatever the command
 * returns.
 */
final class Interruption implements AutoCloseable {
    private final CountDownLatch written = new CountDownLatch(1);
    private final Thread hook = new Thread(this::stopAndWait, "interruption");
    private Runnable stop = () -> {};
    private boolean signalled;

    /** From now on the process waits for {@link #close()} before it ends. */
    Interruption() {
        Runtime.getRuntime().addShutdownHook(hook);
    }

    /** Names what a signal stops; it is called at once when the signal has come already, otherwise on another thread. */
    synchronized void stops(Runnable whatRuns) {
        stop = whatRuns;
        if (signalled) {
            stop.run();
        }
    }

    private void stopAndWait() {
        synchronized (this) {
            signalled = true;
            stop.run();
        }
        try {
            written.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Everything is written and said; the process may end. */
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
