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
    private final Optional<DecisionStatistics> models;
    /** What the models' limits of calls a minute are, which tells why it may seem to stand still. */
    private final List<String> paces;

    private final ProgressThread thread;
    private final long started = System.nanoTime();
    private volatile long step;
    /** Steps that were taken before, by a run that is resumed; they took no time now. */
    private volatile long stepsBefore = -1;

    private Progress(
            Console console, long steps, Budget budget, Optional<DecisionStatistics> models, List<String> paces) {
        this.steps = steps;
        this.models = models;
        this.paces = paces;
        thread = new ProgressThread(
                console,
                () -> models.isEmpty()
                        ? ProgressBarOnTerminal.of(console.err(), steps)
                        : ProgressBarOnTerminal.inWords(console.err(), steps),
                this::draw,
                () -> line(step, steps, timeLeft())
                        + models.map(statistics -> use(statistics.sum(), budget, paces))
                                .orElse(""));
    }

    /** Progress of a run: a bar on a terminal, otherwise a line now and then, nothing when it is to be quiet. */
    static Progress start(Console console, RunRequest request, Optional<DecisionStatistics> models) {
        return start(
                new Progress(
                        console,
                        request.spec().steps(),
                        request.rules().budget(),
                        models,
                        ModelPaces.inWords(request.spec().models())),
                request.quiet());
    }

    /** The same of a run that is elsewhere, and of which only its steps are known. */
    static Progress start(Console console, long steps, boolean quiet) {
        return start(new Progress(console, steps, Budget.UNLIMITED, Optional.empty(), List.of()), quiet);
    }

    private static Progress start(Progress progress, boolean quiet) {
        if (!quiet) {
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
        reached(taken.step());
    }

    /** A step was taken. */
    void reached(long taken) {
        if (stepsBefore < 0) {
            stepsBefore = Math.max(0, taken - 1);
        }
        step = taken;
    }

    private void draw(ProgressBarOnTerminal bar, boolean isLast) {
        bar.show(step, models.map(this::words).orElseGet(() -> isLast ? "" : " " + timeLeft()));
    }

    private String words(DecisionStatistics statistics) {
        List<String> pieces = pieces(step, steps, timeLeft(), statistics.sum());
        pieces.addAll(paces);
        return String.join("\n", pieces);
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

    /** What models have used so far, and how often they may be asked, such as {@code ; 120 of 500 calls, 48000 tokens}. */
    static String use(DecisionStatistics.Sum sum, Budget budget, List<String> paces) {
        List<String> pieces = ModelUse.inFull(sum, budget);
        pieces.addAll(paces);
        return "; " + String.join(", ", pieces);
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

    /** A time such as {@code 40 s}, {@code 6 min 39 s} or {@code 2 h 5 min}. */
    static String duration(long seconds) {
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
