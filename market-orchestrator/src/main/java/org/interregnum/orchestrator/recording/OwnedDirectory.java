package org.interregnum.orchestrator.recording;

import java.time.Duration;
import java.util.Optional;
import org.interregnum.orchestrator.adapter.export.RunDirectory;
import org.interregnum.orchestrator.adapter.file.RunLock;
import org.interregnum.orchestrator.request.BadInputException;

/**
 * A run's directory, and the right to write its files, which one process has at a time: whoever begins a run, goes on with
 * it, or makes it from another one has it from before the first file until after the last.
 */
public final class OwnedDirectory implements AutoCloseable {
    private static final long PAUSE_MILLIS = 200;

    private final RunDirectory directory;
    private final RunLock lock;

    private OwnedDirectory(RunDirectory directory, RunLock lock) {
        this.directory = directory;
        this.lock = lock;
    }

    /** Takes a directory that exists; empty when somebody has it. */
    static Optional<OwnedDirectory> take(RunDirectory directory) {
        return RunLock.take(directory.lock()).map(lock -> new OwnedDirectory(directory, lock));
    }

    /**
     * Takes a directory that exists.
     *
     * @throws BadInputException when another process has it
     * @throws org.interregnum.orchestrator.event.EventLogException when nothing can be written there
     */
    public static OwnedDirectory of(RunDirectory directory) {
        return take(directory).orElseThrow(() -> refusal(directory));
    }

    /**
     * The same for a service, which may begin while the one before it still writes what it must.
     *
     * @param patience how long to wait for the other one
     */
    public static OwnedDirectory await(RunDirectory directory, Duration patience) {
        long begun = System.nanoTime();
        while (true) {
            Optional<OwnedDirectory> taken = take(directory);
            if (taken.isPresent()) {
                return taken.get();
            }
            if (System.nanoTime() - begun > patience.toNanos()) {
                throw refusal(directory);
            }
            try {
                Thread.sleep(PAUSE_MILLIS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw refusal(directory);
            }
        }
    }

    private static BadInputException refusal(RunDirectory directory) {
        return BadInputException.about(
                "RUN",
                directory.path().toString(),
                "another process is writing this run; must be a run that nobody writes, so wait for its end or end it first");
    }

    /** Which one it is. */
    public RunDirectory directory() {
        return directory;
    }

    /** Gives the right back, and removes a directory in which nothing was written. */
    public void abandon() {
        close();
        directory.removeIfEmpty();
    }

    /** Gives the right back. */
    @Override
    public void close() {
        lock.close();
    }
}
