package org.interregnum.orchestrator.sweeping;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.IntFunction;
import org.interregnum.agent.BuildVersion;
import org.interregnum.orchestrator.adapter.kafka.KafkaCells;
import org.interregnum.orchestrator.adapter.kafka.KafkaConnection;
import org.interregnum.orchestrator.decision.Budget;
import org.interregnum.orchestrator.event.EventLogException;
import org.interregnum.orchestrator.sweep.CellLimits;
import org.interregnum.orchestrator.sweep.CellOutcome;
import org.interregnum.orchestrator.sweep.CellRequest;
import org.interregnum.orchestrator.sweep.CellResult;
import org.interregnum.orchestrator.sweep.CellStatus;
import org.interregnum.orchestrator.sweep.SweepLeases;
import org.interregnum.orchestrator.sweep.WaitingCell;

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
    private final SweepLeases leases;
    private final boolean isLimited;
    /** How often cells ended without being finished. */
    private final Map<Integer, Integer> endings = new HashMap<>();
    /** Cells whose outcome is to come. */
    private final Set<Integer> awaited = new HashSet<>();
    /** Cells with models that wait for their part of the budget, in order. */
    private final NavigableSet<Integer> held = new TreeSet<>();
    /** How those ended whose part did not do. */
    private final Map<Integer, CellOutcome> unfinished = new TreeMap<>();

    private volatile boolean stopRequested;

    /**
     * Distributes a sweep that is open.
     *
     * @param keepRuns whether runs of rules have logs on Kafka too
     * @param need what the models of a cell will spend, as far as can be told
     * @param notes takes what somebody who waits should know, a line each
     */
    public DistributedSweep(
            Sweep sweep,
            KafkaConnection connection,
            boolean keepRuns,
            IntFunction<CellLimits> need,
            SweepListener listener,
            Consumer<String> notes) {
        this.sweep = sweep;
        this.connection = connection;
        this.keepRuns = keepRuns;
        this.listener = listener;
        this.notes = notes;
        Budget budget = sweep.request().budget();
        isLimited = !budget.equals(Budget.UNLIMITED) && sweep.request().canHaveModels();
        leases = new SweepLeases(new CellLimits(budget.calls(), budget.tokens(), budget.cost()), need);
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
            Map<Integer, WaitingCell> waiting = cells.recall(this::recall);
            ask(cells, waiting);
            askWithinBudget(cells);
            await(cells);
        }
        // What the budget did not allow to finish is told when nothing more comes.
        unfinished.values().forEach(this::keep);
    }

    private void await(KafkaCells cells) {
        long lookedAt = System.nanoTime();
        boolean isSaid = false;
        while (!awaited.isEmpty() && !stopRequested) {
            int before = awaited.size();
            cells.poll(POLL, this::take);
            askWithinBudget(cells);
            if (awaited.size() < before) {
                lookedAt = System.nanoTime();
            } else if (!isSaid && System.nanoTime() - lookedAt > LOOK_FOR_TAKERS_NANOS) {
                lookedAt = System.nanoTime();
                isSaid = isAlone(cells);
                if (isSaid) {
                    notes.accept(
                            "nobody takes requests from Kafka at %1$s; 'market serve orchestrator --kafka %1$s --take-requests COUNT' does"
                                    .formatted(connection.address()));
                }
            }
        }
    }

    private static boolean isAlone(KafkaCells cells) {
        try {
            return cells.takers() == 0;
        } catch (EventLogException e) {
            // A broker that is away is waited for.
            return false;
        }
    }

    /** A result that came before, perhaps while nobody waited. */
    private void recall(CellResult result) {
        CellOutcome outcome = result.outcome();
        if (outcome.cell() >= sweep.request().cells()) {
            return;
        }
        charge(result);
        if (!outcome.isFinished()) {
            endings.merge(outcome.cell(), result.attempt() + 1, Math::max);
        } else if (!sweep.isFinished(outcome.cell())) {
            keep(outcome);
        }
    }

    private void charge(CellResult result) {
        if (isLimited) {
            leases.ended(result);
        }
    }

    private void ask(KafkaCells cells, Map<Integer, WaitingCell> waiting) {
        List<CellRequest> requests = new ArrayList<>();
        for (int cell = 0; cell < sweep.request().cells() && !stopRequested; cell++) {
            if (sweep.isFinished(cell)) {
                continue;
            }
            WaitingCell before = waiting.get(cell);
            if (before != null && before.attempt() >= endings.getOrDefault(cell, 0)) {
                awaited.add(cell);
                if (isLimited && hasModels(cell)) {
                    leases.isOut(cell, before.limits());
                }
            } else if (isLimited && hasModels(cell)) {
                held.add(cell);
            } else {
                awaited.add(cell);
                requests.add(request(cell, CellLimits.NONE));
            }
            if (requests.size() == BATCH) {
                cells.send(requests);
                requests.clear();
            }
        }
        cells.send(requests);
    }

    private boolean hasModels(int cell) {
        return sweep.request().hasModels(cell);
    }

    private CellRequest request(int cell, CellLimits limits) {
        return new CellRequest(
                sweep.id(),
                cell,
                endings.getOrDefault(cell, 0),
                BuildVersion.get(),
                sweep.request().source(),
                keepRuns,
                limits);
    }

    /** Asks for cells with models, the first ones first, as far as the budget goes. */
    private void askWithinBudget(KafkaCells cells) {
        while (!held.isEmpty() && !stopRequested) {
            int cell = held.first();
            Optional<CellLimits> lease = leases.next(cell);
            if (lease.isEmpty()) {
                if (leases.isExhausted()) {
                    held.clear();
                }
                return;
            }
            held.remove(cell);
            awaited.add(cell);
            cells.send(List.of(request(cell, lease.get())));
        }
    }

    private void take(CellResult result) {
        CellOutcome outcome = result.outcome();
        boolean isOfThisAttempt = result.attempt() >= endings.getOrDefault(outcome.cell(), 0);
        // A second result of the same cell is equal to the first, and does not count.
        if (!awaited.contains(outcome.cell()) || !(outcome.isFinished() || isOfThisAttempt)) {
            return;
        }
        awaited.remove(outcome.cell());
        charge(result);
        unfinished.remove(outcome.cell());
        if (outcome.status() == CellStatus.BUDGET_SPENT) {
            endings.merge(outcome.cell(), result.attempt() + 1, Math::max);
            leases.wasTooLittle(outcome.cell());
            unfinished.put(outcome.cell(), outcome);
            held.add(outcome.cell());
        } else {
            keep(outcome);
        }
    }

    private void keep(CellOutcome outcome) {
        sweep.add(outcome);
        listener.ended(outcome);
    }
}
