package org.interregnum.languagemodel;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Keys from environment variables: that of the endpoint {@code openai} is {@code OPENAI_API_KEY}, that of
 * {@code my-vllm.1} is {@code MY_VLLM_1_API_KEY}. Or from files that variables name, {@code OPENAI_API_KEY_FILE} and so on,
 * which are read whenever a key is wanted, so that a new one is taken at once.
 */
public final class EnvironmentKeys implements EndpointKeys {
    private final Map<String, String> environment;

    /** @param environment variables by name, such as {@link System#getenv()} */
    public EnvironmentKeys(Map<String, String> environment) {
        this.environment = Map.copyOf(environment);
    }

    @Override
    public Optional<String> keyOf(String endpoint) {
        String variable = variableOf(endpoint);
        String file = environment.getOrDefault(variable + "_FILE", "");
        // Stripped, since a line end that came along from a file can be sent in no header.
        return Optional.ofNullable(environment.get(variable))
                .map(String::strip)
                .filter(key -> !key.isEmpty())
                .or(() -> file.isBlank() ? Optional.empty() : Optional.of(read(variable, file)));
    }

    private static String read(String variable, String file) {
        try {
            String key = Files.readString(Path.of(file)).strip();
            if (!key.isEmpty()) {
                return key;
            }
        } catch (IOException | InvalidPathException e) {
            // Said below.
        }
        throw new UnreadableKeyException(variable + "_FILE '" + file + "': must be a file with a key");
    }

    /** The variable that holds the key of an endpoint. */
    public static String variableOf(String endpoint) {
        return endpoint.toUpperCase(Locale.ROOT).replaceAll("[^A-Z0-9]", "_") + "_API_KEY";
    }
}
