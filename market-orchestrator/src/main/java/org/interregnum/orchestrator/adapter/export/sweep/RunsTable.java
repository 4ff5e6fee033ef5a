package org.interregnum.orchestrator.adapter.export.sweep;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
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
    private static final int MOST_KNOWN = 10_000;
    private static final Measure[] MEASURES = Measure.values();

    /** Settings whose values are numbers; those of others may be, such as a model of that name. */
    private static final Set<String> NUMBERS = Set.of(
            "J",
            "rho",
            "Nt",
            "num-buyers",
            "num-sellers",
            "mu",
            "sigma",
            "unit-cost",
            "cost-cap",
            "noise",
            "visibility",
            "ratio",
            "temperature",
            "max-output-tokens",
            "max-fallback-rate",
            "price-input",
            "price-output",
            "burn-in");

    private final Path path;
    private final Map<String, Integer> columns = new LinkedHashMap<>();
    /** Names of the settings. */
    private final List<String> names = new ArrayList<>();
    /** The latest settings, by what is written in the table. */
    private final Map<List<String>, Map<String, String>> known = new HashMap<>();
    /** Every value once. */
    private final Map<String, String> texts = new HashMap<>();

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
        for (String name : line.getFields()) {
            if (columns.putIfAbsent(name, columns.size()) != null) {
                throw new SweepUnreadableException(path + " has a column twice");
            }
        }
        for (String needed : List.of(SEED, STATUS, REGIME, Measure.MEAN_LEADER_SHARE.column())) {
            if (!columns.containsKey(needed)) {
                throw new SweepUnreadableException(path + " is no table of a sweep's runs: it has no column " + needed);
            }
        }
        for (String name : line.getFields()) {
            boolean isBefore = columns.get(name) < columns.get(STATUS);
            if (isBefore && !name.equals(CELL) && !name.equals(SEED) && !name.equals(REPETITION)) {
                names.add(name);
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
        double[] values = new double[MEASURES.length];
        for (Measure measure : MEASURES) {
            values[measure.place()] = number(line, measure.column());
        }
        requireWholeOrNone(line, CELL);
        requireWholeOrNone(line, REPETITION);
        return new SweptRun(settings(line), seed(line), finished, finished ? regime : null, values);
    }

    /** Runs with the same settings share them. */
    private Map<String, String> settings(CsvRecord line) {
        List<String> texts = new ArrayList<>(names.size());
        names.forEach(name -> texts.add(line.getField(columns.get(name))));
        Map<String, String> settings = known.get(texts);
        if (settings == null) {
            String[] values = new String[names.size()];
            for (int place = 0; place < values.length; place++) {
                values[place] = value(line, names.get(place), texts.get(place));
            }
            settings = new RunSettings(names, values);
            if (known.size() == MOST_KNOWN) {
                known.clear();
            }
            known.put(texts, settings);
        }
        return settings;
    }

    private String value(CsvRecord line, String name, String text) {
        boolean isMissing = text.isEmpty() && MarketKey.isRequired(name);
        if (isMissing
                || (!text.isEmpty()
                        && NUMBERS.contains(name)
                        && SettingValue.number(text).isEmpty())) {
            throw damaged(line, name + " " + quoted(line, name) + " is no number");
        }
        return texts.computeIfAbsent(SettingValue.canonical(text), value -> value);
    }

    private void requireWholeOrNone(CsvRecord line, String name) {
        if (columns.containsKey(name) && !line.getField(columns.get(name)).matches("[0-9]{0,18}")) {
            throw damaged(line, name + " " + quoted(line, name) + " is no whole number");
        }
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
