package org.interregnum.orchestrator.agent;

import java.util.Optional;

/**
 * An agent as a run is told of it.
 *
 * @param name name that it was registered under; empty for a model that the run itself named
 * @param address where it listens, as {@code host:port}; empty for the run's own process
 * @param strategy strategy that it is asked to follow; empty for its own default
 * @param model the model that it asks, at the same address; empty when it follows a rule
 * @param information what a seller's model is told; means nothing for others
 */
public record AssignedAgent(
        String name, String address, String strategy, Optional<ModelSettings> model, Information information) {
    /** An agent that follows a rule. */
    public static AssignedAgent ofRule(String name, String address, String strategy) {
        return new AssignedAgent(name, address, strategy, Optional.empty(), Information.RESEARCH);
    }

    /** A model that a run itself names. */
    static AssignedAgent unnamed(ModelSettings model, Information information) {
        return new AssignedAgent("", model.agent(), "", Optional.of(model), information);
    }

    /** Whether it follows a rule. */
    public boolean followsRule() {
        return model.isEmpty();
    }
}
