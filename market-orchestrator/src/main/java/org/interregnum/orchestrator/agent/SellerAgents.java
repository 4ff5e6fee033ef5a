package org.interregnum.orchestrator.agent;

/** Port: whoever decides the sellers' prices. */
public interface SellerAgents extends AutoCloseable {
    /**
     * Decides the next price of one seller.
     *
     * @throws AgentFailureException when no acceptable answer could be had
     */
    PriceDecision decidePrice(PricingQuestion question);

    /** Gives back connections; a failure to do so is nobody's concern. */
    @Override
    default void close() {}
}
