package org.interregnum.orchestrator.agent;

import java.util.List;
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

    /**
     * Who decided for whom in the last answer, where more than one agent did: then what {@link #choose} returned is the
     * least plain among them. Empty where one decided all.
     */
    default List<DecidedChoices> lastDecided() {
        return List.of();
    }

    /**
     * From now on other agents decide for some buyers. Between two steps.
     *
     * @throws AgentFailureException when those cannot be asked from here
     */
    default void assign(AgentAssignment assignment) {
        if (assignment.hasRuleBuyers()) {
            throw new AgentFailureException("the agents that are assigned to buyers cannot be asked from here");
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
