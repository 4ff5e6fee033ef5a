package org.interregnum.orchestrator.adapter.kafka;

import java.io.IOException;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.common.config.ConfigException;
import org.interregnum.orchestrator.model.InvalidParameterException;

/**
 * How a broker is reached that wants encryption or a name and password: the properties of Kafka's own clients, from a
 * file that the environment names. What is said of them never has their values, since some are secrets.
 */
public final class KafkaClientProperties {
    /** Variable of the environment that names the file. */
    public static final String VARIABLE = "INTERREGNUM_KAFKA_PROPERTIES";

    private static final Set<String> FREE =
            Set.of(CommonClientConfigs.SECURITY_PROTOCOL_CONFIG, CommonClientConfigs.CLIENT_DNS_LOOKUP_CONFIG);
    private static final Set<String> FILES = Set.of("ssl.truststore.location", "ssl.keystore.location");

    private KafkaClientProperties() {}

    /**
     * What this process' environment names; empty when it names nothing.
     *
     * @throws InvalidParameterException when the file cannot be read, or has what it must not
     */
    public static Map<String, String> ofProcess() {
        String file = System.getenv(VARIABLE);
        return file == null || file.isBlank() ? Map.of() : read(Path.of(file));
    }

    /**
     * What a file says.
     *
     * @throws InvalidParameterException when it cannot be read, or has what it must not
     */
    static Map<String, String> read(Path file) {
        Properties properties = new Properties();
        try (Reader reader = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
            properties.load(reader);
        } catch (IOException | IllegalArgumentException e) {
            throw bad(file, "cannot be read; must be a file with properties of a Kafka client");
        }
        Map<String, String> read = new TreeMap<>();
        for (String name : properties.stringPropertyNames()) {
            requireAllowed(file, name);
            String value = properties.getProperty(name);
            if (FILES.contains(name) && !Files.isReadable(Path.of(value))) {
                throw bad(file, "names a file in " + name + " that cannot be read");
            }
            read.put(name, value);
        }
        requireUsable(file, read);
        return read;
    }

    private static void requireAllowed(Path file, String name) {
        boolean isFree = FREE.contains(name) || name.startsWith("ssl.") || name.startsWith("sasl.");
        if (!isFree) {
            throw bad(
                    file,
                    "sets " + name + "; must set " + CommonClientConfigs.SECURITY_PROTOCOL_CONFIG
                            + ", ssl.*, sasl.* or " + CommonClientConfigs.CLIENT_DNS_LOOKUP_CONFIG
                            + ", since all else is the program's");
        }
        if (!AdminClientConfig.configNames().contains(name)) {
            throw bad(file, "sets " + name + ", which Kafka's clients do not know");
        }
    }

    private static void requireUsable(Path file, Map<String, String> properties) {
        Map<String, Object> settings = new TreeMap<>(properties);
        settings.put(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, "localhost:9092");
        try {
            AdminClientConfig unused = new AdminClientConfig(settings);
        } catch (ConfigException e) {
            // Kafka's own message has the value.
            String name = properties.keySet().stream()
                    .filter(property -> String.valueOf(e.getMessage()).contains(property))
                    .findFirst()
                    .orElse("some property");
            throw bad(file, "has a value of " + name + " that Kafka's clients do not take");
        }
    }

    private static InvalidParameterException bad(Path file, String rule) {
        return new InvalidParameterException(VARIABLE, file.toString(), rule);
    }
}
