package org.interregnum.orchestrator.event;

import org.interregnum.orchestrator.agent.AgentAssignment;
import org.interregnum.orchestrator.agent.ModelAssignment;
import org.interregnum.orchestrator.agent.OnAgentFailure;
import org.interregnum.orchestrator.model.Impression;

/**
 * From here on other agents decide.
 *
 * @param step last step that was decided before; 0 for the opening alone
 * @param cause why it happened
 * @param reason what went wrong; empty when it was asked for
 * @param agent name of the agent that was assigned; after a failure, of the one that is given up
 * @param onFailure what happens when that agent fails; means nothing after a failure
 * @param assignment who decides for whom from here on
 * @param impressions impressions, at this moment, of the buyers that are models from here on, buyer by buyer, seller 0
 *     first
 */
public record AgentsAssigned(
        long step,
        Cause cause,
        String reason,
        String agent,
        OnAgentFailure onFailure,
        AgentAssignment assignment,
        Impression[] impressions)
        implements MarketChange {
    /** Why agents are assigned. */
    public enum Cause {
        /** Somebody asked for it. */
        REQUEST,
        /** The agent that was assigned before failed, and those before it decide again. */
        FAILURE
    }

    @Override
    public ModelAssignment models() {
        return assignment.models();
    }
}
