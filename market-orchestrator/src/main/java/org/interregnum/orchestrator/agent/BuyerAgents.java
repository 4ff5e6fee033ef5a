package org.interregnum.orchestrator.agent;

/** Port: whoever decides the buyers' choices. */
public interface BuyerAgents extends AutoCloseable {
    /**
     * Decides where each buyer asked buys.
     *
     * @param question the situation
     * @param choices receives, in its first {@code question.count()} elements and in the order asked, the seller of each
     *     buyer, −1 for none; undefined after an exception
     * @return who decided
     * @throws AgentFailureException when no acceptable answer could be had
     */
    Decider choose(ChoiceQuestion question, int[] choices);

    /** Gives back connections; a failure to do so is nobody's concern. */
    @Override
    default void close() {}
}
