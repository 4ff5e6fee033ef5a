package org.interregnum.standalone.cli;

import java.util.Locale;
import org.interregnum.orchestrator.adapter.export.ExportException;
import org.interregnum.orchestrator.adapter.export.RunDirectory;
import org.interregnum.orchestrator.event.EventLogException;
import org.interregnum.orchestrator.event.RunStatus;
import org.interregnum.orchestrator.run.RunResult;
import org.interregnum.orchestrator.run.RunSpec;

/** {@code market run}: runs a market, writes its files, and says what came out. */
final class RunCommand {
    private static final String NAME = "market run: ";

    private final Console console;

    RunCommand(Console console) {
        this.console = console;
    }

    int execute(RunRequest request) {
        RunSpec spec = request.spec();
        MemoryNeed.of(spec).require(spec);
        RunDirectory directory = RunPlace.find(request.out()).create();
        try (Interruption interruption = new Interruption();
                RecordedRun run = RecordedRun.start(request, directory)) {
            interruption.stops(run::stop);
            return report(finish(request, run), directory);
        } catch (EventLogException | ExportException e) {
            complain(e.getMessage());
            return ExitCode.FAULT;
        } catch (OutOfMemoryError e) {
            complain("out of memory; a smaller market or more memory (MARKET_JAVA_OPTS=-Xmx...) would do");
            return ExitCode.FAULT;
        }
    }

    private Ending finish(RunRequest request, RecordedRun run) {
        RunResult result;
        try (Progress progress = Progress.start(console, request)) {
            result = run.run(progress);
        }
        return run.finish(result);
    }

    private int report(Ending ending, RunDirectory directory) {
        RunResult result = ending.result();
        if (result.logFailed()) {
            complain("stopped %s: %s; what there is so far is in %s"
                    .formatted(place(ending), result.reason(), directory.path()));
            return ExitCode.FAULT;
        }
        if (result.status() == RunStatus.FAILED) {
            complain("stopped %s because agents failed: %s; what there is so far is in %s"
                    .formatted(place(ending), result.reason(), directory.path()));
            return ExitCode.AGENTS_FAILED;
        }
        ending.leftOut().forEach(this::complain);
        if (result.status() == RunStatus.INTERRUPTED) {
            complain("interrupted %s; what there is so far is in %s".formatted(place(ending), directory.path()));
        }
        ending.summary().print(console.out(), console.colour());
        return switch (result.status()) {
            case FINISHED -> ending.whole() ? ExitCode.DONE : ExitCode.FAULT;
            case FAILED -> ExitCode.AGENTS_FAILED;
            case BUDGET_SPENT -> ExitCode.BUDGET_SPENT;
            case INTERRUPTED -> ExitCode.INTERRUPTED;
        };
    }

    private static String place(Ending ending) {
        RunResult result = ending.result();
        return result.series().points() == 0
                ? "before the market opened"
                : String.format(
                        Locale.ROOT,
                        "after step %d of %d",
                        result.steps(),
                        ending.summary().spec().steps());
    }

    private void complain(String problem) {
        console.err().println(NAME + problem);
    }
}
