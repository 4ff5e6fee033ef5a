package org.interregnum.orchestrator.agent;

import java.util.Optional;

/** Port: whoever decides the sellers' prices. */
public interface SellerAgents extends AutoCloseable {
    /**
     * Decides the next price of one seller.
     *
     * @throws AgentFailureException when no acceptable answer could be had
     */
    PriceDecision decidePrice(PricingQuestion question);

    /** Whether a seller follows a rule: then, and only then, the generator draws the noise on its price. */
    default boolean followsRule(int seller) {
        return true;
    }

    /**
     * From now on other agents decide for some sellers. Between two steps.
     *
     * @throws AgentFailureException when those cannot be asked from here
     */
    default void assign(AgentAssignment assignment) {
        if (assignment.hasRuleSellers()) {
            throw new AgentFailureException("the agents that are assigned to sellers cannot be asked from here");
        }
    }

    /** Who the agent is; empty where only its decisions say so. */
    default Optional<AgentProfile> profile() {
        return Optional.empty();
    }

    /** Gives back connections; a failure to do so is nobody's concern. */
    @Override
    default void close() {}
}
