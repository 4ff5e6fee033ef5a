package org.interregnum.agent.telemetry;

import io.smallrye.config.ConfigSourceContext;
import io.smallrye.config.ConfigSourceFactory;
import io.smallrye.config.ConfigValue;
import io.smallrye.config.PropertiesConfigSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.eclipse.microprofile.config.spi.ConfigSource;

/**
 * Translates the services' settings for logs, traces and metrics to those of Quarkus. Traces are off unless an address is
 * given for them, logs are text unless JSON is asked for, and an agent has no port but that for gRPC unless one is named;
 * Quarkus' own settings have defaults of another kind, and none that depends on another setting being there.
 */
public final class TelemetrySettings implements ConfigSourceFactory {
    /** {@code text} or {@code json}. */
    public static final String LOG = "interregnum.log";

    /** Port for an agent's metrics and health over HTTP. */
    public static final String MANAGEMENT_PORT = "interregnum.management-port";

    private static final String JSON = "json";

    /** Above a service's own properties, below the environment: Quarkus' own variables are stronger. */
    private static final int ORDINAL = 290;

    @Override
    public Iterable<ConfigSource> getConfigSources(ConfigSourceContext context) {
        Map<String, String> settings = new HashMap<>();
        settings.put(
                "quarkus.log.console.json.enabled",
                Boolean.toString(value(context, LOG).equals(JSON)));
        traces(context, settings);
        OptionalInt port = port(value(context, MANAGEMENT_PORT));
        settings.put("quarkus.management.host-enabled", Boolean.toString(port.isPresent()));
        port.ifPresent(number -> settings.put("quarkus.management.port", Integer.toString(number)));
        return List.of(new PropertiesConfigSource(settings, "interregnum telemetry", ORDINAL));
    }

    private static void traces(ConfigSourceContext context, Map<String, String> settings) {
        String endpoint = value(context, "otel.exporter.otlp.traces.endpoint");
        if (endpoint.isEmpty()) {
            endpoint = value(context, "otel.exporter.otlp.endpoint");
        }
        boolean isOff =
                endpoint.isEmpty() || value(context, "otel.sdk.disabled").equals("true");
        settings.put("quarkus.otel.sdk.disabled", Boolean.toString(isOff));
        if (isOff) {
            return;
        }
        settings.put("quarkus.otel.exporter.otlp.endpoint", endpoint);
        for (String name : List.of("protocol", "headers")) {
            String given = value(context, "otel.exporter.otlp." + name);
            if (!given.isEmpty()) {
                settings.put("quarkus.otel.exporter.otlp." + name, given);
            }
        }
        String service = value(context, "otel.service.name");
        if (!service.isEmpty()) {
            settings.put("quarkus.otel.service.name", service);
        }
    }

    private static OptionalInt port(String text) {
        return mistakeInPort(text).isEmpty() && !text.isEmpty()
                ? OptionalInt.of(Integer.parseInt(text))
                : OptionalInt.empty();
    }

    private static String value(ConfigSourceContext context, String name) {
        ConfigValue value = context.getValue(name);
        return value == null || value.getValue() == null ? "" : value.getValue().strip();
    }

    /**
     * What is wrong with a service's settings of this kind, as one line; empty when nothing is.
     *
     * @param log value of {@value #LOG}; empty when it is not set
     * @param managementPort value of {@value #MANAGEMENT_PORT}; empty when it is not set
     */
    public static String mistake(String log, String managementPort) {
        if (!List.of("", "text", JSON).contains(log)) {
            return LOG + " " + log + ": must be one of text, json";
        }
        return mistakeInPort(managementPort);
    }

    private static String mistakeInPort(String text) {
        boolean isPort = text.isEmpty()
                || (text.matches("\\d{1,5}") && Integer.parseInt(text) >= 1 && Integer.parseInt(text) <= 65_535);
        return isPort ? "" : MANAGEMENT_PORT + " " + text + ": must be a whole number from 1 to 65535";
    }
}
