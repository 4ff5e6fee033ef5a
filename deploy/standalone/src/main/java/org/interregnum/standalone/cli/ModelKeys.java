package org.interregnum.standalone.cli;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.interregnum.languagemodel.EnvironmentKeys;
import org.interregnum.languagemodel.UnreadableKeyException;
import org.interregnum.orchestrator.agent.BuyerCohort;
import org.interregnum.orchestrator.agent.ModelAssignment;
import org.interregnum.orchestrator.agent.ModelSettings;
import org.interregnum.orchestrator.agent.SellerRange;
import org.interregnum.orchestrator.request.BadInputException;

/** Whether the environment has the keys of the endpoints that this process asks. Never shows one. */
final class ModelKeys {
    /** Hosts that answer nobody without a key; a server of one's own may want none. */
    private static final Set<String> WANT_KEYS = Set.of("api.openai.com", "api.anthropic.com");

    private final EnvironmentKeys keys;

    ModelKeys(Map<String, String> environment) {
        keys = new EnvironmentKeys(environment);
    }

    /**
     * Makes sure that no key is missing that is surely wanted, before anything is created.
     *
     * @throws BadInputException when one is
     */
    void require(ModelAssignment models) {
        // A file that cannot be read is found out now.
        asked(models).forEach(this::hasKey);
        asked(models)
                .filter(model -> WANT_KEYS.contains(
                        String.valueOf(URI.create(model.baseUrl()).getHost()).toLowerCase(Locale.ROOT)))
                .filter(model -> !hasKey(model))
                .findFirst()
                .ifPresent(model -> {
                    throw BadInputException.about(
                            "--model",
                            model.model(),
                            "%s answers nobody without a key; must be in the environment variable %s"
                                    .formatted(model.baseUrl(), EnvironmentKeys.variableOf(model.endpoint())));
                });
    }

    /**
     * Makes sure that no two endpoints have one key without knowing of one another: names that differ in case or signs only
     * have the same variable, and the server of the one would be sent the key of the other.
     *
     * @throws BadInputException when two have
     */
    static void requireOwnVariables(ModelAssignment models) {
        requireOwnVariables(List.of(models));
    }

    /** The same of all runs of one process. */
    static void requireOwnVariables(List<ModelAssignment> ofRuns) {
        List<ModelSettings> before = new ArrayList<>();
        ofRuns.stream().flatMap(ModelKeys::all).distinct().forEach(model -> {
            before.stream()
                    .filter(other -> sharesUnawares(other, model))
                    .findFirst()
                    .ifPresent(other -> {
                        throw new BadInputException(
                                "endpoints: '%s' at %s and '%s' at %s would both be sent the key in %s"
                                                .formatted(
                                                        other.endpoint(),
                                                        other.baseUrl(),
                                                        model.endpoint(),
                                                        model.baseUrl(),
                                                        EnvironmentKeys.variableOf(model.endpoint()))
                                        + "; must have names that differ in more than case and signs");
                    });
            before.add(model);
        });
    }

    private static boolean sharesUnawares(ModelSettings one, ModelSettings other) {
        return !one.endpoint().equals(other.endpoint())
                && EnvironmentKeys.variableOf(one.endpoint()).equals(EnvironmentKeys.variableOf(other.endpoint()))
                && !one.baseUrl().equals(other.baseUrl())
                // Each agent service has an environment of its own.
                && one.agent().equals(other.agent());
    }

    /** For each endpoint where its key is, whether it is there as far as this process can know, and who is sent it. */
    List<String> lines(ModelAssignment models) {
        return all(models).map(this::line).distinct().toList();
    }

    /** Which keys this process will send to whom. */
    List<String> sent(ModelAssignment models) {
        return asked(models).filter(this::hasKey).map(this::line).distinct().toList();
    }

    private String line(ModelSettings model) {
        String key = model.endpoint() + ": " + EnvironmentKeys.variableOf(model.endpoint());
        if (!model.agent().isEmpty()) {
            return key + " of the agent service at " + model.agent() + ", which sends it to " + model.baseUrl();
        }
        return key + (hasKey(model) ? " is set and goes to " + model.baseUrl() : " is not set");
    }

    private boolean hasKey(ModelSettings model) {
        try {
            return keys.keyOf(model.endpoint()).isPresent();
        } catch (UnreadableKeyException e) {
            throw new BadInputException(e.getMessage());
        }
    }

    private static Stream<ModelSettings> asked(ModelAssignment models) {
        return all(models).filter(model -> model.agent().isEmpty());
    }

    private static Stream<ModelSettings> all(ModelAssignment models) {
        return Stream.concat(
                models.sellers().stream().map(SellerRange::model),
                models.buyers().stream().map(BuyerCohort::model));
    }
}
