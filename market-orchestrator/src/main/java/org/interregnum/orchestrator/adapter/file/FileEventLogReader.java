package org.interregnum.orchestrator.adapter.file;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.function.Consumer;
import org.interregnum.orchestrator.adapter.protobuf.MarketEventCodec;
import org.interregnum.orchestrator.event.EventLogException;
import org.interregnum.orchestrator.event.EventOrder;
import org.interregnum.orchestrator.event.EventSource;
import org.interregnum.orchestrator.event.MarketEvent;

/**
 * Reads a log file event by event. A last record that was cut off, as by a kill or a full disk, ends the log without an
 * error ({@link #isTorn()}); anything else that is not whole, or does not follow from what is before it, is an {@link
 * EventLogException} naming file and offset.
 */
public final class FileEventLogReader implements EventSource {
    private static final int BUFFER = 1 << 17;

    private final Path path;
    private final Consumer<MarketEvent> order;
    private final InputStream in;
    private byte[] payload = new byte[1 << 12];
    private long position;
    private boolean torn;

    /**
     * Opens a log and checks its header.
     *
     * @throws EventLogException when the file cannot be read, is no log, or was written by a newer version
     */
    public FileEventLogReader(Path path) {
        this(path, EventOrder.withOneEnd()::require);
    }

    /** @param order refuses events that cannot follow those before */
    FileEventLogReader(Path path, Consumer<MarketEvent> order) {
        this.path = path;
        this.order = order;
        try {
            in = new BufferedInputStream(Files.newInputStream(path), BUFFER);
        } catch (IOException e) {
            throw FileProblem.cannotRead(path, e);
        }
        boolean opened = false;
        try {
            readHeader();
            opened = true;
        } finally {
            if (!opened) {
                closeQuietly();
            }
        }
    }

    /**
     * The next event, or null after the last whole one.
     *
     * @throws EventLogException when the record is damaged, no event, or not the next one of a run, or the file cannot be
     *     read
     */
    @Override
    public MarketEvent next() {
        if (torn) {
            return null;
        }
        byte[] head = new byte[LogFileFormat.RECORD_HEADER_SIZE];
        int headRead = read(head, head.length);
        if (headRead < head.length) {
            torn = headRead > 0;
            return null;
        }
        ByteBuffer numbers = ByteBuffer.wrap(head).order(ByteOrder.LITTLE_ENDIAN);
        int size = numbers.getInt();
        if (numbers.getInt() != LogFileFormat.checksum(head, 0, Integer.BYTES) || size < 0) {
            if (isRestZero(head)) {
                torn = true;
                return null;
            }
            throw damaged("the record's length does not match its checksum");
        }
        return readEvent(size);
    }

    /** The file. */
    public Path path() {
        return path;
    }

    /** Where the last event returned ends, in bytes from the start of the file; a log is resumed here. */
    public long position() {
        return position;
    }

    /** Whether something follows the last event that is the beginning of a record only. Known after the last event. */
    public boolean isTorn() {
        return torn;
    }

    @Override
    public void close() {
        closeQuietly();
    }

    private MarketEvent readEvent(int size) {
        // A size that lies is found here at the latest; it must not cost memory first.
        if (size > payload.length && size > remaining()) {
            torn = true;
            return null;
        }
        int needed = Math.addExact(size, Integer.BYTES);
        if (payload.length < needed) {
            payload = new byte[Math.max(needed, payload.length * 2)];
        }
        if (read(payload, needed) < needed) {
            torn = true;
            return null;
        }
        int checksum = ByteBuffer.wrap(payload).order(ByteOrder.LITTLE_ENDIAN).getInt(size);
        if (checksum != LogFileFormat.checksum(payload, 0, size)) {
            throw damaged("the record does not match its checksum");
        }
        MarketEvent event;
        try {
            event = MarketEventCodec.decode(payload, 0, size);
            order.accept(event);
        } catch (EventLogException e) {
            throw new EventLogException(
                    String.format(Locale.ROOT, "%s, offset %d: %s", path, position, e.getMessage()), e);
        }
        position += (long) size + LogFileFormat.RECORD_OVERHEAD;
        return event;
    }

    private void readHeader() {
        byte[] header = new byte[LogFileFormat.HEADER_SIZE];
        int read = read(header, header.length);
        if (!LogFileFormat.startsWithMagic(header, read)) {
            throw new EventLogException(path + ", offset 0: not an event log of Interregnum");
        }
        if (read < header.length) {
            throw new EventLogException(
                    String.format(Locale.ROOT, "%s, offset %d: the log ends before its first event", path, read));
        }
        ByteBuffer numbers = ByteBuffer.wrap(header).order(ByteOrder.LITTLE_ENDIAN);
        int version = numbers.getInt(LogFileFormat.HEADER_SIZE - 2 * Integer.BYTES);
        if (numbers.getInt(LogFileFormat.HEADER_SIZE - Integer.BYTES)
                != LogFileFormat.checksum(header, 0, LogFileFormat.HEADER_SIZE - Integer.BYTES)) {
            throw damaged("the header does not match its checksum");
        }
        if (version != LogFileFormat.VERSION) {
            throw new EventLogException(String.format(
                    Locale.ROOT,
                    "%s, offset 8: the log has format version %d, this program reads version %d",
                    path,
                    version,
                    LogFileFormat.VERSION));
        }
        position = LogFileFormat.HEADER_SIZE;
    }

    /** After a power failure some file systems leave a file with its new length and zeros in it. */
    private boolean isRestZero(byte[] head) {
        for (byte value : head) {
            if (value != 0) {
                return false;
            }
        }
        byte[] rest = new byte[1 << 12];
        for (int read = read(rest, rest.length); read > 0; read = read(rest, rest.length)) {
            for (int index = 0; index < read; index++) {
                if (rest[index] != 0) {
                    return false;
                }
            }
        }
        return true;
    }

    private long remaining() {
        try {
            return Files.size(path) - position;
        } catch (IOException e) {
            throw FileProblem.cannotRead(path, e);
        }
    }

    private int read(byte[] bytes, int length) {
        try {
            return in.readNBytes(bytes, 0, length);
        } catch (IOException e) {
            throw FileProblem.cannotRead(path, e);
        }
    }

    private void closeQuietly() {
        try {
            in.close();
        } catch (IOException e) {
            // Nothing was written, so nothing is lost.
        }
    }

    private EventLogException damaged(String problem) {
        return new EventLogException(String.format(Locale.ROOT, "%s, offset %d: damaged: %s", path, position, problem));
    }
}
