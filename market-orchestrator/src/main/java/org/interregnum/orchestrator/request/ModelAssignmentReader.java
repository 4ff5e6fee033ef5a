package org.interregnum.orchestrator.request;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.interregnum.orchestrator.agent.BuyerCohort;
import org.interregnum.orchestrator.agent.Information;
import org.interregnum.orchestrator.agent.ModelAssignment;
import org.interregnum.orchestrator.agent.ModelSettings;
import org.interregnum.orchestrator.agent.SellerRange;
import org.interregnum.orchestrator.model.InvalidParameterException;
import org.interregnum.orchestrator.model.MarketParameters;
import org.interregnum.orchestrator.random.NumpySubset;
import org.interregnum.orchestrator.request.RunFileContent.Group;

/** Reads which sellers and buyers are models. */
final class ModelAssignmentReader {
    static final int DEFAULT_BUYERS_OF_MODELS = 100;
    private static final Pattern RANGE = Pattern.compile("(\\d{1,9})(?:\\s*-\\s*(\\d{1,9}))?");
    private static final String RANGE_RULE = "must be a seller or a range of them, such as 0-4";

    private final Map<Setting, Given> given;
    private final RunFileContent file;
    private final boolean sellersAreModels;
    private final boolean buyersAreModels;

    /**
     * @param given what is said of the whole run
     * @param file what the run file says besides
     */
    ModelAssignmentReader(Map<Setting, Given> given, RunFileContent file) {
        this.given = given;
        this.file = file;
        sellersAreModels = strategy(Setting.SELLER_STRATEGY, !file.sellers().isEmpty());
        buyersAreModels = strategy(Setting.BUYER_STRATEGY, !file.buyers().isEmpty());
        refuseWithoutModels();
        refuseMisplaced(file.sellers(), Setting.RATIO, "buyers");
        refuseMisplaced(file.buyers(), Setting.INFORMATION, "sellers");
        requireEndpointsInUse();
    }

    private enum Strategy {
        RULE,
        LLM
    }

    private boolean strategy(Setting setting, boolean hasGroups) {
        return value(setting, (of, text) -> Choices.of(Strategy.class, of, text))
                .map(strategy -> strategy == Strategy.LLM)
                .orElse(hasGroups);
    }

    /** Number of buyers unless said otherwise: few when they are models, since each of their decisions costs. */
    int defaultBuyers() {
        return buyersAreModels ? DEFAULT_BUYERS_OF_MODELS : MarketParameters.DEFAULT_BUYERS;
    }

    /** The sellers and buyers that are models; the buyers are drawn as the published code draws them. */
    ModelAssignment assignment(MarketParameters market, long seed) {
        boolean everyStep = value(Setting.ACTIVATION, (setting, text) -> Choices.of(Activation.class, setting, text))
                        .orElse(Activation.SCHEDULED)
                == Activation.EVERY_STEP;
        ModelAssignment models = new ModelAssignment(
                sellersAreModels ? sellers(market) : List.of(),
                buyersAreModels ? buyers(market, seed) : List.of(),
                everyStep);
        return models;
    }

    private enum Activation {
        SCHEDULED,
        EVERY_STEP
    }

    private List<SellerRange> sellers(MarketParameters market) {
        if (file.sellers().isEmpty()) {
            return List.of(new SellerRange(
                    0,
                    market.sellers() - 1,
                    model(Map.of(), "", targetOf(Setting.SELLER_TARGET)),
                    information(Map.of())));
        }
        List<SellerRange> ranges = new ArrayList<>();
        for (Group group : file.sellers()) {
            if (group.range() == null) {
                throw new BadInputException(group.place() + ": 'range' is missing: " + RANGE_RULE);
            }
            Matcher range = RANGE.matcher(group.range().text());
            if (!range.matches()) {
                throw group.range().isBad(RANGE_RULE);
            }
            int first = Integer.parseInt(range.group(1));
            int last = range.group(2) == null ? first : Integer.parseInt(range.group(2));
            try {
                ranges.add(new SellerRange(
                        first,
                        last,
                        model(group.settings(), group.place(), agentOf(group, Setting.SELLER_TARGET)),
                        information(group.settings())));
                // Each with those before it, so that the message has the place of the one that is too much.
                new ModelAssignment(ranges, List.of(), false).ofSeller(first);
            } catch (InvalidParameterException e) {
                throw group.range().isBad(e.rule());
            }
            if (last >= market.sellers()) {
                throw group.range().isBad("must be of sellers from 0 to " + (market.sellers() - 1));
            }
        }
        return ranges;
    }

    private List<BuyerCohort> buyers(MarketParameters market, long seed) {
        if (file.buyers().isEmpty()) {
            int count = count(Map.of(), market);
            return List.of(new BuyerCohort(
                    "models",
                    NumpySubset.of(seed, market.buyers(), count),
                    model(Map.of(), "", targetOf(Setting.BUYER_TARGET))));
        }
        List<BuyerCohort> cohorts = new ArrayList<>();
        Set<String> names = new HashSet<>();
        int[] free = range(market.buyers());
        for (Group group : file.buyers()) {
            String name = group.name() == null
                    ? "cohort-" + (cohorts.size() + 1)
                    : group.name().text();
            if (!names.add(name)) {
                throw BadInputException.about(
                        group.place() + ": name", name, "is there already; must be another name for each cohort");
            }
            int count = count(group.settings(), market);
            if (count > free.length) {
                throw new BadInputException(group.place()
                        + ": the cohorts' ratios add up to more than 1; a cohort without a 'ratio' is all buyers");
            }
            int[] drawn = NumpySubset.of(seed + cohorts.size(), free.length, count);
            int[] pool = free;
            int[] members = Arrays.stream(drawn).map(index -> pool[index]).toArray();
            free = without(free, drawn);
            cohorts.add(new BuyerCohort(
                    name, members, model(group.settings(), group.place(), agentOf(group, Setting.BUYER_TARGET))));
        }
        return cohorts;
    }

    private int count(Map<Setting, Given> group, MarketParameters market) {
        Given text = group.getOrDefault(Setting.RATIO, given.get(Setting.RATIO));
        double ratio = text == null ? 1 : Values.number(Setting.RATIO, text);
        if (!(ratio > 0 && ratio <= 1)) {
            throw text.isBad(Setting.RATIO.rule());
        }
        int count = (int) Math.floor(market.buyers() * ratio);
        if (count == 0) {
            throw text.isBad("makes none of the %d buyers a model; must be at least 1 / %d"
                    .formatted(market.buyers(), market.buyers()));
        }
        return count;
    }

    private static int[] range(int count) {
        int[] numbers = new int[count];
        Arrays.setAll(numbers, index -> index);
        return numbers;
    }

    private static int[] without(int[] numbers, int[] positions) {
        int[] rest = new int[numbers.length - positions.length];
        int at = 0;
        int next = 0;
        for (int index = 0; index < numbers.length; index++) {
            if (next < positions.length && positions[next] == index) {
                next++;
            } else {
                rest[at++] = numbers[index];
            }
        }
        return rest;
    }

    private ModelSettings model(Map<Setting, Given> group, String place, String agent) {
        ModelSettings model = new ModelReader(group, place, given, file.endpoints(), agent).read();
        if (given.containsKey(Setting.MAX_COST) && !model.isPriced()) {
            throw given.get(Setting.MAX_COST)
                    .isBad("needs the prices of the model %s; must come with --price-input and --price-output"
                            .formatted(model.model()));
        }
        return model;
    }

    private Information information(Map<Setting, Given> group) {
        Given text = group.getOrDefault(Setting.INFORMATION, given.get(Setting.INFORMATION));
        return text == null ? Information.RESEARCH : Choices.of(Information.class, Setting.INFORMATION, text);
    }

    private String agentOf(Group group, Setting target) {
        return group.agent() == null
                ? targetOf(target)
                : Values.address(Setting.SELLER_TARGET, group.agent()).toString();
    }

    private String targetOf(Setting target) {
        return value(target, Values::address).map(Object::toString).orElse("");
    }

    private static void refuseMisplaced(List<Group> groups, Setting setting, String whom) {
        for (Group group : groups) {
            if (group.settings().containsKey(setting)) {
                throw group.settings().get(setting).isBad("concerns " + whom + "; must stand with them");
            }
        }
    }

    /** A mistyped name would send a group's questions elsewhere than its author thinks. */
    private void requireEndpointsInUse() {
        if (file.endpoints().isEmpty()) {
            return;
        }
        Set<String> named = new HashSet<>();
        for (List<Group> groups : List.of(file.sellers(), file.buyers())) {
            groups.forEach(group -> addEndpoint(group.settings(), named));
        }
        addEndpoint(given, named);
        file.endpointNames().forEach(endpoint -> {
            if (!named.contains(endpoint.text())) {
                throw endpoint.isBad(
                        "nobody asks there; must be the 'endpoint' of a group or of the run, or be left out");
            }
        });
    }

    private void addEndpoint(Map<Setting, Given> settings, Set<String> named) {
        Given endpoint = settings.get(Setting.ENDPOINT);
        if (endpoint == null) {
            return;
        }
        if (!file.endpoints().containsKey(endpoint.text())) {
            throw endpoint.isBad("is not among the 'endpoints'; must be one of "
                    + String.join(", ", file.endpoints().keySet()));
        }
        named.add(endpoint.text());
    }

    /** An option that does nothing is a misunderstanding, and is told before anything is spent or computed. */
    private void refuseWithoutModels() {
        given.forEach((setting, value) -> {
            if (!setting.applies(sellersAreModels, buyersAreModels)) {
                throw value.isBad("has no effect without " + setting.needed() + "; give one or leave it out");
            }
        });
    }

    private <T> Optional<T> value(Setting setting, BiFunction<Setting, Given, T> parser) {
        return Optional.ofNullable(given.get(setting)).map(text -> parser.apply(setting, text));
    }
}
