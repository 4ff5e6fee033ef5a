package org.interregnum.orchestrator.adapter.export;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** A file that is replaced as a whole: whoever reads meanwhile sees the old one or the new one, never a part. */
public final class WholeFile {
    private WholeFile() {}

    /** Writes what is to be in a file. */
    @FunctionalInterface
    public interface Content {
        /** Writes it to another file beside the one that it is for. */
        void write(Path unfinished) throws IOException;
    }

    /**
     * Writes a file, or, when that fails, leaves what was there and nothing beside it.
     *
     * @throws IOException when it cannot be written
     */
    public static void write(Path file, Content content) throws IOException {
        Path unfinished = file.resolveSibling(file.getFileName() + ".part");
        boolean whole = false;
        try {
            content.write(unfinished);
            Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            whole = true;
        } finally {
            if (!whole) {
                Files.deleteIfExists(unfinished);
            }
        }
    }
}
