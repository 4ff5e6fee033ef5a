package org.interregnum.standalone.cli;

import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;
import org.interregnum.orchestrator.adapter.export.sweep.SweepFigures;

/** Shows how far the intervals of a sweep's figures are: a bar on a terminal, otherwise a line now and then. */
final class FiguresProgress implements SweepFigures.Progress, AutoCloseable {
    private final Console console;
    private final boolean quiet;
    private final AtomicInteger done = new AtomicInteger();
    private ProgressThread thread;
    private int points;
    private long started;

    FiguresProgress(Console console, boolean quiet) {
        this.console = console;
        this.quiet = quiet;
    }

    @Override
    public void begins(int gridPoints) {
        points = gridPoints;
        started = System.nanoTime();
        thread = new ProgressThread(
                console,
                () -> ProgressBarOnTerminal.of(console.err(), "intervals", gridPoints),
                (bar, isLast) -> bar.show(done.get(), isLast ? "" : " " + timeLeft()),
                this::line);
        if (!quiet) {
            thread.start();
        }
    }

    @Override
    public void ended() {
        if (done.incrementAndGet() == points) {
            // Tables and figures are short by comparison, and say what they are.
            thread.stop();
        }
    }

    /** A line such as {@code intervals of 1200 of 90000 grid points (1%), about 60 s left}. */
    String line() {
        int now = done.get();
        return String.format(
                        Locale.ROOT, "intervals of %d of %d grid points (%d%%), ", now, points, now * 100L / points)
                + timeLeft();
    }

    private String timeLeft() {
        return Progress.left(done.get(), points, System.nanoTime() - started);
    }

    @Override
    public void close() {
        if (thread != null) {
            thread.close();
        }
    }
}
