package org.interregnum.orchestrator.sweeping;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.interregnum.orchestrator.adapter.export.RunDirectory;

/**
 * Where a sweep's files are, and what they are called.
 *
 * @param path the directory itself
 */
public record SweepDirectory(Path path) {
    /** The manifest. */
    public Path manifest() {
        return path.resolve("sweep.json");
    }

    /** What cells came to, as they came to it. */
    public Path journal() {
        return path.resolve("cells.jsonl");
    }

    /** The directory of a cell's run, if it has one. */
    public RunDirectory run(int cell) {
        return RunDirectory.of(path.resolve("runs").resolve(String.format(Locale.ROOT, "cell-%06d", cell)));
    }

    /** Whether there is a sweep, or what a process left of one that was killed while it began. */
    public boolean hasSweep() {
        return Files.exists(journal()) || Files.exists(manifest()) || Files.exists(path.resolve("sweep.json.part"));
    }
}
