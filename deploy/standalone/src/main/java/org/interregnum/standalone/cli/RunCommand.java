package org.interregnum.standalone.cli;

/** {@code market run}. */
final class RunCommand {
    private final Console console;

    RunCommand(Console console) {
        this.console = console;
    }

    int execute(RunRequest request) {
        MemoryNeed.of(request.spec()).require(request.spec());
        RunPlace place = RunPlace.of(request.out());
        place.create();
        return ExitCode.DONE;
    }
}
