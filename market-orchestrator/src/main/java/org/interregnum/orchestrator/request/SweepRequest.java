package org.interregnum.orchestrator.request;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.interregnum.orchestrator.adapter.kafka.KafkaConnection;
import org.interregnum.orchestrator.decision.Budget;
import org.interregnum.orchestrator.model.MarketParameters;
import org.interregnum.orchestrator.run.RunSpec;
import org.interregnum.orchestrator.sweep.SweepGrid;
import org.interregnum.orchestrator.sweep.SweepSource;

/**
 * A sweep as somebody asked for it, checked: a grid of runs. Cells are numbered from 0 in the order of the grid; where a
 * setting has no effect, such as a model where all follow rules, its values make one cell and not many.
 */
public final class SweepRequest {
    /** What is said of the whole sweep, and has one value. */
    static final Set<Setting> OF_THE_SWEEP = EnumSet.of(
            Setting.OUT,
            Setting.KAFKA,
            Setting.KAFKA_VALUES,
            Setting.FIGURE,
            Setting.NO_FIGURE,
            Setting.QUIET,
            Setting.DEADLINE,
            Setting.BATCH_SIZE,
            Setting.IN_FLIGHT,
            Setting.CALLS_PER_MINUTE,
            Setting.CALL_TIMEOUT,
            Setting.MAX_CALLS,
            Setting.MAX_TOKENS,
            Setting.MAX_COST);

    /** Name of the number of a seed's run, as a swept setting and a column. */
    public static final String REPETITION = "repetition";

    /** Columns of every table. */
    private static final Set<Setting> ALWAYS = EnumSet.of(
            Setting.NETWORK_EFFECT, Setting.UPDATE_RATE, Setting.POINTS, Setting.BUYERS, Setting.SELLERS, Setting.SEED);

    private final SweepGrid grid;
    private final List<Setting> swept;
    private final Map<Setting, Given> fixed;
    private final Map<Setting, Given> names;
    private final RunFileContent file;
    private final SweepSource source;
    private final int[] combinations;

    /**
     * @param grid the swept settings, by their short names, and last, where there are several, the runs of each seed
     * @param swept the same as settings, but for the runs of each seed
     * @param fixed all others that were given, those of the whole sweep among them
     * @param names where each swept setting was given, for complaints
     * @param file ranges of sellers, cohorts of buyers and endpoints
     * @param source what was asked for, word for word
     * @param combinations the combinations of the grid that are cells; null when all are
     */
    SweepRequest(
            SweepGrid grid,
            List<Setting> swept,
            Map<Setting, Given> fixed,
            Map<Setting, Given> names,
            RunFileContent file,
            SweepSource source,
            int[] combinations) {
        this.grid = grid;
        this.swept = List.copyOf(swept);
        this.fixed = new EnumMap<>(fixed);
        this.names = new EnumMap<>(names);
        this.file = file;
        this.source = source;
        this.combinations = combinations;
    }

    /** Number of cells. */
    public int cells() {
        return combinations == null ? grid.size() : combinations.length;
    }

    /** The swept settings with their values. */
    public SweepGrid grid() {
        return grid;
    }

    /** What was asked for, word for word. */
    public SweepSource source() {
        return source;
    }

    /** Settings that have one value in all cells, with it, by their short names; those of the whole sweep are not among them. */
    public Map<String, String> fixedSettings() {
        Map<String, String> texts = new LinkedHashMap<>();
        fixed.forEach((setting, given) -> {
            if (!OF_THE_SWEEP.contains(setting)) {
                texts.put(setting.shortName(), given.text());
            }
        });
        return texts;
    }

    /** What is given for a cell's run. */
    Map<Setting, Given> settings(int cell) {
        return settingsOf(combinations == null ? cell : combinations[cell]);
    }

    private Map<Setting, Given> settingsOf(int combination) {
        Map<Setting, Given> settings = new EnumMap<>(fixed);
        List<String> values = grid.values(combination);
        for (int index = 0; index < swept.size(); index++) {
            Setting setting = swept.get(index);
            settings.put(setting, new Given(names.get(setting).name(), values.get(index)));
        }
        boolean sellers =
                isModel(settings, Setting.SELLER_STRATEGY, !file.sellers().isEmpty());
        boolean buyers =
                isModel(settings, Setting.BUYER_STRATEGY, !file.buyers().isEmpty());
        settings.keySet().removeIf(setting -> !setting.applies(sellers, buyers));
        boolean asksServices =
                settings.containsKey(Setting.SELLER_TARGET) || settings.containsKey(Setting.BUYER_TARGET);
        if (!sellers && !buyers && !asksServices) {
            settings.remove(Setting.DEADLINE);
        }
        if (!settings.containsKey(Setting.BUYER_TARGET)) {
            settings.remove(Setting.BATCH_SIZE);
        }
        settings.keySet().removeAll(Set.of(Setting.OUT, Setting.FIGURE, Setting.NO_FIGURE, Setting.QUIET));
        settings.remove(Setting.KAFKA);
        settings.remove(Setting.KAFKA_VALUES);
        return settings;
    }

    static boolean isModel(Map<Setting, Given> settings, Setting strategy, boolean hasGroups) {
        Given given = settings.get(strategy);
        return given == null ? hasGroups : given.text().equals("llm");
    }

    /**
     * The run of a cell, which draws no figure.
     *
     * @param cell its number, from 0
     */
    public RunRequest run(int cell) {
        Map<Setting, Given> settings = settings(cell);
        settings.put(Setting.NO_FIGURE, new Given(Setting.NO_FIGURE.firstName(), "true"));
        settings.put(Setting.QUIET, new Given(Setting.QUIET.firstName(), "true"));
        return RunRequestReader.read(settings, file);
    }

    /** Whether anybody is a model in a cell. */
    public boolean hasModels(int cell) {
        Map<Setting, Given> settings = settings(cell);
        return isModel(settings, Setting.SELLER_STRATEGY, !file.sellers().isEmpty())
                || isModel(settings, Setting.BUYER_STRATEGY, !file.buyers().isEmpty());
    }

    /** Whether each seed is run several times where there are models. */
    public boolean isRepeated() {
        return grid.settings().size() > swept.size();
    }

    /** Which of its seed's runs a cell is, from 1; empty where there is one only. */
    public OptionalInt repetition(int cell) {
        if (!isRepeated() || !hasModels(cell)) {
            return OptionalInt.empty();
        }
        List<String> values = grid.values(combinations == null ? cell : combinations[cell]);
        return OptionalInt.of(Integer.parseInt(values.get(swept.size())));
    }

    /**
     * Number of cells that differ in their seeds and repetitions alone, and follow each other.
     *
     * @param cell the first of them
     */
    public int replicates(int cell) {
        int runs = isRepeated() && hasModels(cell)
                ? grid.settings().get(swept.size()).values().size()
                : 1;
        return seeds().size() * runs;
    }

    /** The first of the cells that differ from one in their seeds and repetitions alone. */
    public int firstReplicate(int cell) {
        int runs = isRepeated() ? grid.settings().get(swept.size()).values().size() : 1;
        int apart = seeds().size() * runs;
        return combinations == null
                ? cell - cell % apart
                : Arrays.binarySearch(combinations, combinations[cell] - combinations[cell] % apart);
    }

    /** Whether there may be models in any cell. */
    public boolean canHaveModels() {
        return canBeModels(Setting.SELLER_STRATEGY, !file.sellers().isEmpty())
                || canBeModels(Setting.BUYER_STRATEGY, !file.buyers().isEmpty());
    }

    private boolean canBeModels(Setting strategy, boolean hasGroups) {
        int index = swept.indexOf(strategy);
        return index < 0
                ? isModel(fixed, strategy, hasGroups)
                : grid.settings().get(index).values().contains("llm");
    }

    /** The seeds of the runs, in order. */
    public List<String> seeds() {
        return swept.contains(Setting.SEED)
                ? grid.settings().get(swept.indexOf(Setting.SEED)).values()
                : List.of(
                        fixed.containsKey(Setting.SEED)
                                ? fixed.get(Setting.SEED).text()
                                : Long.toString(RunSpec.DEFAULT_SEED));
    }

    /** The settings that have a column in the table: those that identify a run, and all that were given. The seed is last. */
    public List<Setting> columns() {
        List<Setting> columns = new ArrayList<>();
        for (Setting setting : Setting.values()) {
            boolean isGiven = fixed.containsKey(setting) || swept.contains(setting);
            boolean isOfRuns = !OF_THE_SWEEP.contains(setting) && setting != Setting.SEED;
            if (isOfRuns && (isGiven || ALWAYS.contains(setting))) {
                columns.add(setting);
            }
        }
        columns.add(Setting.SEED);
        return columns;
    }

    /**
     * A cell's values in the order of {@link #columns()}: a {@link Double} of a number, a {@link Long} of a whole number, a
     * text, or null where the setting has no effect.
     */
    public List<Object> values(int cell) {
        Map<Setting, Given> settings = settings(cell);
        List<Object> values = new ArrayList<>();
        for (Setting setting : columns()) {
            Given given = settings.get(setting);
            values.add(given == null ? preset(setting) : value(setting, given));
        }
        return values;
    }

    private static Object value(Setting setting, Given given) {
        return !setting.isNumber()
                ? given.text()
                : setting.isCount()
                        ? (Object) Values.wholeNumber(setting, given, Long.MIN_VALUE, Long.MAX_VALUE)
                        : Values.number(setting, given);
    }

    private static Object preset(Setting setting) {
        return switch (setting) {
            case BUYERS -> (long) MarketParameters.DEFAULT_BUYERS;
            case SELLERS -> (long) MarketParameters.DEFAULT_SELLERS;
            case SEED -> RunSpec.DEFAULT_SEED;
            default -> null;
        };
    }

    /** What the models of all runs together may spend. */
    public Budget budget() {
        Map<Setting, Given> limits = new EnumMap<>(fixed);
        limits.keySet().retainAll(EnumSet.of(Setting.MAX_CALLS, Setting.MAX_TOKENS, Setting.MAX_COST));
        return DecisionRulesReader.read(limits).budget();
    }

    /**
     * What tells this grid from every other, as a text: the swept settings, the fixed ones, ranges, cohorts and endpoints,
     * but not what may differ when the sweep is started again, such as the budget.
     */
    public String identity() {
        StringBuilder text = new StringBuilder();
        grid.settings().forEach(setting -> line(text, setting.name(), setting.values()));
        fixedSettings().forEach((name, value) -> line(text, name, List.of(value)));
        file.endpoints().forEach((name, settings) -> line(text, "endpoint " + name, texts(settings)));
        for (List<RunFileContent.Group> groups : List.of(file.sellers(), file.buyers())) {
            groups.forEach(group -> line(
                    text,
                    groups == file.sellers() ? "sellers" : "buyers",
                    List.of(
                            text(group.range()),
                            text(group.agent()),
                            text(group.name()),
                            String.join(",", texts(group.settings())))));
        }
        return text.toString();
    }

    private static void line(StringBuilder text, String name, List<String> values) {
        text.append(name).append('=').append(String.join("|", values)).append('\n');
    }

    private static List<String> texts(Map<Setting, Given> settings) {
        return settings.entrySet().stream()
                .map(entry ->
                        entry.getKey().shortName() + ":" + entry.getValue().text())
                .toList();
    }

    private static String text(Given given) {
        return given == null ? "" : given.text();
    }

    /** Where the sweep's files go; empty for a directory of its own under {@code sweeps}. */
    public Optional<Path> out() {
        return Optional.ofNullable(fixed.get(Setting.OUT)).map(given -> Values.path(Setting.OUT, given));
    }

    /** Whether to draw figures. */
    public boolean figure() {
        return RunRequestReader.figure(fixed);
    }

    /** Whether to keep progress to itself. */
    public boolean quiet() {
        return Optional.ofNullable(fixed.get(Setting.QUIET))
                .map(given -> Values.flag(Setting.QUIET, given))
                .orElse(false);
    }

    /** The broker over which runs are distributed; empty when none was given. */
    public Optional<KafkaConnection> kafka() {
        return Optional.ofNullable(fixed.get(Setting.KAFKA))
                .map(given ->
                        new KafkaConnection(Values.address(Setting.KAFKA, given).toString()));
    }
}
