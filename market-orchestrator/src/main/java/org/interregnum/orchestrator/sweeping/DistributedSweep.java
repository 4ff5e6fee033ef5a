package org.interregnum.orchestrator.sweeping;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.interregnum.agent.BuildVersion;
import org.interregnum.orchestrator.adapter.kafka.KafkaCells;
import org.interregnum.orchestrator.adapter.kafka.KafkaConnection;
import org.interregnum.orchestrator.sweep.CellOutcome;
import org.interregnum.orchestrator.sweep.CellRequest;
import org.interregnum.orchestrator.sweep.CellResult;

/**
 * Has what is missing of a sweep run by the orchestrators that take requests from Kafka, and collects what it comes to. Each
 * cell counts once: the first outcome that is finished. It may be stopped, or killed, and started again; what it asked for
 * goes on meanwhile.
 */
public final class DistributedSweep {
    private static final Duration POLL = Duration.ofMillis(200);
    private static final long LOOK_FOR_TAKERS_NANOS = Duration.ofSeconds(10).toNanos();
    private static final int BATCH = 1000;

    private final Sweep sweep;
    private final KafkaConnection connection;
    private final boolean keepRuns;
    private final SweepListener listener;
    private final Consumer<String> notes;
    private final Map<Integer, Integer> endings = new HashMap<>();
    private final Set<Integer> awaited = new HashSet<>();
    private volatile boolean stopRequested;

    /**
     * Distributes a sweep that is open.
     *
     * @param keepRuns whether runs of rules have logs on Kafka too
     * @param notes takes what somebody who waits should know, a line each
     */
    public DistributedSweep(
            Sweep sweep,
            KafkaConnection connection,
            boolean keepRuns,
            SweepListener listener,
            Consumer<String> notes) {
        this.sweep = sweep;
        this.connection = connection;
        this.keepRuns = keepRuns;
        this.listener = listener;
        this.notes = notes;
    }

    /** Asks it to wait no longer. From any thread. */
    public void stop() {
        stopRequested = true;
    }

    /** Whether it was stopped before everything was done. */
    public boolean isStopped() {
        return stopRequested;
    }

    /**
     * Asks for what is missing and nobody has been asked for, and waits for all of it.
     *
     * @throws org.interregnum.orchestrator.event.EventLogException when the broker does not answer, or outcomes cannot be
     *     kept
     */
    public void run() {
        try (KafkaCells cells = KafkaCells.open(connection, sweep.id())) {
            Map<Integer, Integer> waiting = cells.recall(this::recall);
            ask(cells, waiting);
            long lookedAt = System.nanoTime();
            boolean said = false;
            while (!awaited.isEmpty() && !stopRequested) {
                int before = awaited.size();
                cells.poll(POLL, this::take);
                if (awaited.size() < before) {
                    lookedAt = System.nanoTime();
                } else if (!said && System.nanoTime() - lookedAt > LOOK_FOR_TAKERS_NANOS) {
                    lookedAt = System.nanoTime();
                    if (cells.takers() == 0) {
                        said = true;
                        notes.accept("nobody takes requests from Kafka at %s; 'market serve orchestrator --kafka %s --take-requests COUNT' does"
                                .formatted(connection.address(), connection.address()));
                    }
                }
            }
        }
    }

    /** A result that came before, perhaps while nobody waited. */
    private void recall(CellResult result) {
        CellOutcome outcome = result.outcome();
        if (outcome.cell() >= sweep.request().cells()) {
            return;
        }
        if (!outcome.isFinished()) {
            endings.merge(outcome.cell(), result.attempt() + 1, Math::max);
        } else if (!sweep.isFinished(outcome.cell())) {
            keep(outcome);
        }
    }

    private void ask(KafkaCells cells, Map<Integer, Integer> waiting) {
        List<CellRequest> requests = new ArrayList<>();
        for (int cell = 0; cell < sweep.request().cells() && !stopRequested; cell++) {
            if (!sweep.isFinished(cell)) {
                awaited.add(cell);
                int attempt = endings.getOrDefault(cell, 0);
                if (waiting.getOrDefault(cell, -1) < attempt) {
                    requests.add(new CellRequest(
                            sweep.id(), cell, attempt, BuildVersion.get(), sweep.request().source(), keepRuns));
                }
                if (requests.size() == BATCH) {
                    cells.send(requests);
                    requests.clear();
                }
            }
        }
        cells.send(requests);
    }

    private void take(CellResult result) {
        CellOutcome outcome = result.outcome();
        boolean isOfThisAttempt = result.attempt() >= endings.getOrDefault(outcome.cell(), 0);
        // A second result of the same cell is equal to the first, and does not count.
        if (awaited.contains(outcome.cell()) && (outcome.isFinished() || isOfThisAttempt)) {
            awaited.remove(outcome.cell());
            keep(outcome);
        }
    }

    private void keep(CellOutcome outcome) {
        sweep.add(outcome);
        listener.ended(outcome);
    }
}
