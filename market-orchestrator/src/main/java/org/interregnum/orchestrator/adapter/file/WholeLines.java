package org.interregnum.orchestrator.adapter.file;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.interregnum.orchestrator.adapter.json.JsonChecksum;
import org.interregnum.orchestrator.event.EventLogException;

/** Reads a file line by line; a last line without an end is not one. */
final class WholeLines implements AutoCloseable {
    private static final int BUFFER = 1 << 16;

    private final Path path;
    private final InputStream in;
    private final ByteArrayOutputStream line = new ByteArrayOutputStream(BUFFER);
    private long position;

    WholeLines(Path path) throws IOException {
        this.path = path;
        in = new BufferedInputStream(Files.newInputStream(path), BUFFER);
    }

    /** The next line without its end; null after the last. */
    byte[] next() throws IOException {
        line.reset();
        for (int value = in.read(); value >= 0; value = in.read()) {
            if (value == '\n') {
                position += line.size() + 1L;
                return line.toByteArray();
            }
            line.write(value);
        }
        requireTorn();
        return null;
    }

    /** What was cut off has no byte behind the end of its object: that one was a line's end before. */
    private void requireTorn() {
        byte[] rest = line.toByteArray();
        if (rest.length > 0 && JsonChecksum.isAtEnd(Arrays.copyOf(rest, rest.length - 1))) {
            throw new EventLogException(path + ", offset " + (position + rest.length - 1)
                    + ": damaged: something else is where a line ends");
        }
    }

    /** Where the last line returned ends, in bytes from the start of the file. */
    long position() {
        return position;
    }

    /** Where the last whole line of a file ends, found from behind. */
    static long end(RandomAccessFile file) throws IOException {
        byte[] chunk = new byte[BUFFER];
        for (long to = file.length(); to > 0; ) {
            long from = Math.max(0, to - BUFFER);
            file.seek(from);
            file.readFully(chunk, 0, (int) (to - from));
            for (int index = (int) (to - from) - 1; index >= 0; index--) {
                if (chunk[index] == '\n') {
                    return from + index + 1;
                }
            }
            to = from;
        }
        return 0;
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
