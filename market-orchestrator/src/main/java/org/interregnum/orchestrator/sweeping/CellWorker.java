package org.interregnum.orchestrator.sweeping;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import org.interregnum.agent.BuildVersion;
import org.interregnum.orchestrator.adapter.export.RunDirectory;
import org.interregnum.orchestrator.adapter.kafka.KafkaConnection;
import org.interregnum.orchestrator.adapter.kafka.TakenCell;
import org.interregnum.orchestrator.decision.Budget;
import org.interregnum.orchestrator.decision.CallPaces;
import org.interregnum.orchestrator.decision.SharedLimits;
import org.interregnum.orchestrator.event.EventLogException;
import org.interregnum.orchestrator.recording.KafkaPlace;
import org.interregnum.orchestrator.recording.LocalAgents;
import org.interregnum.orchestrator.recording.MemoryNeed;
import org.interregnum.orchestrator.request.BadInputException;
import org.interregnum.orchestrator.request.Given;
import org.interregnum.orchestrator.request.RunRequest;
import org.interregnum.orchestrator.request.Setting;
import org.interregnum.orchestrator.request.SweepRequest;
import org.interregnum.orchestrator.request.SweepRequestReader;
import org.interregnum.orchestrator.sweep.CellLimits;
import org.interregnum.orchestrator.sweep.CellOutcome;
import org.interregnum.orchestrator.sweep.CellRequest;
import org.interregnum.orchestrator.sweep.SweepSource;

/**
 * Runs cells of others' sweeps: those of rules at once, those with models with their log on Kafka, where the next
 * orchestrator finds it. May be used by many threads.
 */
public final class CellWorker implements Function<TakenCell, Optional<CellOutcome>>, AutoCloseable {
    private static final int MOST_SWEEPS = 8;
    private static final double MEGABYTE = 1e6;

    /** Longer than a member of a group that is dead counts as alive. */
    private static final long UNTIL_LOSS_IS_KNOWN_NANOS = TimeUnit.SECONDS.toNanos(15);

    private final KafkaConnection connection;
    private final Path data;
    private final Map<Setting, Given> defaults;
    private final SharedModels agents;
    private final CallPaces paces = new CallPaces();
    private final Consumer<String> journal;
    private final int megabytes = (int) Math.min(Integer.MAX_VALUE, MemoryNeed.forRuns() / MEGABYTE);
    private final Semaphore memory = new Semaphore(megabytes, true);
    private final Map<SweepSource, SweepRequest> sweeps = new LinkedHashMap<>(MOST_SWEEPS, 1, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<SweepSource, SweepRequest> eldest) {
            return size() > MOST_SWEEPS;
        }
    };

    /**
     * A worker.
     *
     * @param data directory of the files of runs with models
     * @param defaults services that decide where a request names none
     * @param local agents in this process
     * @param journal takes what somebody who looks after it should know, a line each
     */
    public CellWorker(
            KafkaConnection connection,
            Path data,
            Map<Setting, Given> defaults,
            LocalAgents local,
            Consumer<String> journal) {
        this.connection = connection;
        this.data = data;
        this.defaults = Map.copyOf(defaults);
        this.agents = new SharedModels(local);
        this.journal = journal;
    }

    /**
     * From now on it keeps to its part of each limit of calls a minute.
     *
     * @param orchestrators how many keep to it together, this one included
     */
    public void shareAmong(int orchestrators) {
        paces.shareAmong(orchestrators);
    }

    @Override
    public Optional<CellOutcome> apply(TakenCell taken) {
        CellRequest request = taken.request();
        try {
            if (!request.programVersion().equals(BuildVersion.get())) {
                return Optional.of(CellOutcome.failed(
                        request.cell(),
                        "asked for by version %s of the program; this orchestrator is version %s"
                                .formatted(request.programVersion(), BuildVersion.get())));
            }
            return run(taken, within(request.limits(), sweep(request.source()).run(request.cell())));
        } catch (EventLogException e) {
            return afterLoss(taken, CellRun.failed(request.cell(), e));
        } catch (RuntimeException | OutOfMemoryError e) {
            return Optional.of(CellRun.failed(request.cell(), e));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }

    /** The budget of the sweep is shared out by whoever asks. */
    private static RunRequest within(CellLimits limits, RunRequest run) {
        return run.spec().models().isEmpty()
                ? run
                : run.withBudget(new Budget(limits.calls(), limits.tokens(), limits.cost()));
    }

    private SweepRequest sweep(SweepSource source) {
        synchronized (sweeps) {
            return sweeps.computeIfAbsent(source, this::read);
        }
    }

    private SweepRequest read(SweepSource source) {
        SweepRequest asked = SweepRequestReader.read(source, Map.of());
        Map<Setting, Given> added = new LinkedHashMap<>();
        defaults.forEach((setting, given) -> {
            if (!asked.columns().contains(setting)) {
                added.put(setting, given);
            }
        });
        return added.isEmpty() ? asked : SweepRequestReader.read(source, added);
    }

    private Optional<CellOutcome> run(TakenCell taken, RunRequest run) throws InterruptedException {
        CellRequest request = taken.request();
        boolean isLogged = !run.spec().models().isEmpty() || request.isKept();
        double need = isLogged ? MemoryNeed.recorded(run.spec()) : MemoryNeed.unrecorded(run.spec());
        int permits = (int) Math.ceil(need / MEGABYTE);
        if (permits > megabytes) {
            throw new BadInputException("needs %s of memory, and this orchestrator has %s for runs"
                    .formatted(MemoryNeed.text(need), MemoryNeed.text(megabytes * MEGABYTE)));
        }
        memory.acquire(permits);
        try {
            CellRun cell = new CellRun(request.cell(), run, agents);
            taken.stops(cell::stop);
            if (taken.isLost()) {
                return Optional.empty();
            }
            if (!isLogged) {
                return cell.unrecorded();
            }
            KafkaPlace place =
                    new KafkaPlace(RunDirectory.of(data.resolve(request.runId())), connection, request.runId());
            return cell.onKafka(place, new SharedLimits(Optional.empty(), paces), journal);
        } finally {
            memory.release(permits);
        }
    }

    /**
     * The log of a run fails too when another orchestrator has taken it over, which this one may learn of a little later;
     * then what it came to here does not count.
     */
    private static Optional<CellOutcome> afterLoss(TakenCell taken, CellOutcome outcome) {
        long until = System.nanoTime() + UNTIL_LOSS_IS_KNOWN_NANOS;
        while (!taken.isLost() && System.nanoTime() < until) {
            try {
                Thread.sleep(100);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return Optional.empty();
            }
        }
        return taken.isLost() ? Optional.empty() : Optional.of(outcome);
    }

    @Override
    public void close() {
        agents.close();
    }
}
