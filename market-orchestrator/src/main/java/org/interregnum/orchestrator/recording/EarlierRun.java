package org.interregnum.orchestrator.recording;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.interregnum.orchestrator.adapter.export.RunDirectory;
import org.interregnum.orchestrator.adapter.file.FileDecisionLines;
import org.interregnum.orchestrator.adapter.file.FileEventLogReader;
import org.interregnum.orchestrator.adapter.json.DecisionLines;
import org.interregnum.orchestrator.adapter.json.IndexedDecisions;
import org.interregnum.orchestrator.event.AgentsAssigned;
import org.interregnum.orchestrator.event.EventLogException;
import org.interregnum.orchestrator.event.EventSource;
import org.interregnum.orchestrator.event.MarketChange;
import org.interregnum.orchestrator.event.MarketEvent;
import org.interregnum.orchestrator.event.RunEnded;
import org.interregnum.orchestrator.event.RunForked;
import org.interregnum.orchestrator.event.RunStarted;
import org.interregnum.orchestrator.event.StepTaken;
import org.interregnum.orchestrator.request.BadInputException;
import org.interregnum.orchestrator.request.Given;
import org.interregnum.orchestrator.run.RunCourse;
import org.interregnum.orchestrator.run.RunSpec;

/**
 * A run that has left its log and, if it had models, their decisions in a directory. Its events stay in the log, which
 * may be larger than memory, and are read again whenever they are needed.
 *
 * @param directory where its files are
 * @param log where its events are
 * @param started its first event
 * @param opened whether its market opened
 * @param steps number of steps that it took
 * @param changes where it left the history of another run, and where agents were assigned, in order
 * @param end its end; empty for a run that was killed
 * @param logEnd where its events but for its end stop in a log that is a file, in bytes
 * @param decisions the decisions of its models; empty in a run of rules, and where they were not read
 */
public record EarlierRun(
        RunDirectory directory,
        LogOfRun log,
        RunStarted started,
        boolean opened,
        int steps,
        List<MarketChange> changes,
        Optional<RunEnded> end,
        long logEnd,
        Optional<IndexedDecisions> decisions) {

    /**
     * Where the log of a run is.
     *
     * @param name what it is called in a complaint
     * @param opening opens it at its beginning, as often as it is called
     * @param decisions what its models decided, wherever that is
     */
    public record LogOfRun(String name, Supplier<EventSource> opening, DecisionLines decisions) {
        /** A log in the run's own directory. */
        public static LogOfRun inFile(RunDirectory directory) {
            return new LogOfRun(
                    directory.eventLog().toString(),
                    () -> new FileEventLogReader(directory.eventLog()),
                    FileDecisionLines.in(directory.decisions()));
        }

        /** A log on Kafka of a run that was taken over, whose decisions have been brought together in its directory. */
        static LogOfRun on(KafkaPlace place) {
            return new LogOfRun(
                    place.connection().address(),
                    () -> KafkaRuns.read(place),
                    FileDecisionLines.in(place.directory().decisions()));
        }

        /** A log on Kafka, and the decisions that are there, whatever a directory has. */
        static LogOfRun onKafkaAlone(KafkaPlace place, Consumer<String> listener) {
            return new LogOfRun(
                    place.connection().address(),
                    () -> KafkaRuns.read(place, listener),
                    KafkaRuns.decisions(place, listener));
        }

        /** A log on Kafka that is only read, and whose writer goes on. */
        static LogOfRun reading(KafkaPlace place, Consumer<String> listener) {
            return new LogOfRun(
                    place.connection().address(),
                    () -> KafkaRuns.read(place, listener),
                    place.hasDecisions()
                            ? FileDecisionLines.in(place.directory().decisions())
                            : KafkaRuns.decisions(place, listener));
        }
    }

    /**
     * The directory of a run whose log is a file.
     *
     * @throws BadInputException when there is none
     */
    public static RunDirectory find(Path run) {
        RunDirectory directory = RunDirectory.of(run);
        if (!Files.isRegularFile(directory.eventLog())) {
            throw BadInputException.about(
                    "RUN",
                    run.toString(),
                    "holds no run; must be a directory with an events.log, or whose run.json names a log on Kafka,"
                            + " or with --kafka the id of a run");
        }
        return directory;
    }

    /**
     * Whether the log in a directory has an event: a run that was killed while it began may have left none.
     *
     * @throws EventLogException when there is no log, or it is of something else
     */
    public static boolean hasBegun(RunDirectory directory) {
        if (directory.eventLog().toFile().length() == 0) {
            return false;
        }
        try (EventSource source = new FileEventLogReader(directory.eventLog())) {
            return source.next() != null;
        }
    }

    /**
     * Where the log of a run is.
     *
     * @param kafka address of the broker that has it, if one was given
     * @param listener takes a line when the broker is waited for
     * @throws BadInputException when there is none
     */
    public static LogOfRun log(Path run, Optional<Given> kafka, Consumer<String> listener) {
        return KafkaPlace.toRead(run, kafka)
                .map(place -> LogOfRun.reading(place, listener))
                .orElseGet(() -> LogOfRun.inFile(find(run)));
    }

    /**
     * Reads a run, wherever its log is: the whole log once, so that whatever is wrong with it is known before anything is
     * done. Whoever writes it goes on.
     *
     * @param kafka address of the broker that has it, if one was given
     * @param listener takes a line when the broker is waited for
     * @throws BadInputException when there is none
     * @throws EventLogException when it or the decisions are damaged
     */
    public static EarlierRun read(Path run, Optional<Given> kafka, Consumer<String> listener) {
        return readLog(run, kafka, listener).withDecisions();
    }

    /**
     * The same without the models' decisions, of which there may be many.
     *
     * @throws BadInputException when there is none
     * @throws EventLogException when its log is damaged
     */
    public static EarlierRun readLog(Path run, Optional<Given> kafka, Consumer<String> listener) {
        return KafkaPlace.toRead(run, kafka)
                .map(place -> readLog(place.directory(), LogOfRun.reading(place, listener)))
                .orElseGet(() -> readLog(find(run)));
    }

    /**
     * A run in a directory of its own.
     *
     * @throws EventLogException when there is no log, or it or the decisions are damaged
     */
    public static EarlierRun read(RunDirectory directory) {
        return readLog(directory).withDecisions();
    }

    private static EarlierRun readLog(RunDirectory directory) {
        return readLog(directory, LogOfRun.inFile(directory));
    }

    private static EarlierRun readLog(RunDirectory directory, LogOfRun log) {
        try (EventSource source = log.opening().get()) {
            return readLog(directory, log, source);
        }
    }

    /**
     * A run on Kafka as it is now, which somebody may be writing: all that has to be whole before it is taken over.
     *
     * @param listener takes a line when the broker is waited for
     * @throws EventLogException when there is no such run, or its log or the decisions are damaged
     */
    public static EarlierRun beforeItIsTakenOver(KafkaPlace place, Consumer<String> listener) {
        LogOfRun log = LogOfRun.onKafkaAlone(place, listener);
        // Here are perhaps fewer than there, or others that did not come there; but they are brought together.
        IndexedDecisions.readEach(
                FileDecisionLines.in(place.directory().decisions()).ifAny(), (line, decision) -> {});
        return readLog(place.directory(), log).withDecisions();
    }

    /**
     * A run on Kafka that was taken over.
     *
     * @param source its events, which are read to their end
     * @throws EventLogException when they or the decisions are damaged
     */
    public static EarlierRun takenOver(KafkaPlace place, EventSource source) {
        return readLog(place.directory(), LogOfRun.on(place), source).withDecisions();
    }

    private static EarlierRun readLog(RunDirectory directory, LogOfRun log, EventSource source) {
        RunStarted started = start(source, log);
        boolean opened = false;
        int steps = 0;
        List<MarketChange> changes = new ArrayList<>();
        Optional<RunEnded> end = Optional.empty();
        long logEnd = position(source);
        for (MarketEvent event = source.next(); event != null; event = source.next()) {
            if (event instanceof RunEnded ended) {
                end = Optional.of(ended);
                continue;
            }
            // A log that nothing can be cut off from has an end for each time that the run was stopped.
            end = Optional.empty();
            opened = true;
            steps += event instanceof StepTaken ? 1 : 0;
            logEnd = position(source);
            if (event instanceof MarketChange change) {
                changes.add(change);
            }
        }
        return new EarlierRun(
                directory, log, started, opened, steps, List.copyOf(changes), end, logEnd, Optional.empty());
    }

    private static long position(EventSource source) {
        return source instanceof FileEventLogReader file ? file.position() : 0;
    }

    private EarlierRun withDecisions() {
        if (!hasModels()) {
            return this;
        }
        IndexedDecisions read = IndexedDecisions.read(decisionLines());
        DecisionsOfLog.require(this, read);
        return new EarlierRun(directory, log, started, opened, steps, changes, end, logEnd, Optional.of(read));
    }

    /** What its models decided, as it was kept. */
    public DecisionLines decisionLines() {
        return isRuleRunAtFirst() && log.decisions() instanceof FileDecisionLines file ? file.ifAny() : log.decisions();
    }

    /** What it is called: its directory or, where it has none here, its id and where that is known. */
    public String name() {
        return hasDirectory() ? directory.path().toString() : started.runId() + " on Kafka at " + log.name();
    }

    /** Whether its directory is here; a run on Kafka that is named by its id may have none. */
    public boolean hasDirectory() {
        return Files.exists(directory.eventLog()) || Files.exists(directory.manifest());
    }

    /** Whether its models were assigned while it ran: then it may not have come to the first decision. */
    private boolean isRuleRunAtFirst() {
        return started.models().isEmpty()
                && course(spec()).forks().stream()
                        .allMatch(fork -> fork.models().isEmpty());
    }

    /** Whether anybody was a model, at any time. */
    public boolean hasModels() {
        return course(spec()).hasModels();
    }

    private static RunStarted start(EventSource source, LogOfRun log) {
        if (source.next() instanceof RunStarted started) {
            return started;
        }
        throw new EventLogException(log.name() + ": the log ends before its first event");
    }

    /**
     * Its events after the first, but for its ends, once more from the log.
     *
     * @throws EventLogException when the log can no longer be read
     */
    public EventSource events() {
        return new History(this);
    }

    /**
     * Hands on its events after the first, but for its ends, in order.
     *
     * @throws EventLogException when the log can no longer be read
     */
    public void forEach(Consumer<MarketEvent> follower) {
        try (EventSource history = events()) {
            for (MarketEvent event = history.next(); event != null; event = history.next()) {
                follower.accept(event);
            }
        }
    }

    /** What the log had when it was read: a run that is still going on has a longer one by now. */
    private static final class History implements EventSource {
        private final EventSource source;
        private long left;

        History(EarlierRun run) {
            source = run.log.opening().get();
            left = (run.opened ? 1L : 0) + run.steps + run.changes.size();
            boolean ready = false;
            try {
                start(source, run.log);
                ready = true;
            } finally {
                if (!ready) {
                    source.close();
                }
            }
        }

        @Override
        public MarketEvent next() {
            if (left == 0) {
                return null;
            }
            left--;
            MarketEvent event = source.next();
            while (event instanceof RunEnded) {
                event = source.next();
            }
            return event;
        }

        @Override
        public void close() {
            source.close();
        }
    }

    /** A complaint about its log that names a file: those about how events follow from each other do not. */
    public String named(String complaint) {
        return complaint.contains(directory.path().toString()) || complaint.contains(log.name())
                ? complaint
                : log.name() + ": " + complaint;
    }

    /** What was run, as it was in the end. */
    public RunSpec spec() {
        RunForked last = lastFork();
        return new RunSpec(
                last == null ? started.parameters() : last.parameters(),
                (int) started.points(),
                started.seed(),
                started.generator(),
                Double.isNaN(started.burnIn()) ? RunSpec.DEFAULT_BURN_IN : started.burnIn(),
                changes.isEmpty()
                        ? started.models()
                        : changes.get(changes.size() - 1).models());
    }

    /** What was run, as it was after a step where its agents are concerned, and in the end where others are. */
    public RunSpec specAfter(int step) {
        boolean isAssigned = changes.stream().anyMatch(AgentsAssigned.class::isInstance);
        return isAssigned ? spec().withModels(course(spec()).modelsAfterPoint(step)) : spec();
    }

    private RunForked lastFork() {
        RunForked last = null;
        for (MarketChange change : changes) {
            last = change instanceof RunForked fork ? fork : last;
        }
        return last;
    }

    /**
     * What was run, from its beginning on.
     *
     * @param end what it is from its last change on; agents that were assigned stay those that the log names
     */
    public RunCourse course(RunSpec end) {
        RunSpec beginning = new RunSpec(
                started.parameters(), end.points(), end.seed(), end.generator(), end.burnIn(), started.models());
        boolean isAssigned = !changes.isEmpty() && changes.get(changes.size() - 1) instanceof AgentsAssigned;
        return new RunCourse(beginning, changes, isAssigned ? end.withModels(spec().models()) : end);
    }
}
