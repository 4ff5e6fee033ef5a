package org.interregnum.languagemodel;

import java.time.Duration;

/**
 * Which model is asked, where, and within which bounds. It carries no key.
 *
 * @param endpoint name of the endpoint; limits, breaker and key are the endpoint's
 * @param provider whose interface the endpoint speaks
 * @param baseUrl where it is, such as {@code https://api.openai.com/v1}
 * @param model name of the model, as the provider knows it
 * @param temperature temperature of sampling; null for the provider's default
 * @param structured how the server is made to answer in JSON
 * @param maxOutputTokens most tokens of one answer, from 1
 * @param callsInFlight most calls under way at the endpoint at once, from 1
 * @param callTimeout longest wait for the answer to one call; above 0
 * @param deadline longest time for a decision, with all its calls and pauses; above 0
 */
public record ModelOptions(
        String endpoint,
        Provider provider,
        String baseUrl,
        String model,
        Double temperature,
        StructuredOutput structured,
        int maxOutputTokens,
        int callsInFlight,
        Duration callTimeout,
        Duration deadline) {}
