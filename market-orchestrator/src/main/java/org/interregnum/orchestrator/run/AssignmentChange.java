package org.interregnum.orchestrator.run;

import org.interregnum.orchestrator.agent.AgentAssignment;
import org.interregnum.orchestrator.agent.OnAgentFailure;
import org.interregnum.orchestrator.event.AgentsAssigned;

/** Somebody's wish that other agents decide. */
public interface AssignmentChange {
    /** Name of the agent that is to decide. */
    String agent();

    /** What happens when it fails. */
    OnAgentFailure onFailure();

    /**
     * Who is to decide for whom.
     *
     * @param before who does now
     * @param since number of the next step
     */
    AgentAssignment apply(AgentAssignment before, long since);

    /** It was done, and the log has it. Called in the run's thread. */
    void made(AgentsAssigned event);

    /** It was not done, or the log could not keep it. Called in the run's thread. */
    void refused(RuntimeException reason);
}
