package org.interregnum.standalone.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.interregnum.orchestrator.adapter.export.RunDirectory;
import org.interregnum.orchestrator.adapter.file.FileEventLogReader;
import org.interregnum.orchestrator.adapter.file.FileRecordedDecisions;
import org.interregnum.orchestrator.event.EventLogException;
import org.interregnum.orchestrator.event.EventSource;
import org.interregnum.orchestrator.event.MarketEvent;
import org.interregnum.orchestrator.event.RunEnded;
import org.interregnum.orchestrator.event.RunStarted;
import org.interregnum.orchestrator.event.StepTaken;
import org.interregnum.orchestrator.run.RunSpec;

/**
 * A run that has left its log and, if it had models, their decisions in a directory.
 *
 * @param directory where it is
 * @param started its first event
 * @param events its other events in order, but for its end
 * @param end its end; empty for a run that was killed
 * @param logEnd where its events but for its end stop in the log, in bytes
 * @param decisions the decisions of its models; empty in a run of rules
 */
record EarlierRun(
        RunDirectory directory,
        RunStarted started,
        List<MarketEvent> events,
        Optional<RunEnded> end,
        long logEnd,
        Optional<FileRecordedDecisions> decisions) {

    /**
     * The directory of a run whose log is a file.
     *
     * @throws BadInputException when there is none
     */
    static RunDirectory find(Path run) {
        RunDirectory directory = RunDirectory.of(run);
        if (!Files.isRegularFile(directory.eventLog())) {
            throw BadInputException.about(
                    "RUN",
                    run.toString(),
                    "holds no run; must be a directory with an events.log, or whose run.json names a log on Kafka");
        }
        return directory;
    }

    /**
     * Reads a run, wherever its log is.
     *
     * @throws BadInputException when there is none
     * @throws EventLogException when it or the decisions are damaged
     */
    static EarlierRun read(Path run) {
        Optional<KafkaPlace> place = KafkaPlace.find(run, Optional.empty());
        if (place.isEmpty()) {
            return read(find(run));
        }
        try (EventSource source = KafkaRuns.read(place.get())) {
            return read(
                    place.get().directory(), source, place.get().connection().address(), () -> 0);
        }
    }

    /**
     * Reads a run.
     *
     * @throws EventLogException when there is no log, or it or the decisions are damaged
     */
    static EarlierRun read(RunDirectory directory) {
        try (FileEventLogReader reader = new FileEventLogReader(directory.eventLog())) {
            return read(directory, reader, directory.eventLog().toString(), reader::position);
        }
    }

    /**
     * Reads a run from its events.
     *
     * @param log what the log is called in a complaint
     * @param position where the last event read ends
     */
    static EarlierRun read(RunDirectory directory, EventSource source, String log, LongSupplier position) {
        if (!(source.next() instanceof RunStarted started)) {
            throw new EventLogException(log + ": the log does not begin with the start of a run");
        }
        List<MarketEvent> events = new ArrayList<>();
        Optional<RunEnded> end = Optional.empty();
        long logEnd = position.getAsLong();
        for (MarketEvent event = source.next(); event != null; event = source.next()) {
            if (event instanceof RunEnded ended) {
                end = Optional.of(ended);
            } else {
                events.add(event);
                logEnd = position.getAsLong();
            }
        }
        return new EarlierRun(
                directory,
                started,
                events,
                end,
                logEnd,
                started.models().isEmpty()
                        ? Optional.empty()
                        : Optional.of(FileRecordedDecisions.read(directory.decisions())));
    }

    /** Number of steps that it took. */
    int steps() {
        return (int) events.stream().filter(StepTaken.class::isInstance).count();
    }

    /** What was run. */
    RunSpec spec() {
        return new RunSpec(
                started.parameters(),
                (int) started.points(),
                started.seed(),
                started.generator(),
                Double.isNaN(started.burnIn()) ? RunSpec.DEFAULT_BURN_IN : started.burnIn(),
                started.models());
    }
}
