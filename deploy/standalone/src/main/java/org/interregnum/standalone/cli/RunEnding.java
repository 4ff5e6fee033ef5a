package org.interregnum.standalone.cli;

import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Supplier;
import org.interregnum.orchestrator.adapter.export.ExportException;
import org.interregnum.orchestrator.event.EventLogException;
import org.interregnum.orchestrator.recording.Ending;
import org.interregnum.orchestrator.recording.OwnedDirectory;
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
     * @param directory where its files go; closed when they are written
     * @param starting makes the run ready
     * @param follower hears of the run besides the progress
     * @return the exit code
     */
    int see(RunRequest request, OwnedDirectory directory, Supplier<RecordedRun> starting, RunListener follower) {
        if (!request.quiet() && !isReplay()) {
            new ModelKeys(System.getenv()).sent(request.spec().models()).forEach(this::complain);
        }
        // Given back while a signal still waits: nothing of it is to stay behind.
        try (Interruption interruption = new Interruption();
                directory;
                RecordedRun run = starting.get()) {
            interruption.stops(run::stop);
            RunResult result;
            try (Progress progress = Progress.start(console, request, run.statistics())) {
                result = run.run(progress.and(follower));
            }
            return report(
                    run.finish(result), request.spec(), directory.directory().path());
        } catch (EventLogException | ExportException e) {
            complain(e.getMessage());
            return ExitCode.FAULT;
        } catch (OutOfMemoryError e) {
            complain("out of memory; a smaller market or more memory (MARKET_JAVA_OPTS=-Xmx...) would do");
            return ExitCode.FAULT;
        }
    }

    private int report(Ending ending, RunSpec spec, Path directory) {
        RunResult result = ending.result();
        Summary summary = new Summary(
                spec.market().sellers(),
                spec.steps(),
                result.status(),
                result.steps(),
                result.nanosAStep(),
                ending.order(),
                ending.regime(),
                directory.toString(),
                ending.models());
        return new RunReport(
                        summary,
                        result.series().points() > 0,
                        result.logFailed(),
                        isReplay() ? "" : " because agents failed",
                        result.reason(),
                        ending.takenOver()
                                ? "%1$s stays as it was; when that one has ended, 'market resume %1$s' brings it up to date"
                                        .formatted(directory)
                                : "what there is so far is in " + directory,
                        isReplay() ? Optional.empty() : Optional.of("market resume " + directory),
                        ending.leftOut(),
                        ending.whole())
                .tell(console, command);
    }

    /** A replay asks nobody: neither do agents fail it, nor is it ever resumed. */
    private boolean isReplay() {
        return command.equals("market replay");
    }

    private void complain(String problem) {
        console.err().println(command + ": " + problem);
    }
}
