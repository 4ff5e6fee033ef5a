package org.interregnum.orchestrator.adapter.export;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import org.interregnum.orchestrator.analysis.MarketSeries;
import org.interregnum.orchestrator.event.EventLogException;
import org.interregnum.orchestrator.event.MarketEvent;
import org.interregnum.orchestrator.model.MarketParameters;
import org.interregnum.orchestrator.model.Preferences;

/**
 * The run as NumPy arrays {@code x}, {@code q}, {@code p}, {@code u}, {@code j_n}. {@code x} is written while the run
 * goes on, from the events; the rest when it ends. Until then the file has another name, so a {@code series.npz} is
 * always a whole one. A problem on the way is kept until the end: the run is worth more than its arrays.
 */
final class SeriesArrays implements Consumer<MarketEvent> {
    /** Elements above which x is left out; with up to 128 sellers that is 2 GiB. */
    private static final long MOST_CHOICES = 1L << 31;

    private final Path path;
    private final Path unfinished;
    private final MarketParameters parameters;
    private NpzFile file;
    private ChoiceHistory choices;
    private Exception problem;

    /** @param mostPoints points of the whole run */
    SeriesArrays(Path path, MarketParameters parameters, int mostPoints) {
        this(path, parameters, mostPoints, MOST_CHOICES);
    }

    SeriesArrays(Path path, MarketParameters parameters, int mostPoints, long mostChoices) {
        this.path = path;
        this.parameters = parameters;
        unfinished = path.resolveSibling(path.getFileName() + ".part");
        try {
            file = new NpzFile(unfinished);
            if ((long) parameters.buyers() * mostPoints <= mostChoices) {
                choices = new ChoiceHistory(file, parameters, mostPoints);
            }
        } catch (IOException e) {
            problem = e;
        }
    }

    @Override
    public void accept(MarketEvent event) {
        if (choices == null || problem != null) {
            return;
        }
        try {
            choices.accept(event);
        } catch (IOException | EventLogException e) {
            problem = e;
        }
    }

    /**
     * Writes the other arrays. Every event must have come.
     *
     * @param lastChoices every buyer's seller at the last point
     * @return what was left out and why; empty when nothing was
     * @throws ExportException when the file could not be written
     */
    Optional<String> finish(MarketSeries series, Preferences preferences, int[] lastChoices) {
        try {
            throwProblem();
            Optional<String> leftOut = endChoices(series, lastChoices);
            writeRows("q", series.shares(), series.points());
            writeRows("p", series.prices(), series.points());
            writePreferences(preferences);
            writeRepricing(series.repricingSellers());
            file.finish();
            Files.move(unfinished, path, StandardCopyOption.REPLACE_EXISTING);
            return leftOut;
        } catch (IOException e) {
            discard();
            throw ExportException.cannotWrite(path, e);
        }
    }

    /** Lets go of what has been written so far. */
    void discard() {
        try {
            try {
                if (file != null) {
                    file.close();
                }
            } finally {
                // A file system that keeps data back until a file is closed may find only then that it is full.
                Files.deleteIfExists(unfinished);
            }
        } catch (IOException e) {
            problem = e;
        }
    }

    private void throwProblem() throws IOException {
        if (problem instanceof IOException e) {
            throw e;
        }
        if (problem != null) {
            discard();
            throw new ExportException("cannot write " + path + ": " + problem.getMessage(), problem);
        }
    }

    private Optional<String> endChoices(MarketSeries series, int[] lastChoices) throws IOException {
        if (choices != null) {
            choices.end();
            if (choices.points() != series.points()) {
                throw new IOException(String.format(
                        Locale.ROOT,
                        "the events end at point %d, the series at %d",
                        choices.points() - 1,
                        series.points() - 1));
            }
            return Optional.empty();
        }
        NpyType type = NpyType.ofChoices(parameters.sellers());
        byte[] column = ChoiceHistory.column(type, lastChoices);
        file.begin("x_last", column.length);
        file.put(column);
        file.end(type.header(false, lastChoices.length));
        return Optional.of(String.format(
                Locale.ROOT,
                "x (%d buyers at %d points; the last point is there as x_last)",
                parameters.buyers(),
                series.points()));
    }

    private void writeRows(String name, double[][] rows, int points) throws IOException {
        file.begin(name, (long) Double.BYTES * rows.length * points);
        for (double[] row : rows) {
            file.put(row, points);
        }
        file.end(NpyType.FLOAT64.header(false, rows.length, points));
    }

    private void writePreferences(Preferences preferences) throws IOException {
        file.begin("u", (long) Double.BYTES * preferences.buyers() * preferences.sellers());
        for (double[] column : preferences.columns()) {
            file.put(column, column.length);
        }
        file.end(NpyType.FLOAT64.header(true, preferences.buyers(), preferences.sellers()));
    }

    private void writeRepricing(int[] sellers) throws IOException {
        file.begin("j_n", (long) Long.BYTES * sellers.length);
        for (int seller : sellers) {
            file.room(Long.BYTES).putLong(seller);
        }
        file.end(NpyType.INT64.header(false, sellers.length));
    }
}
