package org.interregnum.standalone.cli;

import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.interregnum.orchestrator.decision.DecisionStatistics;
import org.interregnum.orchestrator.event.MarketOpened;
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

    private final Optional<DecisionStatistics> models;

    private Progress(Console console, long steps, Optional<DecisionStatistics> models) {
        this.console = console;
        this.steps = steps;
        this.models = models;
        thread = new Thread(this::show, "progress");
        thread.setDaemon(true);
    }

    /** Progress of a run: a bar on a terminal, otherwise a line now and then, nothing when it is to be quiet. */
    static Progress start(Console console, RunRequest request, Optional<DecisionStatistics> models) {
        Progress progress = new Progress(console, request.spec().steps(), models);
        if (!request.quiet()) {
            progress.thread.start();
        }
        return progress;
    }

    /** A listener that hears what this one hears, before another. */
    RunListener and(RunListener other) {
        return new RunListener() {
            @Override
            public void opened(MarketOpened opening, MarketState state) {
                other.opened(opening, state);
            }

            @Override
            public void stepTaken(StepTaken taken, MarketState state) {
                Progress.this.stepTaken(taken, state);
                other.stepTaken(taken, state);
            }
        };
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
                    bar.show(step, " " + left(step, steps, System.nanoTime() - started) + use());
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
            console.err().println(line(step, steps, System.nanoTime() - started) + use());
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

    /** What models have used so far, such as {@code , 120 calls, 48000 tokens, 2 fallbacks}; empty without models. */
    private String use() {
        if (models.isEmpty()) {
            return "";
        }
        DecisionStatistics.Sum sum = models.get().sum();
        return String.format(Locale.ROOT, ", %d calls, %d tokens", sum.calls(), sum.tokens())
                + (Double.isNaN(sum.cost()) ? "" : String.format(Locale.ROOT, ", cost %.4f", sum.cost()))
                + (sum.fallbacks() == 0 ? "" : String.format(Locale.ROOT, ", %d fallbacks", sum.fallbacks()));
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
