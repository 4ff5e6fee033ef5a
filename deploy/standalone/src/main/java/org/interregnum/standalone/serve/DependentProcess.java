package org.interregnum.standalone.serve;

import java.util.concurrent.TimeUnit;

/** A process that ends with this one, whatever way that ends short of {@code kill -9}. */
final class DependentProcess implements AutoCloseable {
    private final Process process;
    private final int patienceSeconds;
    private final Thread endWithUs = new Thread(this::stop, "process-stop");

    /**
     * Ties a process to this one.
     *
     * @param patienceSeconds how long it may take to end when it is asked to, before it is made to
     */
    DependentProcess(Process process, int patienceSeconds) {
        this.process = process;
        this.patienceSeconds = patienceSeconds;
        Runtime.getRuntime().addShutdownHook(endWithUs);
    }

    private void stop() {
        process.destroy();
        try {
            if (!process.waitFor(patienceSeconds, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }

    /** Stops it and waits until it has ended. */
    @Override
    public void close() {
        stop();
        try {
            Runtime.getRuntime().removeShutdownHook(endWithUs);
        } catch (IllegalStateException e) {
            // This process is ending already, and the hook stops what has stopped.
        }
    }
}
