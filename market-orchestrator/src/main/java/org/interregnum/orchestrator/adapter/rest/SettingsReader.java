package org.interregnum.orchestrator.adapter.rest;

import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.interregnum.orchestrator.request.BadInputException;
import org.interregnum.orchestrator.request.WireSettings;
import org.interregnum.orchestrator.service.ServiceSettings;

/** Checks the settings when the service starts, rather than when somebody calls it. */
final class SettingsReader {

    private SettingsReader() {}

    /**
     * The service's settings.
     *
     * @throws BadInputException when one is not in its range
     */
    static ServiceSettings service(OrchestratorSettings settings) {
        requireFromTo(1, 1_000_000, "requests-per-second", settings.requestsPerSecond());
        requireFromTo(1, 10_000, "watchers", settings.watchers());
        WireSettings.requireTls();
        WireSettings.requireKafka();
        return ServiceSettings.of(
                settings.orchestrator(),
                settings.data(),
                settings.kafka(),
                settings.kafkaValues(),
                settings.sellerAgent(),
                settings.buyerAgent(),
                settings.agentDeadline(),
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

    private static String read(Path file) {
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

    private static void requireFromTo(int least, int most, String name, int value) {
        if (value < least || value > most) {
            throw bad(name, Integer.toString(value), "must be a whole number from " + least + " to " + most);
        }
    }

    private static BadInputException bad(String name, String value, String rule) {
        return BadInputException.about("interregnum." + name, value, rule);
    }
}
