package org.interregnum.standalone.remote;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;

/** The files of a run, as its service hands them out. */
public final class RunFiles {
    /** All that there may be, {@code run.json} last: where it is, the others are. */
    private static final List<String> NAMES = List.of(
            "request.yaml",
            "events.log",
            "decisions.jsonl",
            "asked.jsonl",
            "series.npz",
            "series.csv",
            "correlation.csv",
            "market.png",
            "market.svg",
            "run.json");

    private static final int NOT_FOUND = 404;

    private final OrchestratorClient service;

    public RunFiles(OrchestratorClient service) {
        this.service = service;
    }

    /**
     * Fetches all that there are.
     *
     * @param directory where they go; it is there
     * @param waiting how a service is waited for that is away
     * @return the names of those that there were
     * @throws UncheckedIOException when they cannot be written
     */
    public List<String> fetch(String run, Path directory, RunWatcher waiting) throws InterruptedException {
        List<String> fetched = new ArrayList<>();
        for (String name : NAMES) {
            if (waiting.patiently(() -> fetch(run, name, directory.resolve(name)))) {
                fetched.add(name);
            }
        }
        return fetched;
    }

    private boolean fetch(String run, String name, Path file) throws InterruptedException {
        Path unfinished = file.resolveSibling(name + ".part");
        try (InputStream body = service.open("/runs/" + run + "/files/" + name)) {
            try (OutputStream out = Files.newOutputStream(unfinished)) {
                copy(body, out);
            }
            Files.move(unfinished, file, StandardCopyOption.REPLACE_EXISTING);
            return true;
        } catch (ServiceRefusalException e) {
            if (e.status() == NOT_FOUND) {
                return false;
            }
            throw e;
        } catch (IOException e) {
            throw new UncheckedIOException(file + " cannot be written: " + e.getMessage(), e);
        }
    }

    /** Parts what goes wrong with the service, which may be asked again, from what does with the disk. */
    private void copy(InputStream from, OutputStream to) throws IOException {
        byte[] piece = new byte[1 << 16];
        while (true) {
            int size;
            try {
                size = from.read(piece);
            } catch (IOException e) {
                throw ServiceProblem.of(service.address(), e);
            }
            if (size < 0) {
                return;
            }
            to.write(piece, 0, size);
        }
    }
}
