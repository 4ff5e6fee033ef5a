package org.interregnum.standalone.cli;

import java.time.Duration;
import java.util.Map;
import org.interregnum.standalone.remote.Patience;

/** Calls of the command that speak to a service, with an environment of their own and little patience. */
final class RemoteRun {
    private static final Patience QUICK =
            new Patience(Duration.ofMillis(10), Duration.ofMillis(40), Duration.ofSeconds(20), Duration.ofSeconds(30));

    private RemoteRun() {}

    /** Calls it. */
    static CommandRun of(Map<String, String> environment, String... arguments) {
        return CommandRun.of(false, console -> new MarketCommand(console, environment, QUICK), arguments);
    }

    /** Calls it with a service. */
    static CommandRun at(String server, String... arguments) {
        return of(Map.of("INTERREGNUM_SERVER", server), arguments);
    }
}
