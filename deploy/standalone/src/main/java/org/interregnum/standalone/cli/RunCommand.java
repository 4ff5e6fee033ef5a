package org.interregnum.standalone.cli;

import org.interregnum.orchestrator.adapter.export.RunDirectory;
import org.interregnum.orchestrator.run.RunListener;
import org.interregnum.orchestrator.run.RunSpec;

/** {@code market run}: runs a market, writes its files, and says what came out. */
final class RunCommand {
    private final Console console;

    RunCommand(Console console) {
        this.console = console;
    }

    int execute(RunRequest request) {
        RunSpec spec = request.spec();
        MemoryNeed.of(spec).require(spec);
        ModelPrompts.requireWordings(spec.models());
        new ModelKeys(System.getenv()).require(spec.models());
        RunDirectory directory = RunPlace.find(request.out()).create();
        return new RunEnding(console, "market run")
                .see(request, directory, () -> RecordedRun.start(request, directory), RunListener.NONE);
    }
}
