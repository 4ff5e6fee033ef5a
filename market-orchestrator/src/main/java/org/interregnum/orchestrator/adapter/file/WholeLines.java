package org.interregnum.orchestrator.adapter.file;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** Reads a file line by line; a last line without an end is not one. */
final class WholeLines implements AutoCloseable {
    private static final int BUFFER = 1 << 16;

    private final InputStream in;
    private final ByteArrayOutputStream line = new ByteArrayOutputStream(BUFFER);
    private long position;

    WholeLines(Path path) throws IOException {
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
        return null;
    }

    /** Where the last line returned ends, in bytes from the start of the file. */
    long position() {
        return position;
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
