package org.interregnum.standalone.cli;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;

/**
 * Where a run's files will go.
 *
 * @param runId identifier of the run, also the name of its own directory when none was asked for
 * @param directory the directory; it is new or empty
 */
record RunPlace(String runId, Path directory) {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss", Locale.ROOT);
    private static final Path PARENT = Path.of("runs");

    /**
     * Finds the place and checks it, but creates nothing.
     *
     * @throws BadInputException when something else is there, or nothing can be created there
     */
    static RunPlace of(Optional<Path> asked) {
        int unique = new SecureRandom().nextInt(1 << 24);
        String runId = LocalDateTime.now().format(TIME) + String.format(Locale.ROOT, "-%06x", unique);
        RunPlace place = new RunPlace(runId, asked.orElse(PARENT.resolve(runId)));
        place.check();
        return place;
    }

    private void check() {
        try {
            if (Files.isDirectory(directory)) {
                try (DirectoryStream<Path> files = Files.newDirectoryStream(directory)) {
                    if (files.iterator().hasNext()) {
                        throw unusable("holds files already");
                    }
                }
            } else if (Files.exists(directory)) {
                throw unusable("is a file");
            }
        } catch (IOException e) {
            throw unusable("cannot be read");
        }
        Path there = directory.toAbsolutePath().normalize();
        while (there != null && !Files.exists(there)) {
            there = there.getParent();
        }
        if (there == null || !Files.isDirectory(there)) {
            throw unusable(there + " is a file");
        }
        if (!Files.isWritable(there)) {
            throw unusable(there + " cannot be written to");
        }
    }

    /**
     * Creates the directory.
     *
     * @throws BadInputException when the system does not let it
     */
    void create() {
        try {
            Files.createDirectories(directory);
        } catch (IOException e) {
            throw unusable("cannot be created");
        }
    }

    private BadInputException unusable(String problem) {
        return BadInputException.about("--out", directory.toString(), problem + "; " + Setting.OUT.rule());
    }
}
