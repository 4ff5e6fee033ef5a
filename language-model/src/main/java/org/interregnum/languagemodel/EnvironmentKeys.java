package org.interregnum.languagemodel;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Keys from environment variables: that of the endpoint {@code openai} is {@code OPENAI_API_KEY}, that of
 * {@code my-vllm.1} is {@code MY_VLLM_1_API_KEY}.
 */
public final class EnvironmentKeys implements EndpointKeys {
    private final Map<String, String> environment;

    /** @param environment variables by name, such as {@link System#getenv()} */
    public EnvironmentKeys(Map<String, String> environment) {
        this.environment = Map.copyOf(environment);
    }

    @Override
    public Optional<String> keyOf(String endpoint) {
        // Stripped, since a line end that came along from a file can be sent in no header.
        return Optional.ofNullable(environment.get(variableOf(endpoint)))
                .map(String::strip)
                .filter(key -> !key.isEmpty());
    }

    /** The variable that holds the key of an endpoint. */
    public static String variableOf(String endpoint) {
        return endpoint.toUpperCase(Locale.ROOT).replaceAll("[^A-Z0-9]", "_") + "_API_KEY";
    }
}
