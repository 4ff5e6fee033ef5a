package org.interregnum.standalone.cli;

import java.util.Locale;
import java.util.function.LongSupplier;
import org.interregnum.orchestrator.sweep.CellOutcome;
import org.interregnum.orchestrator.sweeping.Sweep;
import org.interregnum.orchestrator.sweeping.SweepListener;

/** Shows how far a sweep is, from a thread of its own: a bar on a terminal, otherwise a line now and then. */
final class SweepProgress implements SweepListener, AutoCloseable {
    private final SweepWork work;
    private final int cells;
    private final ProgressThread thread;
    private final LongSupplier clock;
    private final long started;

    // Guarded by this.
    private int done;
    private int failed;
    private double workDone;
    private long calls;

    SweepProgress(Console console, Sweep sweep, LongSupplier clock) {
        this.clock = clock;
        started = clock.getAsLong();
        work = new SweepWork(sweep.request());
        cells = sweep.request().cells();
        for (int cell = 0; cell < cells; cell++) {
            if (sweep.journal().isFinished(cell)) {
                done++;
                work.skip(cell);
            }
        }
        thread = new ProgressThread(
                console,
                () -> ProgressBarOnTerminal.of(console.err(), "cells", cells),
                (bar, isLast) -> bar.show(count(), (isLast ? "" : " " + timeLeft()) + others()),
                this::line);
    }

    static SweepProgress start(Console console, Sweep sweep) {
        SweepProgress progress = new SweepProgress(console, sweep, System::nanoTime);
        if (!sweep.request().quiet()) {
            progress.thread.start();
        }
        return progress;
    }

    @Override
    public synchronized void ended(CellOutcome outcome) {
        done++;
        failed += outcome.isFinished() ? 0 : 1;
        workDone += work.of(outcome.cell());
        calls += outcome.use().map(use -> use.calls()).orElse(0L);
    }

    private synchronized int count() {
        return done;
    }

    /** A line such as {@code 120 of 330 cells (36%), about 12 s left}. */
    synchronized String line() {
        return String.format(Locale.ROOT, "%d of %d cells (%d%%), ", done, cells, done * 100L / cells)
                + timeLeft()
                + others();
    }

    private synchronized String others() {
        return (failed > 0 ? ", " + failed + " not finished" : "")
                + (calls > 0 ? ", " + ModelUse.count(calls) + " calls" : "");
    }

    private synchronized String timeLeft() {
        return Progress.left(
                Math.round(workDone * SweepWork.PARTS),
                Math.round(work.left() * SweepWork.PARTS),
                clock.getAsLong() - started);
    }

    @Override
    public void close() {
        thread.close();
    }
}
