package org.interregnum.languagemodel;

import dev.failsafe.RetryPolicy;
import dev.langchain4j.model.chat.listener.ChatModelListener;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Asks over HTTP, so that neither a decision nor all together run out of bounds: calls are few, repeated with pauses, held
 * back while an endpoint is down or wants a pause, given up in time, paid from the allowance, and recorded one by one.
 *
 * <p>Decisions that name the same endpoint at the same address share its limits; endpoints do not affect one another.
 */
public final class BoundedLanguageModels implements LanguageModels {
    private static final double JITTER = 0.5;
    private static final int WITHOUT_END = -1;

    private final EndpointKeys keys;
    private final Pacing pacing;
    private final ModelCaller caller;
    private final RetryPolicy<CallOutcome> repetition;
    private final Map<Endpoint.Identity, Endpoint> endpoints = new ConcurrentHashMap<>();

    /** @param keys where endpoints' keys come from */
    public BoundedLanguageModels(EndpointKeys keys) {
        this(keys, List.of());
    }

    /**
     * Models of whose calls others hear, such as metrics and traces.
     *
     * @param keys where endpoints' keys come from
     * @param listeners hear of every call, repetitions included, as LangChain4j tells them; they never see a key
     */
    public BoundedLanguageModels(EndpointKeys keys, List<ChatModelListener> listeners) {
        this(keys, listeners, Pacing.STANDARD);
    }

    /** With other times than those in use, for tests. */
    BoundedLanguageModels(EndpointKeys keys, Pacing pacing) {
        this(keys, List.of(), pacing);
    }

    private BoundedLanguageModels(EndpointKeys keys, List<ChatModelListener> listeners, Pacing pacing) {
        caller = new ModelCaller(listeners);
        this.keys = keys;
        this.pacing = pacing;
        repetition = RetryPolicy.<CallOutcome>builder()
                .handleResultIf(CallOutcome::isTransient)
                .withBackoff(pacing.firstPause(), pacing.longestPause())
                .withJitter(JITTER)
                // Attempts are counted by the decision: the question to mend an answer takes from the same number.
                .withMaxAttempts(WITHOUT_END)
                .build();
    }

    @Override
    public <T> ModelReply<T> ask(Prompt prompt, AnswerForm<T> form, ModelOptions options, Allowance allowance) {
        return new Decision<>(
                        form,
                        options,
                        allowance,
                        keys.keyOf(options.endpoint()).filter(key -> !key.isBlank()),
                        endpoint(options),
                        caller,
                        repetition,
                        pacing)
                .decide(prompt);
    }

    /** What is shared by all that ask the endpoint of these options. */
    Endpoint endpoint(ModelOptions options) {
        return endpoints.computeIfAbsent(
                new Endpoint.Identity(options.endpoint(), options.baseUrl()), unknown -> new Endpoint(pacing));
    }
}
