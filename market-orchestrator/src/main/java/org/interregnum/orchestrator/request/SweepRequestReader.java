package org.interregnum.orchestrator.request;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.interregnum.orchestrator.model.InvalidParameterException;
import org.interregnum.orchestrator.run.RunSpec;
import org.interregnum.orchestrator.sweep.SweepGrid;
import org.interregnum.orchestrator.sweep.SweepSource;
import org.interregnum.orchestrator.sweep.SweptSetting;
import org.interregnum.orchestrator.sweep.SweptValues;

/** Makes a checked sweep out of what the user gave, options before sweep file before defaults. */
public final class SweepRequestReader {
    private static final int MOST_REPETITIONS = 1000;

    private final Map<Setting, Given> fixed = new EnumMap<>(Setting.class);
    private final Map<Setting, Given> given = new EnumMap<>(Setting.class);
    private final Map<Setting, List<String>> swept = new LinkedHashMap<>();
    private final RunFileContent file;
    private int repetitions = 1;

    private SweepRequestReader(RunFileContent file) {
        // Whether somebody asks at each endpoint is looked at below: a single cell need not.
        this.file = new RunFileContent(Map.of(), file.endpoints(), List.of(), file.sellers(), file.buyers());
    }

    /**
     * Reads a sweep.
     *
     * @param options what was given on the command line; a setting may name many values
     * @param seeds number of seeds, as an option; empty when it was not given
     * @param repetitions number of runs of each seed, as an option; empty when it was not given
     * @param file what the sweep file says
     * @throws BadInputException when something required is missing, anything is not in its range in any cell, or a setting
     *     has no effect in any
     */
    public static SweepRequest read(
            Map<Setting, Given> options, Optional<Given> seeds, Optional<Given> repetitions, SweepFileContent file) {
        SweepRequestReader reader = new SweepRequestReader(file.run());
        reader.given.putAll(file.run().settings());
        RunRequestReader.override(reader.given, options);
        reader.sort(seeds.or(() -> options.containsKey(Setting.SEED) ? Optional.empty() : file.seeds()));
        reader.fewBuyersWhenTheyAreModels();
        reader.refuseWithoutEffect(file.run().endpointNames());
        repetitions.or(file::repetitions).ifPresent(reader::repeat);
        Map<String, String> texts = new LinkedHashMap<>();
        options.forEach((setting, value) -> texts.put(setting.firstName(), value.text()));
        return reader.request(
                new SweepSource(texts, seeds.map(Given::text), repetitions.map(Given::text), file.name(), file.text()));
    }

    /**
     * Reads a sweep again.
     *
     * @param source what was asked for
     * @param changed options that replace those of the same settings
     * @throws BadInputException when something is not as it must be
     */
    public static SweepRequest read(SweepSource source, Map<Setting, Given> changed) {
        Map<Setting, Given> given = new EnumMap<>(Setting.class);
        source.options()
                .forEach((name, text) ->
                        Setting.ofOption(name).ifPresent(setting -> given.put(setting, new Given(name, text))));
        RunRequestReader.override(given, changed);
        return read(
                given,
                source.seeds().map(text -> new Given("--" + SweepFileContent.SEEDS, text)),
                source.repetitions().map(text -> new Given("--" + SweepFileContent.REPETITIONS, text)),
                source.fileName().isEmpty()
                        ? SweepFileContent.NONE
                        : RunFile.parseSweep(source.fileName(), source.fileText()));
    }

    private void sort(Optional<Given> seeds) {
        for (Map.Entry<Setting, Given> entry : given.entrySet()) {
            Setting setting = entry.getKey();
            if (SweepRequest.OF_THE_SWEEP.contains(setting)) {
                fixed.put(setting, entry.getValue());
            } else if (setting != Setting.SEED) {
                put(setting, entry.getValue(), values(setting, entry.getValue()));
            }
        }
        Given seed = given.get(Setting.SEED);
        List<String> values = seed == null ? List.of() : values(Setting.SEED, seed);
        if (seeds.isPresent()) {
            Given count = seeds.get();
            if (values.size() > 1) {
                throw count.isBad("contradicts %s, which names the seeds; must be left out".formatted(seed.name()));
            }
            long first = seed == null
                    ? RunSpec.DEFAULT_SEED
                    : Values.wholeNumber(new Given(seed.name(), values.get(0)), 0, 0xFFFF_FFFFL, Setting.SEED.rule());
            int number = (int) Values.wholeNumber(count, 1, SweptValues.MOST, SweepFileContent.SEEDS_RULE);
            values = IntStream.range(0, number)
                    .mapToObj(index -> Long.toString(first + index))
                    .toList();
            seed = new Given(count.name(), count.text());
        }
        if (!values.isEmpty()) {
            // Last, so that runs which differ by chance alone are next to each other.
            put(Setting.SEED, seed, values);
        }
    }

    /** Runs of rules with one seed are equal in every bit, so only those with models are worth it. */
    private void repeat(Given count) {
        repetitions = (int) Values.wholeNumber(count, 1, MOST_REPETITIONS, SweepFileContent.REPETITIONS_RULE);
        if (repetitions > 1
                && !canBeModels(Setting.SELLER_STRATEGY, !file.sellers().isEmpty())
                && !canBeModels(Setting.BUYER_STRATEGY, !file.buyers().isEmpty())) {
            throw count.isBad("runs of rules with one seed are equal in every bit; must be left out, or"
                    + " --sellers llm or --buyers llm given");
        }
    }

    private static List<String> values(Setting setting, Given value) {
        try {
            return SweptValues.parse(value.text(), setting.isNumber());
        } catch (InvalidParameterException e) {
            throw value.isBad(e.rule());
        }
    }

    private void put(Setting setting, Given where, List<String> values) {
        given.put(setting, where);
        if (values.size() == 1) {
            fixed.put(setting, new Given(where.name(), values.get(0)));
        } else {
            swept.put(setting, values);
        }
    }

    /** Runs that are to be compared have as many buyers, whoever decides for them. */
    private void fewBuyersWhenTheyAreModels() {
        if (!given.containsKey(Setting.BUYERS)
                && canBeModels(Setting.BUYER_STRATEGY, !file.buyers().isEmpty())) {
            fixed.put(
                    Setting.BUYERS,
                    new Given(
                            Setting.BUYERS.firstName(),
                            Integer.toString(ModelAssignmentReader.DEFAULT_BUYERS_OF_MODELS)));
        }
    }

    private boolean canBeModels(Setting strategy, boolean hasGroups) {
        Given value = given.get(strategy);
        return value == null ? hasGroups : values(strategy, value).contains("llm");
    }

    private void refuseWithoutEffect(List<Given> endpointNames) {
        boolean sellers = canBeModels(Setting.SELLER_STRATEGY, !file.sellers().isEmpty());
        boolean buyers = canBeModels(Setting.BUYER_STRATEGY, !file.buyers().isEmpty());
        given.forEach((setting, value) -> {
            if (!setting.applies(sellers, buyers)) {
                throw value.isBad("has no effect without " + setting.needed() + "; give one or leave it out");
            }
        });
        Set<String> named = new HashSet<>();
        if (given.containsKey(Setting.ENDPOINT)) {
            named.addAll(values(Setting.ENDPOINT, given.get(Setting.ENDPOINT)));
        }
        for (List<RunFileContent.Group> groups : List.of(file.sellers(), file.buyers())) {
            groups.stream()
                    .map(group -> group.settings().get(Setting.ENDPOINT))
                    .filter(java.util.Objects::nonNull)
                    .forEach(endpoint -> named.add(endpoint.text()));
        }
        endpointNames.forEach(endpoint -> {
            if (!named.contains(endpoint.text())) {
                throw endpoint.isBad(
                        "nobody asks there; must be the 'endpoint' of a group or of the sweep, or be left out");
            }
        });
    }

    private SweepRequest request(SweepSource source) {
        List<SweptSetting> axes = new ArrayList<>();
        swept.forEach((setting, values) -> axes.add(new SweptSetting(setting.shortName(), values)));
        if (repetitions > 1) {
            axes.add(new SweptSetting(
                    SweepRequest.REPETITION,
                    IntStream.rangeClosed(1, repetitions)
                            .mapToObj(Integer::toString)
                            .toList()));
        }
        SweepGrid grid;
        try {
            grid = new SweepGrid(axes);
        } catch (InvalidParameterException e) {
            throw new BadInputException("the grid has %s cells or more: %s".formatted(e.value(), e.rule()));
        }
        List<Setting> settings = List.copyOf(swept.keySet());
        SweepRequest all = new SweepRequest(grid, settings, fixed, given, file, source, null);
        SweepRequest request =
                new SweepRequest(grid, settings, fixed, given, file, source, withEffect(all, grid, settings));
        requireRuns(request);
        request.budget();
        return request;
    }

    /** The combinations in which every swept setting has an effect or its first value; null when that is all. */
    private static int[] withEffect(SweepRequest all, SweepGrid grid, List<Setting> settings) {
        boolean isRepeated = grid.settings().size() > settings.size();
        if (!isRepeated && settings.stream().allMatch(setting -> setting.applies(false, false))) {
            return null;
        }
        return IntStream.range(0, grid.size())
                .filter(combination -> {
                    Map<Setting, Given> effective = all.settings(combination);
                    int[] positions = grid.positions(combination);
                    boolean isFirst = !isRepeated || positions[settings.size()] == 0;
                    return (isFirst || all.hasModels(combination))
                            && IntStream.range(0, settings.size())
                                    .allMatch(index ->
                                            positions[index] == 0 || effective.containsKey(settings.get(index)));
                })
                .toArray();
    }

    /** Reads the run of every cell, since ranges depend on each other; of seeds all are as good as the first. */
    private static void requireRuns(SweepRequest request) {
        int first = request.replicates(0);
        for (int cell = 0; cell < request.cells(); cell += cell < first ? 1 : request.replicates(cell)) {
            request.run(cell);
        }
    }
}
