package org.interregnum.standalone.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.interregnum.orchestrator.recording.RunPlace;
import org.interregnum.orchestrator.request.Given;
import org.interregnum.orchestrator.request.RunFile;
import org.interregnum.orchestrator.request.Setting;
import org.interregnum.orchestrator.request.Values;
import org.interregnum.orchestrator.service.RunState;
import org.interregnum.standalone.remote.ServiceAwayException;
import org.interregnum.standalone.remote.ServiceRefusalException;

/** What the command does with runs of a service, beside {@code run}. */
final class RemoteCommands {
    private static final int SERVER_ERROR = 500;
    private static final int BAD_GATEWAY = 502;

    private final Console console;
    private final String command;
    private final RemoteService service;

    /** @param command the command's name, for its complaints, such as {@code market list} */
    RemoteCommands(Console console, String command, RemoteService service) {
        this.console = console;
        this.command = command;
        this.service = service;
    }

    /** Something that speaks to a service. */
    interface Work {
        int run() throws InterruptedException;
    }

    /** Does it, and says in a line what went wrong. */
    int execute(Work work) {
        try {
            return work.run();
        } catch (ServiceAwayException | UncheckedIOException e) {
            complain(e.getMessage());
            return ExitCode.FAULT;
        } catch (ServiceRefusalException e) {
            complain(e.getMessage());
            if (e.status() == BAD_GATEWAY) {
                return ExitCode.AGENTS_FAILED;
            }
            return e.status() >= SERVER_ERROR ? ExitCode.FAULT : ExitCode.BAD_INPUT;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return ExitCode.INTERRUPTED;
        }
    }

    /**
     * Lists runs.
     *
     * @param state only those in this state
     * @param limit how many at most
     * @param after only those behind this one
     */
    int list(Optional<Given> state, Optional<Long> limit, Optional<String> after, boolean json)
            throws InterruptedException {
        List<String> states =
                Arrays.stream(RunState.values()).map(RunState::word).toList();
        state.filter(given -> !states.contains(given.text())).ifPresent(given -> {
            throw given.isBad("must be one of " + String.join(", ", states));
        });
        String query = Stream.of(
                        state.map(given -> "state=" + given.text()),
                        limit.map(most -> "limit=" + most),
                        after.map(run -> "after=" + run))
                .flatMap(Optional::stream)
                .collect(Collectors.joining("&"));
        JsonNode runs = service.client().get("/runs" + (query.isEmpty() ? "" : "?" + query));
        if (json) {
            console.out().println(runs);
            return ExitCode.DONE;
        }
        TextTable table = new TextTable("RUN", "STATE", "STEP", "OF", "CREATED", "REASON");
        runs.forEach(run -> table.add(
                run.path("id").asText(),
                run.path("state").asText(),
                run.path("step").asText(),
                run.path("steps").asText(),
                run.path("created").asText().replaceFirst("\\.\\d+Z$", "Z"),
                run.path("reason").asText()));
        table.print(console.out());
        return ExitCode.DONE;
    }

    /**
     * Watches a run to its end.
     *
     * @param from first step; empty for the first that there is, or of a display the one where the run is
     * @param asLines whether each step is a line of JSON
     */
    int watch(String run, Optional<Long> from, boolean asLines) throws InterruptedException {
        RemoteEnding ending = new RemoteEnding(console, command, service);
        JsonNode now = service.client().get("/runs/" + run);
        try (Interruption interruption = new Interruption()) {
            interruption.stops(Thread.currentThread()::interrupt);
            try {
                return asLines
                        ? lines(ending, run, from.orElse(0L))
                        : ending.see(now, from.orElse(now.path("step").asLong()), false, Optional.empty());
            } catch (InterruptedException e) {
                return ending.left(run);
            }
        }
    }

    private int lines(RemoteEnding ending, String run, long from) throws InterruptedException {
        LineOutput out = new LineOutput(console);
        JsonNode end = ending.watcher().watch(run, from, (step, json) -> {
            try {
                return out.add(json) && out.flush();
            } catch (IOException e) {
                throw new UncheckedIOException("cannot write to standard output: " + e.getMessage(), e);
            }
        });
        if (end == null) {
            return ExitCode.DONE;
        }
        int code = RemoteEnding.code(end);
        if (code != ExitCode.DONE) {
            complain(RemoteService.inWords(end));
        }
        return code;
    }

    /** Pauses, resumes or stops a run, or lets it take steps. */
    int act(String run, String action, String body) throws InterruptedException {
        console.out().println(RemoteService.inWords(service.client().post("/runs/" + run + "/" + action, body)));
        return ExitCode.DONE;
    }

    /** Removes a run that is over, with the files that the service has of it. */
    int remove(String run) throws InterruptedException {
        service.client().delete("/runs/" + run);
        console.out().println(run + " is removed");
        return ExitCode.DONE;
    }

    /** Refuses what can be said of runs of this machine only. */
    static void requireWithout(Map<Setting, Given> options, Setting... local) {
        for (Setting setting : local) {
            if (options.containsKey(setting)) {
                throw options.get(setting).isBad("is for runs of this machine; must be left out with --server");
            }
        }
    }

    /** Lets a run go on, with other limits where options say so. */
    int resume(String run, Map<Setting, Given> options, boolean paused) throws InterruptedException {
        requireWithout(options, Setting.KAFKA, Setting.QUIET);
        String action = paused ? "resume?paused=true" : "resume";
        if (options.isEmpty()) {
            return act(run, action, "");
        }
        String asked = text("/runs/" + run + "/files/request.yaml");
        Object unused = RunFile.parse("request.yaml of " + run, asked);
        return act(run, action, RemoteRequest.of(asked).with(options).json());
    }

    private String text(String path) throws InterruptedException {
        try (InputStream body = service.client().open(path)) {
            return new String(body.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(service.client().address() + ": " + e.getMessage(), e);
        }
    }

    /** Fetches the files of a run. */
    int fetch(String run, Given out) throws InterruptedException {
        RunPlace place = RunPlace.find(Optional.of(Values.path(Setting.OUT, out)));
        Object unused = service.client().get("/runs/" + run);
        console.out().println(new RemoteEnding(console, command, service).fetch(run, place));
        return ExitCode.DONE;
    }

    /** Prints the events of some steps of a run, as they are in its log. */
    int events(String run, long from, long to) throws InterruptedException {
        LineOutput out = new LineOutput(console);
        try (BufferedReader lines = new BufferedReader(
                new InputStreamReader(service.client().open("/runs/" + run + "/events"), StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                long step = EventLine.step(line);
                if (step >= from && step <= to && !out.add(line)) {
                    return ExitCode.DONE;
                }
            }
            out.flush();
            return ExitCode.DONE;
        } catch (IOException e) {
            throw new UncheckedIOException("the events broke off: " + e.getMessage(), e);
        }
    }

    private void complain(String problem) {
        console.err().println(command + ": " + problem.replaceAll("\\p{Cntrl}+", " "));
    }
}
