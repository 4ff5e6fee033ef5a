package org.interregnum.orchestrator.adapter.export;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32;

/**
 * Writes a {@code .npz} file: a zip archive of stored {@code .npy} files. Arrays are written one after the other in a
 * stream; an array's shape and checksum are put in front of it when it ends, so its length need not be known before.
 * Sizes beyond 4 GiB use the zip64 fields. The JDK's own writer wants the checksum of a stored entry in advance.
 */
final class NpzFile implements Closeable {
    private static final int BUFFER = 1 << 18;
    private static final int LOCAL_HEADER = 0x04034b50;
    private static final int CENTRAL_HEADER = 0x02014b50;
    private static final int ZIP64_END = 0x06064b50;
    private static final int ZIP64_LOCATOR = 0x07064b50;
    private static final int END = 0x06054b50;
    private static final short ZIP64_EXTRA = 1;
    private static final short VERSION = 20;
    private static final short ZIP64_VERSION = 45;

    /** 1 January 1980, the zero of the format: the same run gives the same file. */
    private static final int NO_DATE = 0x00210000;

    /** Stands for "see the zip64 field", so it is no length. */
    static final long LIMIT = 0xFFFFFFFFL;

    private final FileChannel channel;
    private final long limit;
    private final ByteBuffer buffer = ByteBuffer.allocateDirect(BUFFER).order(ByteOrder.LITTLE_ENDIAN);
    private final CRC32 checksum = new CRC32();
    private final List<Entry> entries = new ArrayList<>();
    private long written;
    private Entry current;

    NpzFile(Path path) throws IOException {
        this(path, LIMIT);
    }

    /** @param limit size from which the zip64 fields are used; smaller than the format's in tests only */
    NpzFile(Path path, long limit) throws IOException {
        this.limit = limit;
        channel = FileChannel.open(
                path, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE);
    }

    /**
     * Starts an array.
     *
     * @param mostBytes bytes of its elements at most
     */
    void begin(String name, long mostBytes) throws IOException {
        byte[] fileName = (name + ".npy").getBytes(StandardCharsets.US_ASCII);
        current = new Entry(fileName, written, mostBytes + NpyType.HEADER_SIZE >= limit);
        written += current.headerSize() + NpyType.HEADER_SIZE;
        checksum.reset();
    }

    /** A buffer with room for at least so many bytes, little-endian, to put elements of the current array in. */
    ByteBuffer room(int bytes) throws IOException {
        if (buffer.remaining() < bytes) {
            drain();
        }
        return buffer;
    }

    /** Adds bytes to the current array. */
    void put(byte[] bytes) throws IOException {
        for (int offset = 0; offset < bytes.length; ) {
            int part = Math.min(bytes.length - offset, BUFFER);
            room(part).put(bytes, offset, part);
            offset += part;
        }
    }

    /** Adds numbers to the current array. */
    void put(double[] values, int count) throws IOException {
        int most = BUFFER / Double.BYTES;
        for (int offset = 0; offset < count; ) {
            int part = Math.min(count - offset, most);
            ByteBuffer target = room(part * Double.BYTES);
            target.asDoubleBuffer().put(values, offset, part);
            target.position(target.position() + part * Double.BYTES);
            offset += part;
        }
    }

    /** Ends the current array, now that its shape is known. */
    void end(byte[] npyHeader) throws IOException {
        drain();
        current.size = written - current.offset - current.headerSize();
        current.checksum =
                Crc32Concatenation.of(crc32(npyHeader), (int) checksum.getValue(), current.size - NpyType.HEADER_SIZE);
        ByteBuffer front = little(current.headerSize() + npyHeader.length);
        current.putLocalHeader(front);
        front.put(npyHeader);
        write(front.flip(), current.offset);
        entries.add(current);
        current = null;
    }

    /** Writes the archive's directory and closes the file. */
    void finish() throws IOException {
        long start = written;
        for (Entry entry : entries) {
            ByteBuffer header = little(128 + entry.name.length);
            entry.putCentralHeader(header);
            append(header.flip());
        }
        ByteBuffer end = little(128);
        putEnd(end, start, written - start);
        append(end.flip());
        channel.close();
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }

    private void putEnd(ByteBuffer out, long start, long size) {
        boolean large = start >= limit || size >= limit;
        if (large) {
            out.putInt(ZIP64_END).putLong(44).putShort(ZIP64_VERSION).putShort(ZIP64_VERSION);
            out.putInt(0).putInt(0).putLong(entries.size()).putLong(entries.size());
            out.putLong(size).putLong(start);
            out.putInt(ZIP64_LOCATOR).putInt(0).putLong(start + size).putInt(1);
        }
        out.putInt(END).putShort((short) 0).putShort((short) 0);
        out.putShort((short) entries.size()).putShort((short) entries.size());
        out.putInt((int) (large ? LIMIT : size)).putInt((int) (large ? LIMIT : start));
        out.putShort((short) 0);
    }

    private void drain() throws IOException {
        buffer.flip();
        checksum.update(buffer.duplicate());
        append(buffer);
        buffer.clear();
    }

    private void append(ByteBuffer bytes) throws IOException {
        int size = bytes.remaining();
        write(bytes, written);
        written += size;
    }

    private void write(ByteBuffer bytes, long position) throws IOException {
        long at = position;
        while (bytes.hasRemaining()) {
            at += channel.write(bytes, at);
        }
    }

    private static int crc32(byte[] bytes) {
        CRC32 crc = new CRC32();
        crc.update(bytes);
        return (int) crc.getValue();
    }

    private static ByteBuffer little(int size) {
        return ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
    }

    private final class Entry {
        private final byte[] name;
        private final long offset;
        private final boolean large;
        private long size;
        private int checksum;

        Entry(byte[] name, long offset, boolean large) {
            this.name = name;
            this.offset = offset;
            this.large = large;
        }

        int headerSize() {
            return 30 + name.length + (large ? 20 : 0);
        }

        void putLocalHeader(ByteBuffer out) {
            out.putInt(LOCAL_HEADER);
            putCommon(out, large);
            out.putShort((short) (large ? 20 : 0)).put(name);
            if (large) {
                out.putShort(ZIP64_EXTRA).putShort((short) 16).putLong(size).putLong(size);
            }
        }

        void putCentralHeader(ByteBuffer out) {
            boolean zip64 = large || offset >= limit;
            out.putInt(CENTRAL_HEADER).putShort(ZIP64_VERSION);
            putCommon(out, zip64);
            out.putShort((short) (zip64 ? 28 : 0));
            out.putShort((short) 0).putShort((short) 0).putShort((short) 0).putInt(0);
            out.putInt((int) (zip64 ? LIMIT : offset)).put(name);
            if (zip64) {
                out.putShort(ZIP64_EXTRA).putShort((short) 24);
                out.putLong(size).putLong(size).putLong(offset);
            }
        }

        /** Version, flags, method (stored), date, checksum, both sizes, length of the name. */
        private void putCommon(ByteBuffer out, boolean zip64) {
            out.putShort(zip64 ? ZIP64_VERSION : VERSION).putShort((short) 0).putShort((short) 0);
            out.putInt(NO_DATE).putInt(checksum);
            int shown = (int) (zip64 ? LIMIT : size);
            out.putInt(shown).putInt(shown).putShort((short) name.length);
        }
    }
}
