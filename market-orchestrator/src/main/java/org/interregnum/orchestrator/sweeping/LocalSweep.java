package org.interregnum.orchestrator.sweeping;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.interregnum.orchestrator.decision.BudgetLedger;
import org.interregnum.orchestrator.decision.CallPaces;
import org.interregnum.orchestrator.decision.SharedLimits;
import org.interregnum.orchestrator.recording.LocalAgents;
import org.interregnum.orchestrator.recording.RecordedUse;
import org.interregnum.orchestrator.request.RunRequest;
import org.interregnum.orchestrator.sweep.CellOutcome;
import org.interregnum.orchestrator.sweep.CellStatus;

/**
 * Runs what is missing of a sweep in this process: a market a core, and as many markets with models as may wait for them
 * at once. All share one budget and, for each endpoint, one limit of calls under way and one of calls a minute.
 */
public final class LocalSweep {
    private final Sweep sweep;
    private final LocalAgents local;
    private final int atOnce;
    private final boolean keepRuns;
    private final SweepListener listener;
    private final Semaphore cores = new Semaphore(Runtime.getRuntime().availableProcessors());
    private final AtomicInteger next = new AtomicInteger();
    private final Set<CellRun> running = ConcurrentHashMap.newKeySet();
    private final AtomicReference<RuntimeException> fault = new AtomicReference<>();
    private final BudgetLedger budget;
    private final SharedLimits limits;
    private volatile boolean stopRequested;
    private volatile boolean budgetSpent;

    /**
     * Runs a sweep that is open.
     *
     * @param local agents in this process
     * @param atOnce most markets at once; those of rules alone are besides limited to one a core
     * @param keepRuns whether runs of rules keep their files too
     */
    public LocalSweep(Sweep sweep, LocalAgents local, int atOnce, boolean keepRuns, SweepListener listener) {
        this.sweep = sweep;
        this.local = local;
        this.atOnce = atOnce;
        this.keepRuns = keepRuns;
        this.listener = listener;
        budget = new BudgetLedger(sweep.request().budget());
        limits = new SharedLimits(Optional.of(budget), new CallPaces());
    }

    /** Asks all cells to stop after the step that they are taking. From any thread. */
    public void stop() {
        stopRequested = true;
        running.forEach(CellRun::stop);
    }

    /** Whether it was stopped before everything was done. */
    public boolean isStopped() {
        return stopRequested;
    }

    /**
     * Runs until every cell has an outcome, the budget is spent, or it is stopped.
     *
     * @throws RuntimeException when outcomes cannot be kept
     */
    public void run() {
        chargeBefore();
        try (SharedModels shared = new SharedModels(local)) {
            List<Thread> threads = new ArrayList<>();
            for (int number = 0; number < Math.min(atOnce, sweep.request().cells()); number++) {
                Thread thread = new Thread(() -> work(shared), "sweep-" + number);
                thread.start();
                threads.add(thread);
            }
            threads.forEach(LocalSweep::join);
        }
        if (fault.get() != null) {
            throw fault.get();
        }
    }

    /** What models used before this process counts, of cells that are finished by their outcome, of others by their record. */
    private void chargeBefore() {
        if (!sweep.request().canHaveModels()) {
            return;
        }
        sweep.journal().forEach(outcome -> {
            if (outcome.isFinished()) {
                outcome.use()
                        .ifPresent(use -> budget.charge(use.chargedCalls(), use.chargedTokens(), use.chargedCost()));
            }
        });
        for (int cell = 0; cell < sweep.request().cells(); cell++) {
            if (!sweep.isFinished(cell)) {
                RecordedUse.charge(sweep.directory().run(cell), budget);
            }
        }
    }

    private static void join(Thread thread) {
        boolean interrupted = false;
        while (true) {
            try {
                thread.join();
                break;
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void work(LocalAgents shared) {
        int cells = sweep.request().cells();
        for (int cell = next.getAndIncrement();
                cell < cells && !stopRequested && fault.get() == null;
                cell = next.getAndIncrement()) {
            if (!sweep.isFinished(cell)) {
                try {
                    run(cell, shared).ifPresent(this::keep);
                } catch (RuntimeException e) {
                    // The outcome could not be kept: others would not be either.
                    fault.compareAndSet(null, e);
                    stop();
                }
            }
        }
    }

    private void keep(CellOutcome outcome) {
        budgetSpent |= outcome.status() == CellStatus.BUDGET_SPENT;
        sweep.add(outcome);
        listener.ended(outcome);
    }

    private Optional<CellOutcome> run(int cell, LocalAgents shared) {
        try {
            RunRequest request = sweep.request().run(cell);
            boolean hasModels = !request.spec().models().isEmpty();
            if (hasModels && budgetSpent) {
                // Another one would open a market for nothing.
                return Optional.empty();
            }
            CellRun run = new CellRun(cell, request, shared);
            running.add(run);
            if (stopRequested) {
                run.stop();
            }
            try {
                return hasModels ? run.recorded(sweep.directory().run(cell), limits) : ofRules(run, cell);
            } finally {
                running.remove(run);
            }
        } catch (RuntimeException | OutOfMemoryError e) {
            return Optional.of(CellRun.failed(cell, e));
        }
    }

    private Optional<CellOutcome> ofRules(CellRun run, int cell) {
        cores.acquireUninterruptibly();
        try {
            return keepRuns ? run.recorded(sweep.directory().run(cell), limits) : run.unrecorded();
        } finally {
            cores.release();
        }
    }
}
