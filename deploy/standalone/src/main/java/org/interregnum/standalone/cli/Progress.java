package org.interregnum.standalone.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.interregnum.orchestrator.decision.Budget;
import org.interregnum.orchestrator.decision.DecisionStatistics;
import org.interregnum.orchestrator.event.MarketOpened;
import org.interregnum.orchestrator.event.StepTaken;
import org.interregnum.orchestrator.model.MarketState;
import org.interregnum.orchestrator.request.RunRequest;
import org.interregnum.orchestrator.run.RunListener;

/** Shows how far a run is, from a thread of its own: the run only leaves a number behind. */
final class Progress implements RunListener, AutoCloseable {
    private final long steps;
    private final Budget budget;
    private final Optional<DecisionStatistics> models;
    private final ProgressThread thread;
    private final long started = System.nanoTime();
    private volatile long step;
    /** Steps that were taken before, by a run that is resumed; they took no time now. */
    private volatile long stepsBefore = -1;

    private Progress(Console console, RunRequest request, Optional<DecisionStatistics> models) {
        this.steps = request.spec().steps();
        this.budget = request.rules().budget();
        this.models = models;
        thread = new ProgressThread(
                console,
                () -> models.isEmpty()
                        ? ProgressBarOnTerminal.of(console.err(), steps)
                        : ProgressBarOnTerminal.inWords(console.err(), steps),
                this::draw,
                () -> line(step, steps, timeLeft())
                        + models.map(statistics -> use(statistics.sum(), budget))
                                .orElse(""));
    }

    /** Progress of a run: a bar on a terminal, otherwise a line now and then, nothing when it is to be quiet. */
    static Progress start(Console console, RunRequest request, Optional<DecisionStatistics> models) {
        Progress progress = new Progress(console, request, models);
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
        if (stepsBefore < 0) {
            stepsBefore = taken.step() - 1;
        }
        step = taken.step();
    }

    private void draw(ProgressBarOnTerminal bar, boolean isLast) {
        bar.show(step, models.map(this::words).orElseGet(() -> isLast ? "" : " " + timeLeft()));
    }

    private String words(DecisionStatistics statistics) {
        return String.join("\n", pieces(step, steps, timeLeft(), statistics.sum()));
    }

    /** What a terminal shows instead of a bar in a market with models, such as 12/59, 40 s left, 120 calls. */
    static List<String> pieces(long step, long steps, String timeLeft, DecisionStatistics.Sum sum) {
        List<String> pieces = new ArrayList<>();
        pieces.add(step + "/" + steps);
        pieces.add(timeLeft.replace("about ", ""));
        pieces.addAll(ModelUse.inShort(sum));
        return pieces;
    }

    /** A line such as {@code step 1200 of 4000 (30%), about 25 s left}. */
    static String line(long step, long steps, String timeLeft) {
        return String.format(
                Locale.ROOT, "step %d of %d (%d%%), %s", step, steps, step * 100 / Math.max(1, steps), timeLeft);
    }

    /** What models have used so far, such as {@code ; 120 of 500 calls, 48000 tokens}. */
    static String use(DecisionStatistics.Sum sum, Budget budget) {
        return "; " + String.join(", ", ModelUse.inFull(sum, budget));
    }

    private String timeLeft() {
        long before = Math.max(0, stepsBefore);
        return left(step - before, steps - before, System.nanoTime() - started);
    }

    /** Time left by the steps that were taken, such as {@code about 25 s left}. */
    static String left(long step, long steps, long elapsedNanos) {
        if (step <= 0) {
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
        thread.close();
    }
}
