package org.interregnum.orchestrator.adapter.file;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32C;

/**
 * Layout of a log file; numbers are little-endian.
 *
 * <pre>
 * file   = header record*
 * header = magic (8 bytes), version (4), CRC32C of those 12 bytes (4)
 * record = length of the payload (4), CRC32C of those 4 bytes (4), payload, CRC32C of the payload (4)
 * </pre>
 *
 * <p>The payload is one {@code interregnum.event.v1.MarketEvent}. The length has a checksum of its own so that damage to
 * it is not mistaken for a record that was cut off.
 */
final class LogFileFormat {
    static final int VERSION = 1;
    static final int HEADER_SIZE = 16;
    static final int RECORD_HEADER_SIZE = 8;
    static final int RECORD_OVERHEAD = RECORD_HEADER_SIZE + 4;

    /** Like PNG's: a byte that no text has, and a line end that a text-mode copy would change. */
    private static final byte[] MAGIC = "\u0089IREGN\r\n".getBytes(StandardCharsets.ISO_8859_1);

    private LogFileFormat() {}

    static byte[] header() {
        return header(VERSION);
    }

    static byte[] header(int version) {
        ByteBuffer header = ByteBuffer.allocate(HEADER_SIZE).order(ByteOrder.LITTLE_ENDIAN);
        header.put(MAGIC).putInt(version);
        header.putInt(checksum(header.array(), 0, header.position()));
        return header.array();
    }

    /** Whether the bytes can be the beginning of a log, or all of one's header. */
    static boolean startsWithMagic(byte[] bytes, int length) {
        for (int index = 0; index < Math.min(length, MAGIC.length); index++) {
            if (bytes[index] != MAGIC[index]) {
                return false;
            }
        }
        return true;
    }

    static int checksum(byte[] bytes, int offset, int length) {
        CRC32C checksum = new CRC32C();
        checksum.update(bytes, offset, length);
        return (int) checksum.getValue();
    }
}
