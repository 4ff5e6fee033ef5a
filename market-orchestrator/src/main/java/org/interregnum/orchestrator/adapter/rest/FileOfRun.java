package org.interregnum.orchestrator.adapter.rest;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A file of a run as it is.
 *
 * @param file the file, open only while it is copied
 */
record FileOfRun(Path file) implements Downloads.Content {
    @Override
    public void writeTo(OutputStream out) throws IOException {
        long unused = Files.copy(file, out);
    }

    @Override
    public void close() {
        // Nothing is open.
    }
}
