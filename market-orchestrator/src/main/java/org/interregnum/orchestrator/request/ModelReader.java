package org.interregnum.orchestrator.request;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import org.interregnum.orchestrator.agent.ModelProvider;
import org.interregnum.orchestrator.agent.ModelSettings;
import org.interregnum.orchestrator.agent.StructuredOutput;
import org.interregnum.orchestrator.model.InvalidParameterException;

/**
 * Reads which model decides for one group of agents. What the group itself says comes first, then what is said of its
 * endpoint, then what is said of the whole run.
 */
final class ModelReader {
    private static final int DEFAULT_OUTPUT_TOKENS = 1000;
    private static final int DEFAULT_IN_FLIGHT = 32;
    private static final Duration DEFAULT_CALL_TIMEOUT = Duration.ofSeconds(60);
    private static final Duration DEFAULT_DEADLINE = Duration.ofMinutes(3);

    private final Map<Setting, Given> group;
    private final String place;
    private final Map<Setting, Given> run;
    private final Map<String, Map<Setting, Given>> endpoints;
    private final String agent;

    /**
     * @param group what the group says
     * @param place where the group is, such as {@code run.yaml line 7}; empty for the whole run
     * @param run what is said of the whole run
     * @param endpoints what is said of endpoints
     * @param agent address of the agent service that asks the model; empty for this process
     */
    ModelReader(
            Map<Setting, Given> group,
            String place,
            Map<Setting, Given> run,
            Map<String, Map<Setting, Given>> endpoints,
            String agent) {
        this.group = group;
        this.place = place;
        this.run = run;
        this.endpoints = endpoints;
        this.agent = agent;
    }

    /** @throws BadInputException when something is missing or not in its range */
    ModelSettings read() {
        try {
            return settings();
        } catch (InvalidParameterException e) {
            throw Setting.ofParameter(e.parameter())
                    .flatMap(this::given)
                    .map(value -> value.isBad(e.rule()))
                    .orElseGet(() -> BadInputException.about(e.parameter(), e.value(), e.rule()));
        }
    }

    /** The address is written to files and messages, where a password must not be; so this one is not even quoted. */
    private void requireNoPassword() {
        given(Setting.BASE_URL).filter(url -> url.text().contains("@")).ifPresent(url -> {
            throw new BadInputException(url.name() + ": must not hold a user or a password; a key belongs into the"
                    + " environment, see market check");
        });
    }

    private ModelSettings settings() {
        requireNoPassword();
        Given model = given(Setting.MODEL)
                .orElseThrow(() -> new BadInputException(
                        (place.isEmpty() ? "--model" : place + ": 'model'") + " is missing: " + Setting.MODEL.rule()));
        ModelProvider provider = value(
                        Setting.PROVIDER, (setting, text) -> Choices.of(ModelProvider.class, setting, text))
                .orElse(ModelProvider.OPENAI);
        return new ModelSettings(
                agent,
                endpoint().map(Given::text).orElse(Choices.name(provider)),
                provider,
                given(Setting.BASE_URL)
                        .map(url -> url.text().replaceFirst("/+$", ""))
                        .orElse(defaultUrl(provider)),
                model.text(),
                value(Setting.TEMPERATURE, Values::number).orElse(null),
                value(Setting.STRUCTURED, (setting, text) -> Choices.of(StructuredOutput.class, setting, text))
                        .orElse(StructuredOutput.JSON_SCHEMA),
                given(Setting.PROMPT).map(Given::text).orElse("plain"),
                value(Setting.MAX_OUTPUT_TOKENS, Values::integer).orElse(DEFAULT_OUTPUT_TOKENS),
                value(Setting.IN_FLIGHT, Values::integer).orElse(DEFAULT_IN_FLIGHT),
                value(Setting.CALLS_PER_MINUTE, ModelReader::callsPerMinute).orElse(ModelSettings.ANY_PACE),
                value(Setting.CALL_TIMEOUT, Values::duration).orElse(DEFAULT_CALL_TIMEOUT),
                value(Setting.DEADLINE, Values::duration).orElse(DEFAULT_DEADLINE),
                value(Setting.INPUT_PRICE, Values::number).orElse(Double.NaN),
                value(Setting.OUTPUT_PRICE, Values::number).orElse(Double.NaN));
    }

    /** Checked here: what stands for no limit is no value of the setting. */
    private static int callsPerMinute(Setting setting, Given given) {
        return (int) Values.wholeNumber(setting, given, 1, Integer.MAX_VALUE);
    }

    private static String defaultUrl(ModelProvider provider) {
        return switch (provider) {
            case OPENAI -> "https://api.openai.com/v1";
            case ANTHROPIC -> "https://api.anthropic.com/v1";
            case OLLAMA -> "http://localhost:11434";
        };
    }

    private Optional<Given> endpoint() {
        return Optional.ofNullable(group.getOrDefault(Setting.ENDPOINT, run.get(Setting.ENDPOINT)));
    }

    private Map<Setting, Given> ofEndpoint() {
        return endpoint()
                .map(name -> endpoints.getOrDefault(name.text(), Map.of()))
                .orElse(Map.of());
    }

    private Optional<Given> given(Setting setting) {
        return List.of(group, ofEndpoint(), run).stream()
                .map(layer -> layer.get(setting))
                .filter(java.util.Objects::nonNull)
                .findFirst();
    }

    private <T> Optional<T> value(Setting setting, BiFunction<Setting, Given, T> parser) {
        return given(setting).map(text -> parser.apply(setting, text));
    }
}
