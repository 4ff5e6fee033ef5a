package org.interregnum.orchestrator.adapter.file;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.interregnum.orchestrator.adapter.protobuf.EventSize;
import org.interregnum.orchestrator.event.EventLog;
import org.interregnum.orchestrator.event.EventLogException;
import org.interregnum.orchestrator.event.MarketEvent;

/**
 * An event log in one file. Events are encoded and written on a thread of the log's own, which hands what it has
 * encoded to the operating system every {@value #INTERVAL_MILLIS} ms. A process that is killed loses what had not been
 * handed over: the events of about that time, or, where they come faster than they can be written, those that waited (of
 * at most 64 MiB). After {@link #flush()} all are on the device. The file is locked: a second writer is refused.
 */
public final class FileEventLog implements EventLog {
    private static final long INTERVAL_MILLIS = 20;
    private static final long INTERVAL_NANOS = INTERVAL_MILLIS * 1_000_000;

    /** Room for events on their way to the writer, in units of {@link EventSize}: 64 MiB. */
    private static final int ROOM = 1 << 16;

    private final Path path;
    private final LogFile file;
    private final Consumer<MarketEvent> follower;
    private final Queue<MarketEvent> waiting = new ConcurrentLinkedQueue<>();
    private final Semaphore room = new Semaphore(ROOM);
    private final AtomicLong forceWanted = new AtomicLong();
    private final Thread writer;
    private long forceDone;
    private final AtomicLong pending = new AtomicLong();
    private volatile boolean closing;
    private volatile EventLogException failure;

    private FileEventLog(Path path, LogFile file, Consumer<MarketEvent> follower) {
        this.path = path;
        this.file = file;
        this.follower = follower;
        writer = new Thread(this::writeEvents, "event-log-writer");
        writer.setDaemon(true);
        writer.start();
    }

    /**
     * Starts a new log.
     *
     * @param path the file; it must not exist
     * @throws EventLogException when it cannot be created
     */
    public static FileEventLog create(Path path) {
        return create(path, event -> {});
    }

    /**
     * Starts a new log that hands each event on once it is on its way to the file.
     *
     * @param path the file; it must not exist
     * @param follower called in order, on the log's own thread, for each event that was appended without an exception,
     *     those that could then not be written among them; must not throw
     * @throws EventLogException when it cannot be created
     */
    public static FileEventLog create(Path path, Consumer<MarketEvent> follower) {
        try {
            FileChannel channel = FileChannel.open(path, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
            return onChannel(path, channel, follower);
        } catch (IOException e) {
            throw FileProblem.cannotWrite(path, e);
        }
    }

    /**
     * Goes on with a log.
     *
     * @param path the file
     * @param end where the last whole record ends, as {@link FileEventLogReader#position()} says after the last event;
     *     what lies behind is cut off
     * @param follower as for {@link #create(Path, Consumer)}; it sees the new events only
     * @throws EventLogException when the file cannot be opened
     */
    public static FileEventLog resume(Path path, long end, Consumer<MarketEvent> follower) {
        try {
            FileChannel channel = FileChannel.open(path, StandardOpenOption.WRITE);
            return onChannel(path, channel, follower, () -> new LogFile(channel, end));
        } catch (IOException e) {
            throw FileProblem.cannotWrite(path, e);
        }
    }

    /** Starts a log in a channel that is open already. */
    static FileEventLog onChannel(Path path, FileChannel channel, Consumer<MarketEvent> follower) throws IOException {
        return onChannel(path, channel, follower, () -> LogFile.begin(channel));
    }

    private static FileEventLog onChannel(
            Path path, FileChannel channel, Consumer<MarketEvent> follower, Opening opening) throws IOException {
        boolean open = false;
        try {
            FileEventLog log = new FileEventLog(path, opening.open(), follower);
            open = true;
            return log;
        } finally {
            if (!open) {
                channel.close();
            }
        }
    }

    @Override
    public void append(MarketEvent event) {
        throwIfFailed();
        if (closing) {
            throw new EventLogException("cannot write " + path + ": the log is closed");
        }
        int units = EventSize.units(event, ROOM);
        if (!room.tryAcquire(units)) {
            LockSupport.unpark(writer);
            room.acquireUninterruptibly(units);
        }
        pending.incrementAndGet();
        waiting.add(event);
    }

    @Override
    public long pending() {
        return failure == null ? pending.get() : 0;
    }

    @Override
    public void flush() {
        long wanted = forceWanted.incrementAndGet();
        LockSupport.unpark(writer);
        synchronized (this) {
            while (forceDone < wanted && failure == null && writer.isAlive()) {
                try {
                    wait();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                    throw new EventLogException("interrupted while writing " + path, e);
                }
            }
        }
        throwIfFailed();
    }

    @Override
    public void close() {
        closing = true;
        LockSupport.unpark(writer);
        boolean interrupted = false;
        while (writer.isAlive()) {
            try {
                writer.join();
            } catch (InterruptedException e) {
                // A log that is half closed would lose events: finish first.
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        throwIfFailed();
    }

    private void writeEvents() {
        try {
            writeUntilClosed();
        } catch (RuntimeException | Error e) {
            fail(new EventLogException("cannot write " + path + ": " + e, e));
        } finally {
            release();
        }
    }

    private void writeUntilClosed() {
        try {
            while (true) {
                // Read before the queue is emptied: what was added before the wish is then in the file.
                boolean last = closing;
                long wanted = forceWanted.get();
                writeWaiting();
                if (last || wanted > forceDone) {
                    file.force();
                    forced(wanted);
                }
                if (last) {
                    return;
                }
                if (forceWanted.get() == wanted && !closing) {
                    LockSupport.parkNanos(INTERVAL_NANOS);
                }
            }
        } catch (IOException e) {
            fail(FileProblem.cannotWrite(path, e));
            handOnUntilClosed();
        }
    }

    private void writeWaiting() throws IOException {
        int taken = 0;
        long handedOver = System.nanoTime();
        for (MarketEvent event = waiting.peek(); event != null; event = waiting.peek()) {
            file.add(event);
            taken++;
            // Taken out only now: an event that could not be written still has to reach the follower.
            waiting.remove();
            follower.accept(event);
            room.release(EventSize.units(event, ROOM));
            // A caller that never lets the queue run empty must not keep back what is encoded.
            if (System.nanoTime() - handedOver >= INTERVAL_NANOS) {
                file.write();
                pending.addAndGet(-taken);
                handedOver = System.nanoTime();
                taken = 0;
            }
        }
        if (taken > 0) {
            file.write();
            pending.addAndGet(-taken);
        }
    }

    /** The caller has gone on from the events that it could append, so the follower gets them even without a file. */
    private void handOnUntilClosed() {
        while (true) {
            boolean last = closing;
            for (MarketEvent event = waiting.poll(); event != null; event = waiting.poll()) {
                follower.accept(event);
            }
            if (last) {
                return;
            }
            LockSupport.parkNanos(INTERVAL_NANOS);
        }
    }

    private synchronized void forced(long wanted) {
        forceDone = wanted;
        notifyAll();
    }

    private void fail(EventLogException problem) {
        if (failure != null) {
            return;
        }
        failure = problem;
        // Whoever waits for room gets it, and learns of the failure at its next call.
        room.release(Integer.MAX_VALUE - ROOM);
        synchronized (this) {
            notifyAll();
        }
    }

    private void release() {
        try {
            file.close();
        } catch (IOException e) {
            if (failure == null) {
                failure = FileProblem.cannotWrite(path, e);
            }
        }
    }

    private void throwIfFailed() {
        if (failure != null) {
            throw new EventLogException(failure.getMessage(), failure);
        }
    }

    private interface Opening {
        LogFile open() throws IOException;
    }
}
