package org.interregnum.orchestrator.adapter.file;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.function.Consumer;
import org.interregnum.orchestrator.adapter.json.CellOutcomeJson;
import org.interregnum.orchestrator.adapter.json.JsonChecksum;
import org.interregnum.orchestrator.event.EventLogException;
import org.interregnum.orchestrator.sweep.CellOutcome;

/**
 * What the cells of a sweep came to, as it came: lines of JSON, each with its checksum, in a file that is only added to. The
 * first line says of which grid it is; each other one has a cell's outcome, and the last one of a cell counts. A line that was cut off or
 * damaged counts as not there. In memory there is where each cell's line begins, and nothing more.
 *
 * <p>May be used by many threads.
 */
public final class SweepJournal implements AutoCloseable {
    private static final String LOCK = "sweep.lock";
    private static final String HEADING = "{\"format_version\":1,\"grid\":\"";
    private static final long NOWHERE = -1;

    private final Path path;
    private final RandomAccessFile file;
    private final long[] begins;
    private final DirectoryLock lock;
    private final int[] lengths;
    private final boolean[] finished;
    private int damaged;
    private long end;

    private SweepJournal(Path path, RandomAccessFile file, DirectoryLock lock, int cells) {
        this.path = path;
        this.file = file;
        this.lock = lock;
        begins = new long[cells];
        Arrays.fill(begins, NOWHERE);
        lengths = new int[cells];
        finished = new boolean[cells];
    }

    /**
     * Opens a sweep's journal, or begins it, for the only one who writes it.
     *
     * @param grid what tells this sweep's grid from every other, in one word
     * @param cells number of cells
     * @throws OtherGridException when it is of another grid
     * @throws EventLogException when it cannot be read or written, or is being written by another process
     */
    public static SweepJournal open(Path path, String grid, int cells) {
        // Not of the journal itself, which is read while it is written: who closes a reader lifts the lock.
        DirectoryLock lock = DirectoryLock.take(path.resolveSibling(LOCK))
                .orElseThrow(() -> new EventLogException("cannot write " + path + ": another process is writing it"));
        RandomAccessFile file = null;
        boolean whole = false;
        try {
            file = new RandomAccessFile(path.toFile(), "rw");
            SweepJournal journal = new SweepJournal(path, file, lock, cells);
            journal.begin(grid);
            whole = true;
            return journal;
        } catch (IOException e) {
            throw FileProblem.cannotWrite(path, e);
        } finally {
            if (!whole) {
                if (file != null) {
                    closeQuietly(file);
                }
                lock.close();
            }
        }
    }

    private static void closeQuietly(RandomAccessFile file) {
        try {
            file.close();
        } catch (IOException e) {
            // Something worse is on its way.
        }
    }

    private void begin(String grid) throws IOException {
        end = WholeLines.end(file);
        if (end == 0) {
            file.setLength(0);
            write(line(HEADING + grid + "\"}"));
            return;
        }
        // Half a line, which a process that was killed may have left.
        file.setLength(end);
        try (WholeLines lines = new WholeLines(path)) {
            String heading = new String(lines.next(), StandardCharsets.UTF_8);
            if (!line(HEADING + grid + "\"}").equals(heading + "\n")) {
                throw heading.startsWith(HEADING)
                        ? new OtherGridException(path + ": is of a sweep of another grid")
                        : new EventLogException(path + ": is no journal of a sweep");
            }
            long begin = lines.position();
            for (byte[] line = lines.next(); line != null; line = lines.next()) {
                learn(begin, line);
                begin = lines.position();
            }
        }
    }

    private void learn(long begin, byte[] line) {
        try {
            CellOutcome outcome = outcome(line);
            if (outcome.cell() < begins.length) {
                remember(outcome, begin, line.length);
                return;
            }
        } catch (IllegalArgumentException e) {
            // Counted below: the cell is done again.
        }
        damaged++;
    }

    private void remember(CellOutcome outcome, long begin, int length) {
        begins[outcome.cell()] = begin;
        lengths[outcome.cell()] = length;
        finished[outcome.cell()] = outcome.isFinished();
    }

    private static CellOutcome outcome(byte[] line) {
        JsonChecksum.require(line);
        return CellOutcomeJson.read(new String(line, StandardCharsets.UTF_8));
    }

    /** A line of an object, with its checksum as the last field. */
    private static String line(String json) {
        String fields = json.substring(0, json.length() - 1);
        byte[] bytes = fields.getBytes(StandardCharsets.UTF_8);
        return fields + ",\"" + JsonChecksum.FIELD + "\":\"" + JsonChecksum.of(bytes, bytes.length) + "\"}\n";
    }

    /** Number of lines that were damaged when it was opened. */
    public int damagedLines() {
        return damaged;
    }

    /** Whether a cell is finished. */
    public synchronized boolean isFinished(int cell) {
        return finished[cell];
    }

    /**
     * Adds what a cell came to; it is with the operating system when this returns.
     *
     * @throws EventLogException when it cannot be written
     */
    public synchronized void append(CellOutcome outcome) {
        long begin = end;
        try {
            int length = write(line(CellOutcomeJson.write(outcome)));
            remember(outcome, begin, length - 1);
        } catch (IOException e) {
            throw FileProblem.cannotWrite(path, e);
        }
    }

    private int write(String line) throws IOException {
        byte[] bytes = line.getBytes(StandardCharsets.UTF_8);
        FileChannel channel = file.getChannel();
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        long position = end;
        while (buffer.hasRemaining()) {
            position += channel.write(buffer, position);
        }
        end = position;
        return bytes.length;
    }

    /**
     * Hands on the outcome that counts of every cell that has one, in the order of the cells.
     *
     * @throws EventLogException when it can no longer be read
     */
    public synchronized void forEach(Consumer<CellOutcome> reader) {
        for (int cell = 0; cell < begins.length; cell++) {
            if (begins[cell] != NOWHERE) {
                reader.accept(read(cell));
            }
        }
    }

    private CellOutcome read(int cell) {
        byte[] line = new byte[lengths[cell]];
        try {
            file.seek(begins[cell]);
            file.readFully(line);
            return outcome(line);
        } catch (IOException e) {
            throw FileProblem.cannotRead(path, e);
        } catch (IllegalArgumentException e) {
            throw new EventLogException(path + ": the line of cell " + cell + " is damaged: " + e.getMessage(), e);
        }
    }

    /** Waits until everything is on the device, and lets go of the file. */
    @Override
    public synchronized void close() {
        try {
            file.getChannel().force(true);
            file.close();
        } catch (IOException e) {
            throw FileProblem.cannotWrite(path, e);
        } finally {
            lock.close();
        }
    }
}
