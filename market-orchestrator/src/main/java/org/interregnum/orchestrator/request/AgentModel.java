package org.interregnum.orchestrator.request;

import java.util.Map;
import org.interregnum.orchestrator.agent.Information;
import org.interregnum.orchestrator.agent.ModelSettings;

/**
 * A model as somebody registers it.
 *
 * @param settings the model, and how it is asked
 * @param information what a seller's model is told
 */
public record AgentModel(ModelSettings settings, Information information) {
    /** What a seller is told unless said otherwise. */
    public static final Information DEFAULT_INFORMATION = Information.RESEARCH;

    private static final String PLACE = "model";

    /**
     * Reads it.
     *
     * @param text a mapping with the keys of a model in a run file, in JSON
     * @param agent address of the agent service that asks it
     * @throws BadInputException when something is missing, unknown or not in its range
     */
    public static AgentModel read(String text, String agent) {
        // A list of one, as sellers have it in a run file.
        RunFileContent.Group group =
                RunFile.parse(PLACE, "{\"sellers\": [" + text + "]}").sellers().get(0);
        for (Given own :
                new Given[] {group.range(), group.agent(), group.settings().get(Setting.RATIO)}) {
            if (own != null) {
                throw own.isBad("is no setting of a model; must be left out");
            }
        }
        Given information = group.settings().get(Setting.INFORMATION);
        return new AgentModel(
                new ModelReader(group.settings(), PLACE, Map.of(), Map.of(), agent).read(),
                information == null
                        ? DEFAULT_INFORMATION
                        : Choices.of(Information.class, Setting.INFORMATION, information));
    }
}
