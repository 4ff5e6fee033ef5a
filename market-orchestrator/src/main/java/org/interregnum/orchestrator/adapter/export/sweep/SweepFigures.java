package org.interregnum.orchestrator.adapter.export.sweep;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.interregnum.orchestrator.adapter.export.ExportException;
import org.interregnum.orchestrator.adapter.export.FigureFiles;
import org.interregnum.orchestrator.adapter.export.FigureUnavailableException;

/**
 * The figures and tables of a sweep, made from its {@code runs.csv} alone: whatever is there of a sweep that is not
 * finished is drawn, and what is missing is marked.
 */
public final class SweepFigures {
    /** Folder of the figures in the sweep's directory. */
    public static final String FOLDER = "figures";

    private static final String SUMMARY = "summary.csv";
    private static final String TRANSITIONS = "transitions.csv";
    private static final String VARIANCE = "variance.csv";

    /** Hears how far the intervals are, which take longer than all else. */
    public interface Progress {
        /** Nobody listens. */
        Progress NONE = new Progress() {
            @Override
            public void begins(int gridPoints) {}

            @Override
            public void ended() {}
        };

        /** The table is read, and there are so many grid points. */
        void begins(int gridPoints);

        /** The intervals of one of them are known. From many threads. */
        void ended();
    }

    private final Path directory;
    private final Consumer<String> notes;

    private SweepFigures(Path directory, Consumer<String> notes) {
        this.directory = directory;
        this.notes = notes;
    }

    /**
     * Writes {@code summary.csv}, {@code transitions.csv} and {@code variance.csv} where there is what they are about, and
     * the figures, over those that were there.
     *
     * @param sweepDirectory directory of the sweep
     * @param notes receives what was written, and what could not be drawn and why, a line each
     * @param progress hears how far it is
     * @throws SweepUnreadableException when the table of runs is missing, damaged or empty
     * @throws ExportException when a file cannot be written
     */
    public static void write(Path sweepDirectory, Consumer<String> notes, Progress progress) {
        new SweepFigures(sweepDirectory, notes).write(Sweep.read(sweepDirectory, progress));
    }

    private void write(Sweep sweep) {
        List<Transitions.Entry> transitions = Transitions.of(sweep);
        write(csv -> SweepTables.addSummary(csv, sweep), SUMMARY, sweep.points().size() + " grid points");
        if (!transitions.isEmpty()) {
            write(
                    csv -> SweepTables.addTransitions(csv, sweep, transitions),
                    TRANSITIONS,
                    transitions.stream()
                                    .filter(entry -> entry.transition().isDefined())
                                    .count()
                            + " found of "
                            + transitions.size());
        }
        if (SweepTables.hasVariance(sweep)) {
            write(
                    csv -> SweepTables.addVariance(csv, sweep),
                    VARIANCE,
                    "variance between runs of a seed and between seeds");
        }
        if (!sweep.hasFinished()) {
            notes.accept("no figure: no run has finished");
            return;
        }
        Map<String, PanelFigure> figures = new FigurePlan(sweep, transitions, notes).figures();
        if (figures.isEmpty()) {
            notes.accept(
                    sweep.points().size() == 1
                            ? "no figure: all runs so far are of one grid point, and differ in their seed alone"
                            : "no figure: no number but the seed was swept");
            return;
        }
        Path folder = directory.resolve(FOLDER);
        create(folder);
        List<String> written = new ArrayList<>();
        try {
            figures.forEach((name, figure) -> {
                FigureFiles.write(figure, folder, name);
                written.add(name);
            });
        } catch (FigureUnavailableException e) {
            notes.accept("no figures: " + e.getMessage());
            return;
        }
        notes.accept(folder + "  " + String.join(", ", written) + "; each as png and svg");
    }

    private void write(Consumer<CsvFile> lines, String name, String content) {
        Path path = directory.resolve(name);
        CsvFile.write(path, lines);
        notes.accept(path + "  " + content);
    }

    private static void create(Path folder) {
        try {
            Files.createDirectories(folder);
        } catch (IOException e) {
            throw ExportException.cannotWrite(folder, e);
        }
    }
}
