package org.interregnum.orchestrator.adapter.export.sweep;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.interregnum.orchestrator.analysis.Regime;
import org.interregnum.orchestrator.event.RunStatus;

/** Reads {@code runs.csv}, the table that a sweep leaves: strictly, so that what is damaged is never half of a figure. */
final class RunsTable {
    static final String NAME = "runs.csv";

    private static final String CELL = "cell";
    private static final String SEED = "seed";
    private static final String REPETITION = "repetition";
    private static final String STATUS = "status";
    private static final String REGIME = "regime";
    private static final int LONGEST_QUOTE = 60;

    private final Path path;
    private final Map<String, Integer> columns = new LinkedHashMap<>();

    private RunsTable(Path path) {
        this.path = path;
    }

    /**
     * Reads a table, a line at a time.
     *
     * @param path the file
     * @param runs receives each line
     * @throws SweepUnreadableException when it cannot be read or is no such table
     */
    static void read(Path path, Consumer<SweptRun> runs) {
        new RunsTable(path).read(runs);
    }

    private void read(Consumer<SweptRun> runs) {
        // Strange bytes are said to be strange by whoever reads a number or a word.
        try (CsvReader<CsvRecord> csv = CsvReader.builder().ofCsvRecord(Files.newBufferedReader(path))) {
            for (CsvRecord line : csv) {
                if (columns.isEmpty()) {
                    readHeader(line);
                } else {
                    runs.accept(run(line));
                }
            }
        } catch (NoSuchFileException e) {
            throw new SweepUnreadableException(path + ": there is no such file");
        } catch (CsvParseException | IOException | UncheckedIOException e) {
            throw new SweepUnreadableException(path + " cannot be read: " + root(e));
        }
        if (columns.isEmpty()) {
            throw new SweepUnreadableException(path + " is empty");
        }
    }

    private static String root(Throwable problem) {
        Throwable root = problem;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return root.getMessage() == null ? root.getClass().getSimpleName() : root.getMessage();
    }

    private void readHeader(CsvRecord line) {
        List<String> names = line.getFields();
        if (new HashSet<>(names).size() < names.size()) {
            throw new SweepUnreadableException(path + " has a column twice");
        }
        for (String name : names) {
            columns.put(name, columns.size());
        }
        for (String needed : List.of(SEED, STATUS, REGIME, Measure.MEAN_LEADER_SHARE.column())) {
            if (!columns.containsKey(needed)) {
                throw new SweepUnreadableException(path + " is no table of a sweep's runs: it has no column " + needed);
            }
        }
    }

    private SweptRun run(CsvRecord line) {
        RunStatus status = word(line, STATUS, RunStatus.class)
                .orElseThrow(() -> damaged(line, STATUS + " " + quoted(line, STATUS) + " is unknown"));
        boolean finished = status == RunStatus.FINISHED;
        Regime regime = word(line, REGIME, Regime.class).orElse(null);
        if (finished && regime == null) {
            throw damaged(line, REGIME + " " + quoted(line, REGIME) + " is unknown");
        }
        Map<Measure, Double> values = new EnumMap<>(Measure.class);
        for (Measure measure : Measure.values()) {
            values.put(measure, number(line, measure.column()));
        }
        return new SweptRun(settings(line), seed(line), finished, finished ? regime : null, values);
    }

    private Map<String, String> settings(CsvRecord line) {
        Map<String, String> settings = new LinkedHashMap<>();
        columns.forEach((name, column) -> {
            boolean before = column < columns.get(STATUS);
            if (before && !name.equals(CELL) && !name.equals(SEED) && !name.equals(REPETITION)) {
                settings.put(name, SettingValue.canonical(line.getField(column)));
            }
        });
        return settings;
    }

    private long seed(CsvRecord line) {
        try {
            return Long.parseLong(line.getField(columns.get(SEED)));
        } catch (NumberFormatException e) {
            throw damaged(line, SEED + " " + quoted(line, SEED) + " is no whole number");
        }
    }

    private double number(CsvRecord line, String name) {
        String text = columns.containsKey(name) ? line.getField(columns.get(name)) : "";
        if (text.isEmpty()) {
            return Double.NaN;
        }
        double number = SettingValue.number(text).orElse(Double.NaN);
        if (Double.isNaN(number)) {
            throw damaged(line, name + " " + quoted(line, name) + " is no number");
        }
        return number;
    }

    private <E extends Enum<E>> Optional<E> word(CsvRecord line, String name, Class<E> words) {
        String text = line.getField(columns.get(name));
        return Arrays.stream(words.getEnumConstants())
                .filter(word -> word(word).equals(text))
                .findFirst();
    }

    /** A word as tables have it, such as {@code stable_monopoly}. */
    static String word(Enum<?> word) {
        return word.name().toLowerCase(Locale.ROOT);
    }

    private String quoted(CsvRecord line, String name) {
        String text = line.getField(columns.get(name));
        String shown = text.substring(0, Math.min(LONGEST_QUOTE, text.length()));
        return "'"
                + shown.chars()
                        .mapToObj(c -> Character.isISOControl(c) ? " " : Character.toString(c))
                        .collect(Collectors.joining())
                + "'";
    }

    private SweepUnreadableException damaged(CsvRecord line, String problem) {
        return new SweepUnreadableException(
                path + " is damaged in line " + line.getStartingLineNumber() + ": " + problem);
    }
}
