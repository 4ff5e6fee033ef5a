package org.interregnum.orchestrator.request;

import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import org.interregnum.orchestrator.adapter.grpc.PricingQuestionSize;
import org.interregnum.orchestrator.adapter.kafka.KafkaConnection;
import org.interregnum.orchestrator.adapter.kafka.RecordSize;
import org.interregnum.orchestrator.adapter.kafka.ValueFormat;
import org.interregnum.orchestrator.agent.AgentAddress;
import org.interregnum.orchestrator.model.InvalidParameterException;
import org.interregnum.orchestrator.model.MarketParameters;
import org.interregnum.orchestrator.random.Generators;
import org.interregnum.orchestrator.run.RunSpec;

/** Makes a checked request out of what the user gave, options before run file before defaults. */
public final class RunRequestReader {
    private final Map<Setting, Given> given;
    private final RunFileContent file;

    private RunRequestReader(Map<Setting, Given> given, RunFileContent file) {
        this.given = given;
        this.file = file;
    }

    /**
     * Reads a request.
     *
     * @param options what was given on the command line
     * @param file what the run file says
     * @throws BadInputException when something required is missing, or anything is not in its range
     */
    public static RunRequest read(Map<Setting, Given> options, RunFileContent file) {
        Map<Setting, Given> given = new EnumMap<>(Setting.class);
        given.putAll(file.settings());
        override(given, options);
        RunRequestReader reader = new RunRequestReader(given, file);
        try {
            return reader.request();
        } catch (InvalidParameterException e) {
            throw reader.inTermsOfTheUser(e);
        }
    }

    private RunRequest request() {
        require(Setting.NETWORK_EFFECT);
        require(Setting.UPDATE_RATE);
        require(Setting.POINTS);
        ModelAssignmentReader models = new ModelAssignmentReader(given, file);
        RunSpec spec = spec(models);
        boolean figure = figure(given);
        Optional<AgentAddress> sellerTarget = value(Setting.SELLER_TARGET, Values::address);
        Optional<AgentAddress> buyerTarget = value(Setting.BUYER_TARGET, Values::address);
        Optional<Duration> deadline = value(Setting.DEADLINE, Values::duration);
        Optional<Integer> batchSize =
                value(Setting.BATCH_SIZE, (setting, text) -> (int) Values.wholeNumber(setting, text, 1, 1_000_000));
        if (sellerTarget.isEmpty() && buyerTarget.isEmpty() && spec.models().isEmpty()) {
            refuse(
                    Setting.DEADLINE,
                    "has no effect without --seller-target, --buyer-target or models; give one or leave it out");
        }
        if (buyerTarget.isEmpty()) {
            refuse(Setting.BATCH_SIZE, "has no effect without --buyer-target; give one or leave it out");
        }
        if (sellerTarget.isPresent()) {
            requireQuestionsThatFit(spec.market());
        }
        if (sellerTarget.isPresent() || buyerTarget.isPresent() || asksByServices(spec)) {
            WireSettings.requireTls();
        }
        Optional<KafkaConnection> kafka = kafka(spec);
        return new RunRequest(
                spec,
                value(Setting.OUT, Values::path),
                figure,
                value(Setting.QUIET, Values::flag).orElse(false),
                sellerTarget,
                buyerTarget,
                deadline.orElse(RunRequest.DEFAULT_DEADLINE),
                RunRequest.DEFAULT_CONNECT_DEADLINE,
                batchSize.orElse(RunRequest.DEFAULT_BATCH_SIZE),
                DecisionRulesReader.read(given),
                kafka);
    }

    private static boolean asksByServices(RunSpec spec) {
        return spec.models().sellers().stream()
                        .anyMatch(range -> !range.model().agent().isEmpty())
                || spec.models().buyers().stream()
                        .anyMatch(cohort -> !cohort.model().agent().isEmpty());
    }

    private Optional<KafkaConnection> kafka(RunSpec spec) {
        Optional<AgentAddress> address = value(Setting.KAFKA, Values::address);
        ValueFormat format = value(
                        Setting.KAFKA_VALUES, (setting, text) -> Choices.of(ValueFormat.class, setting, text))
                .orElse(ValueFormat.PROTOBUF);
        if (address.isEmpty()) {
            refuse(Setting.KAFKA_VALUES, "has no effect without --kafka; give one or leave it out");
            return Optional.empty();
        }
        WireSettings.requireKafka();
        // An event that does not fit would fail after the market was drawn and opened.
        int most = RecordSize.mostBuyers(
                spec.market().sellers(), !spec.models().buyers().isEmpty(), format);
        if (spec.market().buyers() > most) {
            throw BadInputException.about(
                    given.containsKey(Setting.BUYERS)
                            ? given.get(Setting.BUYERS).name()
                            : Setting.BUYERS.firstName(),
                    Integer.toString(spec.market().buyers()),
                    "must be a whole number from 1 to %d with --kafka, so that an event fits into 16 MiB"
                            .formatted(most));
        }
        return Optional.of(new KafkaConnection(address.get().toString(), format));
    }

    /** A question that no seller agent takes would fail at the first step, after the market was drawn and opened. */
    private void requireQuestionsThatFit(MarketParameters market) {
        requireFromTo(3, PricingQuestionSize.mostSellers(), Setting.SELLERS, market.sellers());
        requireFromTo(
                1,
                PricingQuestionSize.mostBuyers(market.sellers(), market.visibility()),
                Setting.BUYERS,
                market.buyers());
    }

    private void requireFromTo(int least, int most, Setting setting, int value) {
        if (value > most) {
            String name = given.containsKey(setting) ? given.get(setting).name() : setting.firstName();
            throw BadInputException.about(
                    name,
                    Integer.toString(value),
                    "must be a whole number from %d to %d with --seller-target, so that a question about a price fits into 16 MiB"
                            .formatted(least, most));
        }
    }

    private RunSpec spec(ModelAssignmentReader models) {
        int sellers = value(Setting.SELLERS, Values::integer).orElse(MarketParameters.DEFAULT_SELLERS);
        MarketParameters market = new MarketParameters(
                value(Setting.BUYERS, Values::integer).orElse(models.defaultBuyers()),
                sellers,
                value(Setting.NETWORK_EFFECT, Values::number).orElseThrow(),
                value(Setting.UPDATE_RATE, Values::number).orElseThrow(),
                value(Setting.PREFERENCE_MEAN, Values::number).orElse(MarketParameters.DEFAULT_PREFERENCE_MEAN),
                value(Setting.PREFERENCE_DEVIATION, Values::number)
                        .orElse(MarketParameters.DEFAULT_PREFERENCE_DEVIATION),
                value(Setting.UNIT_COST, Values::number).orElse(0.0),
                value(Setting.COST_CAP, Values::number).orElse(MarketParameters.defaultCostCap(sellers)),
                value(Setting.NOISE, Values::number).orElse(0.0),
                value(Setting.VISIBILITY, Values::number).orElse(1.0));
        long seed = value(Setting.SEED, (setting, text) -> Values.wholeNumber(setting, text, 0, 0xFFFF_FFFFL))
                .orElse(RunSpec.DEFAULT_SEED);
        return new RunSpec(
                market,
                value(Setting.POINTS, Values::integer).orElseThrow(),
                seed,
                generator(),
                value(Setting.BURN_IN, Values::number).orElse(RunSpec.DEFAULT_BURN_IN),
                models.assignment(market, seed));
    }

    /** What is said later holds. */
    static void override(Map<Setting, Given> given, Map<Setting, Given> later) {
        given.keySet().removeAll(Setting.replacedBy(later.keySet()));
        given.putAll(later);
    }

    private String generator() {
        Given name = given.get(Setting.GENERATOR);
        if (name == null) {
            return Generators.NUMPY;
        }
        if (!Generators.names().contains(name.text())) {
            throw name.isBad(Setting.GENERATOR.rule());
        }
        return name.text();
    }

    /**
     * Whether to draw the figure.
     *
     * @throws BadInputException when both is said
     */
    public static boolean figure(Map<Setting, Given> given) {
        Optional<Boolean> draw =
                Optional.ofNullable(given.get(Setting.FIGURE)).map(text -> Values.flag(Setting.FIGURE, text));
        Optional<Boolean> leave =
                Optional.ofNullable(given.get(Setting.NO_FIGURE)).map(text -> Values.flag(Setting.NO_FIGURE, text));
        if (draw.isPresent() && leave.isPresent() && draw.get().equals(leave.get())) {
            throw new BadInputException("%s and %s contradict each other: must be one of them"
                    .formatted(
                            given.get(Setting.FIGURE).name(),
                            given.get(Setting.NO_FIGURE).name()));
        }
        return draw.orElse(!leave.orElse(false));
    }

    private <T> Optional<T> value(Setting setting, BiFunction<Setting, Given, T> parser) {
        return Optional.ofNullable(given.get(setting)).map(text -> parser.apply(setting, text));
    }

    private void require(Setting setting) {
        if (!given.containsKey(setting)) {
            throw new BadInputException(setting.firstName() + " is missing: " + setting.rule());
        }
    }

    private void refuse(Setting setting, String why) {
        if (given.containsKey(setting)) {
            throw given.get(setting).isBad(why);
        }
    }

    /** A record names its component; the user knows the option, and the value as it was written. */
    private BadInputException inTermsOfTheUser(InvalidParameterException e) {
        return Setting.ofParameter(e.parameter())
                .map(given::get)
                .map(value -> value.isBad(e.rule()))
                .orElseGet(() -> BadInputException.about(e.parameter(), e.value(), e.rule()));
    }
}
