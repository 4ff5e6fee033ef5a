package org.interregnum.orchestrator.adapter.file;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.util.Arrays;
import org.interregnum.orchestrator.adapter.protobuf.MarketEventCodec;
import org.interregnum.orchestrator.event.MarketEvent;

/** The end of a log file, where records are added. Used by one thread. */
final class LogFile {
    private static final int CHUNK = 1 << 18;

    private final FileChannel channel;
    private ByteBuffer buffer = ByteBuffer.allocate(CHUNK + (CHUNK >> 2)).order(ByteOrder.LITTLE_ENDIAN);
    private long end;

    /** @param end where the next record goes: right behind the header or the last whole record */
    LogFile(FileChannel channel, long end) throws IOException {
        this.channel = channel;
        this.end = end;
        channel.truncate(end);
    }

    /** Writes the header of an empty file. */
    static LogFile begin(FileChannel channel) throws IOException {
        LogFile file = new LogFile(channel, 0);
        file.buffer.put(LogFileFormat.header());
        file.write();
        return file;
    }

    /** Adds a record; it reaches the file with {@link #write()}, or earlier when much has gathered. */
    void add(MarketEvent event) throws IOException {
        MarketEventCodec.Encoded payload = MarketEventCodec.prepare(event);
        int size = payload.size();
        makeRoom(size + LogFileFormat.RECORD_OVERHEAD);
        int start = buffer.position();
        buffer.putInt(size);
        buffer.putInt(LogFileFormat.checksum(buffer.array(), start, Integer.BYTES));
        payload.writeTo(buffer.array(), buffer.position());
        int checksum = LogFileFormat.checksum(buffer.array(), buffer.position(), size);
        buffer.position(buffer.position() + size);
        buffer.putInt(checksum);
        if (buffer.position() >= CHUNK) {
            write();
        }
    }

    /** Hands what has gathered to the operating system. */
    void write() throws IOException {
        buffer.flip();
        int size = buffer.limit();
        try {
            while (buffer.hasRemaining()) {
                channel.write(buffer, end + buffer.position());
            }
        } catch (IOException e) {
            cutOff(wholeRecords(buffer.position()));
            throw e;
        }
        end += size;
        buffer.clear();
    }

    /** Waits until the device has what was written. */
    void force() throws IOException {
        channel.force(false);
    }

    void close() throws IOException {
        channel.close();
    }

    /** Bytes of the whole records in the part of the buffer that was written; none of a header that was cut off. */
    private int wholeRecords(int written) {
        int whole = 0;
        while (end > 0 && whole + LogFileFormat.RECORD_OVERHEAD <= written) {
            int next = whole + LogFileFormat.RECORD_OVERHEAD + buffer.getInt(whole);
            if (next > written) {
                break;
            }
            whole = next;
        }
        return whole;
    }

    /** Half a record at the end would do no harm, a reader knows it; but whole records alone are easier to explain. */
    private void cutOff(int whole) {
        try {
            channel.truncate(end + whole);
        } catch (IOException e) {
            // The failure that led here is the one to report.
        }
    }

    private void makeRoom(int size) throws IOException {
        if (buffer.remaining() >= size) {
            return;
        }
        write();
        if (buffer.capacity() < size) {
            buffer = ByteBuffer.wrap(Arrays.copyOf(buffer.array(), size)).order(ByteOrder.LITTLE_ENDIAN);
        }
    }
}
