package org.interregnum.standalone.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.interregnum.orchestrator.adapter.export.RunDirectory;
import org.interregnum.orchestrator.recording.RunPlace;
import org.interregnum.orchestrator.request.BadInputException;
import org.interregnum.orchestrator.request.Given;
import org.interregnum.orchestrator.request.RunFile;
import org.interregnum.orchestrator.request.RunFileContent;
import org.interregnum.orchestrator.request.RunRequest;
import org.interregnum.orchestrator.request.RunRequestReader;
import org.interregnum.orchestrator.request.Setting;
import org.interregnum.standalone.remote.ServiceAwayException;
import org.interregnum.standalone.remote.ServiceRefusalException;

/** {@code market --server URL run}: lets a service run a market, and follows it. */
final class RemoteRunCommand {
    private static final String NAME = "market run";
    private static final int NOT_FOUND = 404;

    private final Console console;
    private final RemoteService service;
    private final RemoteEnding ending;

    RemoteRunCommand(Console console, RemoteService service) {
        this.console = console;
        this.service = service;
        ending = new RemoteEnding(console, NAME, service);
    }

    /**
     * Creates a run and follows it.
     *
     * @param options what was given on the command line
     * @param file the run file, if any
     * @param id what the run is to be called; a name of its own when empty
     * @param detach whether only to create it
     */
    int execute(Map<Setting, Given> options, Optional<String> file, Optional<String> id, boolean detach) {
        RunFileContent content = file.map(RunFile::read).orElse(RunFileContent.NONE);
        RunRequest request = check(options, content);
        Optional<RunPlace> place = request.out().map(out -> RunPlace.find(request.out()));
        if (detach && place.isPresent()) {
            throw new BadInputException("--out has no effect with --detach; leave one of them out");
        }
        String run = id.map(name -> RemoteService.name("--id", name, "a run"))
                .orElseGet(
                        () -> RunDirectory.newPath(Instant.now()).getFileName().toString());
        String body = RemoteRequest.of(file.map(RunFile::text).orElse(""))
                .with(options)
                .without(Setting.OUT, Setting.QUIET)
                .json();
        try (Interruption interruption = new Interruption()) {
            interruption.stops(Thread.currentThread()::interrupt);
            try {
                JsonNode created = create(run, body);
                if (detach) {
                    console.out().println(run);
                    return ExitCode.DONE;
                }
                if (!request.quiet()) {
                    console.err()
                            .println(NAME + ": the run " + run + " is at "
                                    + service.client().address());
                }
                return ending.see(created, 0, request.quiet(), place);
            } catch (InterruptedException e) {
                return ending.left(run);
            }
        }
    }

    /** Says here what the service would say, in the words of the command line. */
    private static RunRequest check(Map<Setting, Given> options, RunFileContent file) {
        for (Setting setting : List.of(Setting.KAFKA, Setting.KAFKA_VALUES)) {
            Given given = options.getOrDefault(setting, file.settings().get(setting));
            if (given != null) {
                throw given.isBad("is the orchestrator service's to decide; must be left out with --server");
            }
        }
        Map<Setting, Given> all = new EnumMap<>(Setting.class);
        all.putAll(options);
        // Who decides is always a service: one that is named, or else that of the orchestrator.
        for (Setting target : List.of(Setting.SELLER_TARGET, Setting.BUYER_TARGET)) {
            if (!file.settings().containsKey(target)) {
                all.putIfAbsent(target, new Given(target.firstName(), "localhost:1"));
            }
        }
        return RunRequestReader.read(all, file);
    }

    /** A run whose answer was lost on its way may be there already; it is not asked for twice. */
    private JsonNode create(String run, String body) throws InterruptedException {
        String asking = "/runs?id=" + run;
        try {
            return service.client().post(asking, body);
        } catch (ServiceAwayException e) {
            if (!e.mayHaveArrived()) {
                throw e;
            }
        }
        return ending.watcher().patiently(() -> {
            try {
                return service.client().get("/runs/" + run);
            } catch (ServiceRefusalException e) {
                if (e.status() != NOT_FOUND) {
                    throw e;
                }
                return service.client().post(asking, body);
            }
        });
    }
}
