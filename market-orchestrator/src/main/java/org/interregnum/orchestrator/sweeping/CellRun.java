package org.interregnum.orchestrator.sweeping;

import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.interregnum.orchestrator.adapter.export.ExportException;
import org.interregnum.orchestrator.adapter.export.RunDirectory;
import org.interregnum.orchestrator.adapter.kafka.KafkaRun;
import org.interregnum.orchestrator.adapter.kafka.RunOwner;
import org.interregnum.orchestrator.analysis.OrderParameters;
import org.interregnum.orchestrator.analysis.Regime;
import org.interregnum.orchestrator.decision.DecisionStatistics;
import org.interregnum.orchestrator.decision.SharedLimits;
import org.interregnum.orchestrator.event.EventLogException;
import org.interregnum.orchestrator.event.RunStatus;
import org.interregnum.orchestrator.recording.EarlierRun;
import org.interregnum.orchestrator.recording.Ending;
import org.interregnum.orchestrator.recording.KafkaPlace;
import org.interregnum.orchestrator.recording.KafkaRuns;
import org.interregnum.orchestrator.recording.LocalAgents;
import org.interregnum.orchestrator.recording.OwnedDirectory;
import org.interregnum.orchestrator.recording.RecordedRun;
import org.interregnum.orchestrator.recording.UnrecordedRun;
import org.interregnum.orchestrator.request.BadInputException;
import org.interregnum.orchestrator.request.RunRequest;
import org.interregnum.orchestrator.run.RunInstruments;
import org.interregnum.orchestrator.run.RunListener;
import org.interregnum.orchestrator.run.RunResult;
import org.interregnum.orchestrator.run.StepGate;
import org.interregnum.orchestrator.sweep.CellOutcome;
import org.interregnum.orchestrator.sweep.CellStatus;
import org.interregnum.orchestrator.sweep.CellUse;

/** The run of one cell of a sweep, from its beginning or from where a process before this one left it. */
final class CellRun {
    /** Another orchestrator of the same directory, from which the cell was taken, lets go of it when it learns of that. */
    private static final Duration UNTIL_THE_ONE_BEFORE_ENDED = Duration.ofSeconds(30);

    private final int cell;
    private final RunRequest request;
    private final LocalAgents local;
    private Runnable stopping = () -> {};
    private boolean stopRequested;

    CellRun(int cell, RunRequest request, LocalAgents local) {
        this.cell = cell;
        this.request = request;
        this.local = local;
    }

    /** Asks it to stop; what it has not come to then has no outcome. From any thread. */
    void stop() {
        Runnable known;
        synchronized (this) {
            stopRequested = true;
            known = stopping;
        }
        known.run();
    }

    private void stops(Runnable run) {
        boolean isLate;
        synchronized (this) {
            stopping = run;
            isLate = stopRequested;
        }
        if (isLate) {
            run.run();
        }
    }

    /** Runs without leaving anything but the outcome; empty when it was stopped. */
    Optional<CellOutcome> unrecorded() {
        try (UnrecordedRun run = new UnrecordedRun(request, "cell-" + cell, local)) {
            stops(run::stop);
            RunResult result = run.run();
            return outcome(result, run.order(result), Optional.empty());
        }
    }

    /**
     * Runs with all files of a run, or goes on with it; empty when it was stopped.
     *
     * @param shared what limits all runs of the sweep
     */
    Optional<CellOutcome> recorded(RunDirectory directory, SharedLimits shared) {
        createDirectory(directory);
        try (OwnedDirectory owned = OwnedDirectory.of(directory);
                RecordedRun run = open(owned, shared)) {
            return see(run);
        }
    }

    private RecordedRun open(OwnedDirectory owned, SharedLimits shared) {
        RunDirectory directory = owned.directory();
        if (Files.exists(directory.eventLog()) && EarlierRun.hasBegun(directory)) {
            return RecordedRun.resume(
                    request,
                    owned,
                    EarlierRun.read(directory),
                    "",
                    local,
                    Optional.empty(),
                    StepGate.OPEN,
                    RunInstruments.NONE,
                    shared);
        }
        try {
            // A run that was killed while it began may have left an empty log; nobody was asked before it had one.
            Files.deleteIfExists(directory.eventLog());
            Files.deleteIfExists(directory.decisions());
        } catch (IOException e) {
            throw ExportException.cannotWrite(directory.path(), e);
        }
        return RecordedRun.start(request, owned, local, Optional.empty(), StepGate.OPEN, RunInstruments.NONE, shared);
    }

    /**
     * Runs with the log on Kafka, or goes on with what any process left there of it; empty when it was stopped, or when
     * another process has taken it over.
     *
     * @param place where the log and the files of this process are
     * @param shared what limits all runs of this process
     * @param journal takes what somebody who looks after it should know, a line each
     */
    Optional<CellOutcome> onKafka(KafkaPlace place, SharedLimits shared, Consumer<String> journal) {
        createDirectory(place.directory());
        try (OwnedDirectory owned = OwnedDirectory.await(place.directory(), UNTIL_THE_ONE_BEFORE_ENDED)) {
            return onKafka(place, owned, shared, journal);
        }
    }

    private Optional<CellOutcome> onKafka(
            KafkaPlace place, OwnedDirectory owned, SharedLimits shared, Consumer<String> journal) {
        if (!KafkaRuns.isThere(place, journal)) {
            RunRequest logged = request.withKafka(place.connection());
            try (KafkaRun kafka = KafkaRuns.create(logged, place.runId(), RunOwner.NOBODY, journal)
                            .orElseThrow();
                    RecordedRun run = RecordedRun.start(
                            logged, owned, local, Optional.of(kafka), StepGate.OPEN, RunInstruments.NONE, shared)) {
                return see(run);
            }
        }
        // Its log may be finished although nobody has its outcome.
        try (KafkaRun kafka = KafkaRuns.takeOver(place, true, journal)) {
            List<byte[]> missing = KafkaRuns.reconcile(kafka, place.directory());
            EarlierRun before = EarlierRun.takenOver(place, kafka.source());
            kafka.addLostDecisions(missing);
            try (RecordedRun run = RecordedRun.resume(
                    request.withKafka(place.connection()),
                    owned,
                    before,
                    "",
                    local,
                    Optional.of(kafka),
                    StepGate.OPEN,
                    RunInstruments.NONE,
                    shared)) {
                return see(run);
            }
        }
    }

    private static void createDirectory(RunDirectory directory) {
        try {
            Files.createDirectories(directory.path());
        } catch (IOException e) {
            throw ExportException.cannotWrite(directory.path(), e);
        }
    }

    private Optional<CellOutcome> see(RecordedRun run) {
        stops(run::stop);
        RunResult result = run.run(RunListener.NONE);
        Ending ending = run.finish(result);
        if (result.logFailed()) {
            throw new EventLogException(result.reason());
        }
        Optional<CellUse> use = run.statistics().map(CellRun::use);
        if (!ending.whole() && result.status() == RunStatus.FINISHED) {
            return Optional.of(CellOutcome.failed(cell, String.join("; ", ending.leftOut()), use));
        }
        return outcome(result, ending.order(), use);
    }

    private static CellUse use(DecisionStatistics statistics) {
        DecisionStatistics.Sum sum = statistics.sum();
        DecisionStatistics.Charged charged = statistics.charged();
        return new CellUse(
                sum.calls(),
                sum.tokens(),
                sum.cost(),
                sum.fallbacks(),
                charged.calls(),
                charged.tokens(),
                charged.cost());
    }

    private Optional<CellOutcome> outcome(RunResult result, OrderParameters order, Optional<CellUse> use) {
        if (result.status() == RunStatus.INTERRUPTED) {
            return Optional.empty();
        }
        CellStatus status = switch (result.status()) {
            case FINISHED -> CellStatus.FINISHED;
            case BUDGET_SPENT -> CellStatus.BUDGET_SPENT;
            default -> CellStatus.FAILED;
        };
        boolean hasPoints = result.series().points() > 0;
        return Optional.of(new CellOutcome(
                cell,
                status,
                result.reason(),
                result.steps(),
                hasPoints ? Regime.of(order).name().toLowerCase(Locale.ROOT) : "",
                hasPoints ? order.asMap() : Map.of(),
                use));
    }

    /** Makes an outcome of whatever keeps a cell from one. */
    static CellOutcome failed(int cell, Throwable problem) {
        if (problem instanceof OutOfMemoryError) {
            return CellOutcome.failed(cell, "out of memory");
        }
        boolean isPlain = problem instanceof EventLogException
                || problem instanceof ExportException
                || problem instanceof BadInputException;
        return CellOutcome.failed(cell, isPlain ? problem.getMessage() : problem.toString());
    }
}
