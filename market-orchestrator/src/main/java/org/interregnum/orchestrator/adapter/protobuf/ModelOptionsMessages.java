package org.interregnum.orchestrator.adapter.protobuf;

import java.time.Duration;
import org.interregnum.agent.v1.ModelOptions;
import org.interregnum.orchestrator.agent.ModelSettings;

/** A model's settings from and to generated messages. */
public final class ModelOptionsMessages {
    private static final Duration LAST_NANOS = Duration.ofNanos(999_999);

    private ModelOptionsMessages() {}

    /** The options that travel with each request, without an allowance. Durations are rounded up to milliseconds. */
    public static ModelOptions.Builder toOptions(ModelSettings settings) {
        ModelOptions.Builder options = ModelOptions.newBuilder()
                .setEndpoint(settings.endpoint())
                .setProvider(ContractEnum.PROVIDER.encode(settings.provider()))
                .setBaseUrl(settings.baseUrl())
                .setModel(settings.model())
                .setStructuredOutput(ContractEnum.STRUCTURED_OUTPUT.encode(settings.structured()))
                .setPromptVariant(settings.promptVariant())
                .setMaxOutputTokens(settings.maxOutputTokens())
                .setCallsInFlight(settings.callsInFlight())
                .setCallTimeoutMillis(millis(settings.callTimeout()))
                .setDeadlineMillis(millis(settings.deadline()));
        if (settings.temperature() != null) {
            options.setTemperature(settings.temperature());
        }
        return options;
    }

    static org.interregnum.event.v1.ModelSettings toMessage(ModelSettings settings) {
        var message = org.interregnum.event.v1.ModelSettings.newBuilder()
                .setAgent(settings.agent())
                .setOptions(toOptions(settings))
                .setCallsPerMinute(settings.callsPerMinute());
        if (!Double.isNaN(settings.inputPrice())) {
            message.setInputPrice(settings.inputPrice());
        }
        if (!Double.isNaN(settings.outputPrice())) {
            message.setOutputPrice(settings.outputPrice());
        }
        return message.build();
    }

    static ModelSettings toSettings(org.interregnum.event.v1.ModelSettings message) {
        ModelOptions options = message.getOptions();
        if (Double.isNaN(message.getInputPrice()) || Double.isNaN(message.getOutputPrice())) {
            throw new IllegalArgumentException("its price of tokens is no number");
        }
        return new ModelSettings(
                message.getAgent(),
                options.getEndpoint(),
                ContractEnum.PROVIDER.decode(options.getProvider()),
                options.getBaseUrl(),
                options.getModel(),
                options.hasTemperature() ? options.getTemperature() : null,
                ContractEnum.STRUCTURED_OUTPUT.decode(options.getStructuredOutput()),
                options.getPromptVariant(),
                options.getMaxOutputTokens(),
                options.getCallsInFlight(),
                message.getCallsPerMinute(),
                Duration.ofMillis(options.getCallTimeoutMillis()),
                Duration.ofMillis(options.getDeadlineMillis()),
                message.hasInputPrice() ? message.getInputPrice() : Double.NaN,
                message.hasOutputPrice() ? message.getOutputPrice() : Double.NaN);
    }

    private static long millis(Duration duration) {
        return duration.plus(LAST_NANOS).toMillis();
    }
}
