package org.interregnum.standalone.cli;

import java.io.ByteArrayOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** Standard output for very many lines. It is written in whole lines, and tells when nobody reads on. */
final class LineOutput {
    private static final int ENOUGH = 1 << 16;

    private final OutputStream out;
    private final ByteArrayOutputStream lines = new ByteArrayOutputStream(2 * ENOUGH);

    LineOutput(Console console) {
        // The process' own stream would keep from us why it cannot be written.
        out = console.out() == System.out ? new FileOutputStream(FileDescriptor.out) : console.out();
    }

    /**
     * Adds a line.
     *
     * @return whether there may be somebody who reads it
     * @throws IOException when it cannot be written for another reason than that the reader has gone
     */
    boolean add(String line) throws IOException {
        byte[] bytes = line.getBytes(StandardCharsets.UTF_8);
        lines.write(bytes, 0, bytes.length);
        lines.write('\n');
        return lines.size() < ENOUGH || flush();
    }

    /** Writes what was added, as {@link #add} does. */
    boolean flush() throws IOException {
        try {
            lines.writeTo(out);
            lines.reset();
            out.flush();
            return true;
        } catch (IOException e) {
            if (isClosedPipe(e)) {
                return false;
            }
            throw e;
        }
    }

    /** Java has no other sign of it than the words of the operating system, "Broken pipe" or "The pipe is being closed". */
    private static boolean isClosedPipe(IOException e) {
        return e.getMessage() != null && e.getMessage().toLowerCase(Locale.ROOT).contains("pipe");
    }
}
