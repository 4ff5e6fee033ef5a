package org.interregnum.standalone.cli;

import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.interregnum.orchestrator.event.StepTaken;
import org.interregnum.orchestrator.model.MarketState;
import org.interregnum.orchestrator.run.RunListener;

/**
 * Shows how far a run is, from a thread of its own: the run only leaves a number behind. A run that ends at once shows
 * nothing, and does not even load what would draw it.
 */
final class Progress implements RunListener, AutoCloseable {
    private static final int BAR_EVERY_MILLIS = 250;
    private static final int BAR_AFTER_MILLIS = 1000;
    private static final int LINE_EVERY_MILLIS = 10_000;

    private final Console console;
    private final long steps;
    private final Thread thread;
    private final long started = System.nanoTime();
    private volatile long step;

    private Progress(Console console, long steps) {
        this.console = console;
        this.steps = steps;
        thread = new Thread(this::show, "progress");
        thread.setDaemon(true);
    }

    /** Progress of a run: a bar on a terminal, otherwise a line now and then, nothing when it is to be quiet. */
    static Progress start(Console console, RunRequest request) {
        Progress progress = new Progress(console, request.spec().steps());
        if (!request.quiet()) {
            progress.thread.start();
        }
        return progress;
    }

    @Override
    public void stepTaken(StepTaken taken, MarketState state) {
        step = taken.step();
    }

    private void show() {
        try {
            if (console.errIsTerminal()) {
                Thread.sleep(BAR_AFTER_MILLIS);
                showBar();
            } else {
                showLines();
            }
        } catch (InterruptedException e) {
            // The run is over; nothing more to show.
        }
    }

    private void showBar() throws InterruptedException {
        try (ProgressBarOnTerminal bar = new ProgressBarOnTerminal(console.err(), steps)) {
            try {
                while (true) {
                    bar.show(step, " " + left(step, steps, System.nanoTime() - started));
                    Thread.sleep(BAR_EVERY_MILLIS);
                }
            } finally {
                bar.show(step, "");
            }
        }
    }

    private void showLines() throws InterruptedException {
        while (true) {
            Thread.sleep(LINE_EVERY_MILLIS);
            console.err().println(line(step, steps, System.nanoTime() - started));
        }
    }

    /** A line such as {@code step 1200 of 4000 (30%), about 25 s left}. */
    static String line(long step, long steps, long elapsedNanos) {
        return String.format(
                Locale.ROOT,
                "step %d of %d (%d%%), %s",
                step,
                steps,
                step * 100 / Math.max(1, steps),
                left(step, steps, elapsedNanos));
    }

    private static String left(long step, long steps, long elapsedNanos) {
        if (step == 0) {
            return "time left not known yet";
        }
        double nanos = (double) elapsedNanos / step * (steps - step);
        return "about " + duration(TimeUnit.NANOSECONDS.toSeconds((long) nanos)) + " left";
    }

    private static String duration(long seconds) {
        if (seconds < 60) {
            return seconds + " s";
        }
        return seconds < 3600
                ? String.format(Locale.ROOT, "%d min %d s", seconds / 60, seconds % 60)
                : String.format(Locale.ROOT, "%d h %d min", seconds / 3600, seconds % 3600 / 60);
    }

    @Override
    public void close() {
        thread.interrupt();
        try {
            thread.join(1000);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
