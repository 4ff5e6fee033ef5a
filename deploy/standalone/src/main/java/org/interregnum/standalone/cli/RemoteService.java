package org.interregnum.standalone.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.interregnum.orchestrator.request.BadInputException;
import org.interregnum.orchestrator.request.Given;
import org.interregnum.standalone.remote.OrchestratorClient;
import org.interregnum.standalone.remote.Patience;
import org.interregnum.standalone.remote.RunWatcher;
import org.interregnum.standalone.remote.ServiceAddress;
import org.interregnum.standalone.remote.ServiceToken;
import org.interregnum.standalone.remote.ServiceTrust;

/**
 * The service that a command speaks to.
 *
 * @param client its calls
 * @param isNamed whether the command line names it, and not the environment
 * @param patience how long it is waited for when it is away
 */
record RemoteService(OrchestratorClient client, boolean isNamed, Patience patience) {
    /** Variable that names it. */
    static final String VARIABLE = "INTERREGNUM_SERVER";

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_-]{0,62}");

    /**
     * Finds it.
     *
     * @param server what an option says
     * @param tokenFile file with the token that an option names
     */
    static RemoteService of(
            Optional<Given> server, Optional<Given> tokenFile, Map<String, String> environment, Patience patience) {
        ServiceAddress address =
                ServiceAddress.of(server.orElseGet(() -> new Given(VARIABLE, environment.getOrDefault(VARIABLE, ""))));
        return new RemoteService(
                new OrchestratorClient(
                        address, ServiceToken.find(tokenFile, environment), ServiceTrust.find(environment)),
                server.isPresent(),
                patience);
    }

    /** The command of a line that does something with this service, as somebody would type it. */
    String command(String words) {
        return isNamed ? "market --server " + client.address() + " " + words : "market " + words;
    }

    /** Follows runs, and says in lines what becomes of the connection. */
    RunWatcher watcher(Consumer<String> journal) {
        return new RunWatcher(client, patience, journal);
    }

    /** A name that may stand in the path of a call. */
    static String name(String label, String text, String what) {
        if (!NAME.matcher(text).matches()) {
            throw BadInputException.about(
                    label,
                    text,
                    "must be the name of " + what
                            + ": letters, digits, hyphens and underscores, at most 63, the first a letter or a digit");
        }
        return text;
    }

    /** How a run is, in a line such as {@code first is paused after step 151 of 399}. */
    static String inWords(JsonNode run) {
        String reason = run.path("reason").asText("");
        return "%s is %s after step %d of %d%s"
                .formatted(
                        run.path("id").asText(),
                        run.path("state").asText().replace('_', ' '),
                        run.path("step").asLong(),
                        run.path("steps").asLong(),
                        reason.isEmpty() ? "" : ": " + reason);
    }
}
