package org.interregnum.standalone.cli;

import java.util.Locale;
import java.util.function.Supplier;
import org.interregnum.orchestrator.adapter.export.ExportException;
import org.interregnum.orchestrator.adapter.export.RunDirectory;
import org.interregnum.orchestrator.event.EventLogException;
import org.interregnum.orchestrator.event.RunStatus;
import org.interregnum.orchestrator.recording.Ending;
import org.interregnum.orchestrator.recording.RecordedRun;
import org.interregnum.orchestrator.request.RunRequest;
import org.interregnum.orchestrator.run.RunListener;
import org.interregnum.orchestrator.run.RunResult;
import org.interregnum.orchestrator.run.RunSpec;

/** Sees a run through for a command: signals, progress, what came out, the exit code. */
final class RunEnding {
    private final Console console;
    private final String command;

    /** @param command the command's name, for its complaints, such as {@code market run} */
    RunEnding(Console console, String command) {
        this.console = console;
        this.command = command;
    }

    /**
     * Runs to the end, whatever that is.
     *
     * @param starting makes the run ready
     * @param follower hears of the run besides the progress
     * @return the exit code
     */
    int see(RunRequest request, RunDirectory directory, Supplier<RecordedRun> starting, RunListener follower) {
        if (!request.quiet() && !isReplay()) {
            new ModelKeys(System.getenv()).sent(request.spec().models()).forEach(this::complain);
        }
        try (Interruption interruption = new Interruption();
                RecordedRun run = starting.get()) {
            interruption.stops(run::stop);
            RunResult result;
            try (Progress progress = Progress.start(console, request, run.statistics())) {
                result = run.run(progress.and(follower));
            }
            return report(run.finish(result), request.spec(), directory);
        } catch (EventLogException | ExportException e) {
            complain(e.getMessage());
            return ExitCode.FAULT;
        } catch (OutOfMemoryError e) {
            complain("out of memory; a smaller market or more memory (MARKET_JAVA_OPTS=-Xmx...) would do");
            return ExitCode.FAULT;
        }
    }

    private int report(Ending ending, RunSpec spec, RunDirectory directory) {
        RunResult result = ending.result();
        if (result.logFailed()) {
            complain("stopped %s: %s; what there is so far is in %s"
                    .formatted(place(result, spec), result.reason(), directory.path()));
            return ExitCode.FAULT;
        }
        String soFar = "what there is so far is in " + directory.path();
        String goesOn = isReplay() ? soFar : soFar + ", and 'market resume " + directory.path() + "'";
        if (result.status() == RunStatus.FAILED) {
            complain("stopped %s%s: %s; %s"
                    .formatted(
                            place(result, spec),
                            isReplay() ? "" : " because agents failed",
                            result.reason(),
                            isReplay() ? goesOn : goesOn + " goes on"));
            return ExitCode.AGENTS_FAILED;
        }
        ending.leftOut().forEach(this::complain);
        if (result.status() == RunStatus.INTERRUPTED) {
            complain("interrupted %s; %s".formatted(place(result, spec), isReplay() ? goesOn : goesOn + " goes on"));
        }
        if (result.status() == RunStatus.BUDGET_SPENT) {
            complain("stopped %s at a budget: %s; %s with a larger budget goes on"
                    .formatted(place(result, spec), result.reason(), goesOn));
        }
        new Summary(
                        spec,
                        result.status(),
                        result.steps(),
                        result.nanosAStep(),
                        ending.order(),
                        ending.regime(),
                        directory.path(),
                        ending.models())
                .print(console.out(), console.colour());
        return switch (result.status()) {
            case FINISHED -> ending.whole() ? ExitCode.DONE : ExitCode.FAULT;
            case FAILED -> ExitCode.AGENTS_FAILED;
            case BUDGET_SPENT -> ExitCode.BUDGET_SPENT;
            case INTERRUPTED -> ExitCode.INTERRUPTED;
        };
    }

    /** A replay asks nobody: neither do agents fail it, nor is it ever resumed. */
    private boolean isReplay() {
        return command.equals("market replay");
    }

    private static String place(RunResult result, RunSpec spec) {
        return result.series().points() == 0
                ? "before the market opened"
                : String.format(Locale.ROOT, "after step %d of %d", result.steps(), spec.steps());
    }

    private void complain(String problem) {
        console.err().println(command + ": " + problem);
    }
}
