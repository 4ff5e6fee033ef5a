package org.interregnum.standalone.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.interregnum.orchestrator.event.RunStatus;
import org.interregnum.orchestrator.recording.RunPlace;
import org.interregnum.standalone.remote.RunFiles;
import org.interregnum.standalone.remote.RunWatcher;
import org.interregnum.standalone.remote.ServiceRefusalException;

/** Sees a run of a service through for a command: progress, signals, what came out, the exit code. */
final class RemoteEnding {
    private static final int NOT_FOUND = 404;

    private final Console console;
    private final String command;
    private final RemoteService service;
    private final RunWatcher watcher;

    /** @param command the command's name, for its complaints, such as {@code market run} */
    RemoteEnding(Console console, String command, RemoteService service) {
        this.console = console;
        this.command = command;
        this.service = service;
        watcher = service.watcher(console.saying(command));
    }

    /** How it waits for the service. */
    RunWatcher watcher() {
        return watcher;
    }

    /**
     * Follows a run with a display of its progress, and says what came of it.
     *
     * @param run the run as the service says it is
     * @param from first step of interest
     * @param place where its files go when it is over; empty when they stay where they are
     */
    int see(JsonNode run, long from, boolean quiet, Optional<RunPlace> place) throws InterruptedException {
        String id = run.path("id").asText();
        JsonNode end;
        try (Progress progress = Progress.start(console, run.path("steps").asLong(), quiet)) {
            end = watcher.watch(id, from, (step, json) -> {
                progress.reached(step);
                return true;
            });
        }
        return report(id, end, place);
    }

    /** What somebody is told who has enough of watching: the run goes on. */
    int left(String run) {
        console.err()
                .println("%s: the run %s is left to itself; '%s' watches it again, '%s' ends it"
                        .formatted(command, run, service.command("watch " + run), service.command("stop " + run)));
        return ExitCode.INTERRUPTED;
    }

    /** The exit code of a run that is over. */
    static int code(JsonNode end) {
        return ExitCode.of(status(end));
    }

    private static RunStatus status(JsonNode end) {
        return switch (end.path("state").asText()) {
            case "finished" -> RunStatus.FINISHED;
            case "budget_spent" -> RunStatus.BUDGET_SPENT;
            case "stopped" -> RunStatus.INTERRUPTED;
            default -> RunStatus.FAILED;
        };
    }

    private int report(String run, JsonNode end, Optional<RunPlace> place) throws InterruptedException {
        String files = "with '" + service.command("fetch " + run + " --out DIR") + "'";
        String soFar = "what there is so far can be had " + files;
        if (place.isPresent()) {
            Path directory = fetch(run, place.get());
            files = directory.toString();
            soFar = "what there is so far is in " + directory;
        }
        Optional<RemoteManifest> manifest = manifest(run);
        if (manifest.isEmpty()) {
            // It ended before it had a directory of its own, or its service has lost it.
            console.err().println(command + ": " + RemoteService.inWords(end));
            return code(end);
        }
        return new RunReport(
                        manifest.get().summary(status(end), files),
                        manifest.get().points() > 0,
                        false,
                        "",
                        end.path("reason").asText(""),
                        soFar,
                        Optional.of(service.command("resume " + run)),
                        manifest.get().leftOut(),
                        manifest.get().isWhole())
                .tell(console, command);
    }

    /** Fetches the files of a run. */
    Path fetch(String run, RunPlace place) throws InterruptedException {
        Path directory = place.create().path();
        List<String> names = new RunFiles(service.client()).fetch(run, directory, watcher);
        if (names.isEmpty()) {
            console.err().println(command + ": the run " + run + " has no files yet");
        }
        return directory;
    }

    private Optional<RemoteManifest> manifest(String run) throws InterruptedException {
        try {
            return Optional.of(new RemoteManifest(
                    watcher.patiently(() -> service.client().get("/runs/" + run + "/files/run.json"))));
        } catch (ServiceRefusalException e) {
            if (e.status() == NOT_FOUND) {
                return Optional.empty();
            }
            throw e;
        }
    }
}
