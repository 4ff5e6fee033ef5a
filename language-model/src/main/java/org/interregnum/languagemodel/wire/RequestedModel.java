package org.interregnum.languagemodel.wire;

import static org.interregnum.agent.RequestRules.require;
import static org.interregnum.agent.RequestRules.requireAtLeast;

import java.time.Duration;
import java.util.regex.Pattern;
import org.interregnum.agent.InvalidRequestException;
import org.interregnum.languagemodel.Allowance;
import org.interregnum.languagemodel.ModelOptions;
import org.interregnum.languagemodel.Provider;
import org.interregnum.languagemodel.StructuredOutput;

/**
 * Which model a request asks for, and on which terms.
 *
 * @param variant name of the prompt's wording; empty for the default
 * @param options which model is asked, and within which bounds
 * @param allowance what the decision may spend
 */
public record RequestedModel(String variant, ModelOptions options, Allowance allowance) {
    private static final Pattern ENDPOINT = Pattern.compile("[A-Za-z0-9._-]+");

    // Longer than anybody waits, and short enough to be counted in nanoseconds.
    private static final Duration LONGEST = Duration.ofDays(3650);

    /**
     * Reads a message.
     *
     * @param present whether the request has one
     * @throws InvalidRequestException when it breaks a rule of the contract
     */
    public static RequestedModel of(boolean present, org.interregnum.agent.v1.ModelOptions model) {
        if (!present) {
            throw new InvalidRequestException("model is missing");
        }
        String endpoint = model.getEndpoint();
        require(
                ENDPOINT.matcher(endpoint).matches(),
                "model.endpoint",
                quoted(endpoint),
                "must be a name of letters, digits, dots, hyphens and underscores");
        require(!model.getBaseUrl().isEmpty(), "model.base_url", quoted(""), "must be the endpoint's address");
        require(!model.getModel().isEmpty(), "model.model", quoted(""), "must be the name of a model");
        if (model.hasTemperature()) {
            requireAtLeast(0, "model.temperature", model.getTemperature());
        }
        requirePositive("model.max_output_tokens", model.getMaxOutputTokens());
        requirePositive("model.calls_in_flight", model.getCallsInFlight());
        ModelOptions options = new ModelOptions(
                endpoint,
                provider(model),
                model.getBaseUrl(),
                model.getModel(),
                model.hasTemperature() ? model.getTemperature() : null,
                structured(model),
                model.getMaxOutputTokens(),
                model.getCallsInFlight(),
                duration("model.call_timeout_millis", model.getCallTimeoutMillis()),
                duration("model.deadline_millis", model.getDeadlineMillis()));
        return new RequestedModel(
                model.getPromptVariant(),
                options,
                model.hasAllowance() ? allowance(model.getAllowance()) : Allowance.UNLIMITED);
    }

    private static Provider provider(org.interregnum.agent.v1.ModelOptions model) {
        return switch (model.getProvider()) {
            case MODEL_PROVIDER_OPENAI -> Provider.OPENAI;
            case MODEL_PROVIDER_ANTHROPIC -> Provider.ANTHROPIC;
            case MODEL_PROVIDER_OLLAMA -> Provider.OLLAMA;
            case MODEL_PROVIDER_UNSPECIFIED, UNRECOGNIZED ->
                throw new InvalidRequestException("model.provider is " + model.getProviderValue()
                        + "; it must be one of the contract's providers");
        };
    }

    private static StructuredOutput structured(org.interregnum.agent.v1.ModelOptions model) {
        return switch (model.getStructuredOutput()) {
            case STRUCTURED_OUTPUT_JSON_SCHEMA -> StructuredOutput.JSON_SCHEMA;
            case STRUCTURED_OUTPUT_JSON_OBJECT -> StructuredOutput.JSON_OBJECT;
            case STRUCTURED_OUTPUT_NONE -> StructuredOutput.NONE;
            case STRUCTURED_OUTPUT_UNSPECIFIED, UNRECOGNIZED ->
                throw new InvalidRequestException("model.structured_output is " + model.getStructuredOutputValue()
                        + "; it must be one of the contract's ways");
        };
    }

    private static Allowance allowance(org.interregnum.agent.v1.Allowance allowance) {
        require(allowance.getCalls() >= 0, "model.allowance.calls", allowance.getCalls(), "must be at least 0");
        require(allowance.getTokens() >= 0, "model.allowance.tokens", allowance.getTokens(), "must be at least 0");
        requireAtLeast(0, "model.allowance.cost", allowance.getCost());
        requireAtLeast(0, "model.allowance.input_price", allowance.getInputPrice());
        requireAtLeast(0, "model.allowance.output_price", allowance.getOutputPrice());
        return new Allowance(
                allowance.hasCalls() ? allowance.getCalls() : Allowance.UNLIMITED.calls(),
                allowance.hasTokens() ? allowance.getTokens() : Allowance.UNLIMITED.tokens(),
                allowance.hasCost() ? allowance.getCost() : Allowance.UNLIMITED.cost(),
                allowance.getInputPrice(),
                allowance.getOutputPrice());
    }

    private static void requirePositive(String field, long value) {
        require(value >= 1, field, value, "must be at least 1");
    }

    private static Duration duration(String field, long millis) {
        requirePositive(field, millis);
        return Duration.ofMillis(Math.min(millis, LONGEST.toMillis()));
    }

    private static String quoted(String text) {
        return "'" + text.replaceAll("\\p{Cntrl}", "?") + "'";
    }
}
