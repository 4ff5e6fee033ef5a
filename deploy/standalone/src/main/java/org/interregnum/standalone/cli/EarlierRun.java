package org.interregnum.standalone.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.interregnum.orchestrator.adapter.export.RunDirectory;
import org.interregnum.orchestrator.adapter.file.FileEventLogReader;
import org.interregnum.orchestrator.adapter.file.FileRecordedDecisions;
import org.interregnum.orchestrator.event.EventLogException;
import org.interregnum.orchestrator.event.EventSource;
import org.interregnum.orchestrator.event.MarketEvent;
import org.interregnum.orchestrator.event.RunEnded;
import org.interregnum.orchestrator.event.RunForked;
import org.interregnum.orchestrator.event.RunStarted;
import org.interregnum.orchestrator.event.StepTaken;
import org.interregnum.orchestrator.run.RunCourse;
import org.interregnum.orchestrator.run.RunSpec;

/**
 * A run that has left its log and, if it had models, their decisions in a directory. Its events stay in the log, which
 * may be larger than memory, and are read again whenever they are needed.
 *
 * @param directory where it is
 * @param started its first event
 * @param opened whether its market opened
 * @param steps number of steps that it took
 * @param forks where it left the history of another run, in order
 * @param end its end; empty for a run that was killed
 * @param logEnd where its events but for its end stop in the log, in bytes
 * @param decisions the decisions of its models; empty in a run of rules, and where they were not read
 */
record EarlierRun(
        RunDirectory directory,
        RunStarted started,
        boolean opened,
        int steps,
        List<RunForked> forks,
        Optional<RunEnded> end,
        long logEnd,
        Optional<FileRecordedDecisions> decisions) {

    /**
     * The directory of a run.
     *
     * @throws BadInputException when there is none
     */
    static RunDirectory find(Path run) {
        RunDirectory directory = RunDirectory.of(run);
        if (!Files.isRegularFile(directory.eventLog())) {
            throw BadInputException.about(
                    "RUN", run.toString(), "holds no run; must be a directory with an events.log");
        }
        return directory;
    }

    /**
     * Reads a run, the whole log once, so that whatever is wrong with it is known before anything is done.
     *
     * @throws EventLogException when there is no log, or it or the decisions are damaged
     */
    static EarlierRun read(RunDirectory directory) {
        EarlierRun run = readLog(directory);
        return run.hasModels() ? run.withDecisions() : run;
    }

    /**
     * The same without the models' decisions, of which there may be many.
     *
     * @throws EventLogException when there is no log, or it is damaged
     */
    static EarlierRun readLog(RunDirectory directory) {
        try (FileEventLogReader reader = new FileEventLogReader(directory.eventLog())) {
            RunStarted started = start(reader, directory);
            boolean opened = false;
            int steps = 0;
            List<RunForked> forks = new ArrayList<>();
            Optional<RunEnded> end = Optional.empty();
            long logEnd = reader.position();
            for (MarketEvent event = reader.next(); event != null; event = reader.next()) {
                if (event instanceof RunEnded ended) {
                    end = Optional.of(ended);
                } else {
                    opened = true;
                    steps += event instanceof StepTaken ? 1 : 0;
                    logEnd = reader.position();
                    if (event instanceof RunForked fork) {
                        forks.add(fork);
                    }
                }
            }
            return new EarlierRun(directory, started, opened, steps, List.copyOf(forks), end, logEnd, Optional.empty());
        }
    }

    private EarlierRun withDecisions() {
        return new EarlierRun(
                directory,
                started,
                opened,
                steps,
                forks,
                end,
                logEnd,
                Optional.of(FileRecordedDecisions.read(directory.decisions())));
    }

    /** Whether anybody was a model, at any time. */
    boolean hasModels() {
        return course(spec()).hasModels();
    }

    private static RunStarted start(EventSource source, RunDirectory directory) {
        if (source.next() instanceof RunStarted started) {
            return started;
        }
        throw new EventLogException(directory.eventLog() + ": the log does not begin with the start of a run");
    }

    /**
     * Its events after the first, once more from the log; the caller asks for no more than there were.
     *
     * @throws EventLogException when the log can no longer be read
     */
    EventSource events() {
        return reopen();
    }

    private FileEventLogReader reopen() {
        FileEventLogReader reader = new FileEventLogReader(directory.eventLog());
        boolean ready = false;
        try {
            start(reader, directory);
            ready = true;
            return reader;
        } finally {
            if (!ready) {
                reader.close();
            }
        }
    }

    /**
     * Hands on its events after the first, but for its end, in order.
     *
     * @throws EventLogException when the log can no longer be read
     */
    void forEach(Consumer<MarketEvent> follower) {
        try (FileEventLogReader reader = reopen()) {
            // A run that is still going on has a longer log by now.
            while (reader.position() < logEnd) {
                follower.accept(reader.next());
            }
        }
    }

    /** A complaint about its log that names a file: those about how events follow from each other do not. */
    String named(String complaint) {
        return complaint.contains(directory.path().toString()) ? complaint : directory.eventLog() + ": " + complaint;
    }

    /** What was run, as it was in the end. */
    RunSpec spec() {
        RunForked last = forks.isEmpty() ? null : forks.get(forks.size() - 1);
        return new RunSpec(
                last == null ? started.parameters() : last.parameters(),
                (int) started.points(),
                started.seed(),
                started.generator(),
                Double.isNaN(started.burnIn()) ? RunSpec.DEFAULT_BURN_IN : started.burnIn(),
                last == null ? started.models() : last.models());
    }

    /**
     * What was run, from its beginning on.
     *
     * @param end what it is from its last fork on
     */
    RunCourse course(RunSpec end) {
        RunSpec beginning = new RunSpec(
                started.parameters(), end.points(), end.seed(), end.generator(), end.burnIn(), started.models());
        return new RunCourse(beginning, forks, end);
    }
}
