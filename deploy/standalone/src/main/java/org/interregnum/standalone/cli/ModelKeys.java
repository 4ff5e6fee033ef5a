package org.interregnum.standalone.cli;

import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.interregnum.languagemodel.EnvironmentKeys;
import org.interregnum.orchestrator.agent.BuyerCohort;
import org.interregnum.orchestrator.agent.ModelAssignment;
import org.interregnum.orchestrator.agent.ModelSettings;
import org.interregnum.orchestrator.agent.SellerRange;

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
        asked(models)
                .filter(model -> WANT_KEYS.contains(
                        String.valueOf(URI.create(model.baseUrl()).getHost())))
                .filter(model -> keys.keyOf(model.endpoint()).isEmpty())
                .findFirst()
                .ifPresent(model -> {
                    throw BadInputException.about(
                            "--model",
                            model.model(),
                            "%s answers nobody without a key; must be in the environment variable %s"
                                    .formatted(model.baseUrl(), EnvironmentKeys.variableOf(model.endpoint())));
                });
    }

    /** For each endpoint where its key is, and whether it is there as far as this process can know. */
    Map<String, String> lines(ModelAssignment models) {
        Map<String, String> lines = new LinkedHashMap<>();
        all(models).forEach(model -> lines.put(model.endpoint(), line(model)));
        return lines;
    }

    private String line(ModelSettings model) {
        String variable = EnvironmentKeys.variableOf(model.endpoint());
        if (!model.agent().isEmpty()) {
            return variable + " of the agent service at " + model.agent();
        }
        return variable + (keys.keyOf(model.endpoint()).isPresent() ? " is set" : " is not set");
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
