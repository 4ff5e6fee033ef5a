package org.interregnum.orchestrator.adapter.rest;

import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.util.Locale;
import java.util.Optional;
import org.interregnum.orchestrator.adapter.kafka.KafkaConnection;
import org.interregnum.orchestrator.adapter.kafka.ValueFormat;
import org.interregnum.orchestrator.agent.AgentAddress;
import org.interregnum.orchestrator.model.InvalidParameterException;
import org.interregnum.orchestrator.request.BadInputException;
import org.interregnum.orchestrator.service.ServiceSettings;

/** Checks the settings when the service starts, rather than when somebody calls it. */
final class SettingsReader {
    private static final String ADDRESS = "must be HOST:PORT with a port from 1 to 65535";
    private static final int MOST_AT_ONCE = 1000;

    private SettingsReader() {}

    /**
     * The service's settings.
     *
     * @throws BadInputException when one is not in its range
     */
    static ServiceSettings service(OrchestratorSettings settings) {
        if (settings.orchestrator().isBlank()) {
            throw bad("orchestrator", settings.orchestrator(), "must be a name");
        }
        if (settings.runsAtOnce() < 1 || settings.runsAtOnce() > MOST_AT_ONCE) {
            throw bad(
                    "runs-at-once",
                    Integer.toString(settings.runsAtOnce()),
                    "must be a whole number from 1 to " + MOST_AT_ONCE);
        }
        return new ServiceSettings(
                settings.orchestrator(),
                settings.data(),
                settings.kafka()
                        .map(address -> new KafkaConnection(
                                address("kafka", address).toString(), values(settings.kafkaValues()))),
                settings.sellerAgent().map(address -> address("seller-agent", address)),
                settings.buyerAgent().map(address -> address("buyer-agent", address)),
                settings.runsAtOnce());
    }

    /**
     * The token that callers must send; empty when none is wanted.
     *
     * @param host where the service listens: without a token only on this machine
     * @throws BadInputException when there must be a token, or it cannot be read
     */
    static Optional<String> token(OrchestratorSettings settings, String host) {
        Optional<String> token = settings.token()
                .or(() -> settings.tokenFile().map(SettingsReader::read))
                .map(String::strip);
        if (token.isPresent() && token.get().isEmpty()) {
            throw new BadInputException("interregnum.token is empty; must be a secret, or be left out");
        }
        if (token.isEmpty() && !isLoopback(host)) {
            throw bad(
                    "http.host",
                    host,
                    "is open to other machines, which needs a token; must be 127.0.0.1, or set INTERREGNUM_TOKEN or"
                            + " INTERREGNUM_TOKEN_FILE");
        }
        return token;
    }

    private static String read(java.nio.file.Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw bad("token-file", file.toString(), "cannot be read; must be a file with the token");
        }
    }

    private static boolean isLoopback(String host) {
        try {
            return InetAddress.getByName(host).isLoopbackAddress();
        } catch (UnknownHostException e) {
            throw bad("http.host", host, "must be an address of this machine, such as 127.0.0.1 or 0.0.0.0");
        }
    }

    private static AgentAddress address(String name, String text) {
        try {
            return AgentAddress.parse(text);
        } catch (InvalidParameterException e) {
            throw bad(name, text, ADDRESS);
        }
    }

    private static ValueFormat values(String text) {
        for (ValueFormat format : ValueFormat.values()) {
            if (format.name().toLowerCase(Locale.ROOT).equals(text)) {
                return format;
            }
        }
        throw bad("kafka-values", text, "must be one of protobuf, json");
    }

    private static BadInputException bad(String name, String value, String rule) {
        return BadInputException.about("interregnum." + name, value, rule);
    }
}
