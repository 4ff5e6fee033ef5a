package org.interregnum.orchestrator.agent;

import java.util.Optional;

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

    /** Who the agent is; empty where only its decisions say so. */
    default Optional<AgentProfile> profile() {
        return Optional.empty();
    }

    /** Gives back connections; a failure to do so is nobody's concern. */
    @Override
    default void close() {}
}
