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

    /** Who the agent is; empty where only its decisions say so. */
    default Optional<AgentProfile> profile() {
        return Optional.empty();
    }

    /** Gives back connections; a failure to do so is nobody's concern. */
    @Override
    default void close() {}
}
