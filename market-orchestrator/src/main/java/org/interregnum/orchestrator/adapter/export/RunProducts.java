package org.interregnum.orchestrator.adapter.export;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.interregnum.orchestrator.analysis.MarketSeries;
import org.interregnum.orchestrator.event.MarketEvent;
import org.interregnum.orchestrator.event.MarketOpened;
import org.interregnum.orchestrator.event.StepTaken;
import org.interregnum.orchestrator.model.Preferences;
import org.interregnum.orchestrator.run.RunSpec;

/**
 * The files that a run leaves for people: arrays, tables, figure. It is shown the run's events as they are logged, in
 * order and on one thread, and writes the rest when the run has ended:
 *
 * <pre>
 * RunProducts products = RunProducts.open(directory, spec);
 * try (EventLog log = FileEventLog.create(directory.eventLog(), products)) { run }
 * products.finish(…);
 * </pre>
 */
public final class RunProducts implements Consumer<MarketEvent> {
    private final RunDirectory directory;
    /** Part of a long run after which drawing is warmed up. */
    private static final int WARM_UP_AFTER = 3;

    /** Points from which on a run takes longer than loading what drawing needs. */
    private static final int LONG_RUN = 2000;

    private final boolean figure;
    private final SeriesArrays arrays;
    private final RunSpec spec;
    private boolean isWarm;

    private RunProducts(RunDirectory directory, RunSpec spec, boolean figure) {
        this.directory = directory;
        this.figure = figure;
        this.spec = spec;
        arrays = new SeriesArrays(directory.arrays(), spec.market(), spec.points());
    }

    /** Prepares the products of a run, the figure among them. */
    public static RunProducts open(RunDirectory directory, RunSpec spec) {
        return open(directory, spec, true);
    }

    /**
     * Prepares the products of a run; loads what drawing needs on a thread of its own.
     *
     * @param figure whether the figure is one of them
     */
    public static RunProducts open(RunDirectory directory, RunSpec spec, boolean figure) {
        return new RunProducts(directory, spec, figure);
    }

    @Override
    public void accept(MarketEvent event) {
        arrays.accept(event);
        if (figure && !isWarm && isTimeToWarmUp(event)) {
            isWarm = true;
            Thread warmUp =
                    new Thread(() -> MarketFigure.warmUp(spec.market().sellers(), spec.points()), "figure-warm-up");
            warmUp.setDaemon(true);
            warmUp.start();
        }
    }

    /**
     * Late enough that the compiler has seen to the steps, which it should do first, and early enough that drawing is
     * warm when the run ends.
     */
    private boolean isTimeToWarmUp(MarketEvent event) {
        return event instanceof StepTaken step
                ? step.step() >= spec.points() / WARM_UP_AFTER
                : event instanceof MarketOpened && spec.points() < LONG_RUN;
    }

    /**
     * Writes everything. A product that cannot be written does not keep the others from being.
     *
     * @param series the run, whole or up to where it stopped
     * @param preferences the buyers' preferences
     * @param lastChoices every buyer's seller at the last point
     * @param caption what stands above the figure
     * @return what was written and what was not
     */
    public Written finish(MarketSeries series, Preferences preferences, int[] lastChoices, FigureCaption caption) {
        if (series.points() == 0) {
            arrays.discard();
            return new Written(List.of(), List.of("series and figure: the market did not open"));
        }
        Tally tally = new Tally();
        List<Thread> drawings = figure ? startDrawing(series, caption, tally) : List.of();
        tally.attempt(directory.arrays(), () -> arrays.finish(series, preferences, lastChoices));
        tally.attemptWhole(directory.table(), file -> SeriesTable.write(file, series));
        if (CorrelationTable.largestLag(series, spec.burnIn()) > 0) {
            tally.attemptWhole(directory.correlation(), file -> CorrelationTable.write(file, series, spec.burnIn()));
        }
        drawings.forEach(RunProducts::await);
        return tally.result();
    }

    private List<Thread> startDrawing(MarketSeries series, FigureCaption caption, Tally tally) {
        return List.of(
                start(
                        "figure-png",
                        () -> tally.attemptWhole(
                                directory.png(), file -> MarketFigure.writePng(file, series, caption))),
                start(
                        "figure-svg",
                        () -> tally.attemptWhole(
                                directory.svg(), file -> MarketFigure.writeSvg(file, series, caption))));
    }

    private static Thread start(String name, Runnable drawing) {
        Thread thread = new Thread(drawing, name);
        thread.start();
        return thread;
    }

    /** Waits, whatever happens: an interrupted run is to have its figure as well. */
    private static void await(Thread drawing) {
        boolean interrupted = false;
        while (drawing.isAlive()) {
            try {
                drawing.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** Lets go of what has been written so far, for a run that never comes to {@link #finish}. */
    public void discard() {
        arrays.discard();
    }

    /**
     * What became of the products.
     *
     * @param files the files written
     * @param leftOut what was not written, or a part of it, and why; a line each
     */
    public record Written(List<Path> files, List<String> leftOut) {}

    private interface Writing {
        /** Writes a product; says what of it was left out. */
        Optional<String> write() throws IOException;
    }

    private static final class Tally {
        private final List<Path> files = new ArrayList<>();
        private final List<String> leftOut = new ArrayList<>();

        /** Writes a product of which nothing is left out, and which is whole or not there. */
        void attemptWhole(Path file, WholeFile.Content content) {
            attempt(file, () -> {
                WholeFile.write(file, content);
                return Optional.empty();
            });
        }

        void attempt(Path file, Writing writing) {
            try {
                Optional<String> missing = writing.write();
                note(file, missing.map(what -> file.getFileName() + ": left out " + what));
            } catch (IOException e) {
                note(null, Optional.of(ExportException.cannotWrite(file, e).getMessage()));
            } catch (ExportException e) {
                note(null, Optional.of(e.getMessage()));
            } catch (FigureUnavailableException e) {
                note(null, Optional.of(file.getFileName() + ": " + e.getMessage()));
            }
        }

        private synchronized void note(Path file, Optional<String> missing) {
            if (file != null) {
                files.add(file);
            }
            missing.ifPresent(leftOut::add);
        }

        synchronized Written result() {
            return new Written(List.copyOf(files), List.copyOf(leftOut));
        }
    }
}
