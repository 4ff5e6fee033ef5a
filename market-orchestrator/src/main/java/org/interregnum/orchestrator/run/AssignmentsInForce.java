package org.interregnum.orchestrator.run;

import java.util.ArrayDeque;
import java.util.Deque;
import org.interregnum.orchestrator.agent.AgentAssignment;
import org.interregnum.orchestrator.agent.AgentFailureException;
import org.interregnum.orchestrator.agent.BuyerGroup;
import org.interregnum.orchestrator.agent.OnAgentFailure;
import org.interregnum.orchestrator.agent.SellerGroup;
import org.interregnum.orchestrator.event.AgentsAssigned;

/**
 * Who decides for whom now, and who decided before and may have to decide again. It follows from the events alone, so that
 * a run that goes on knows it as well.
 */
final class AssignmentsInForce {
    private final Deque<Standing> earlier = new ArrayDeque<>();
    private Standing now;

    AssignmentsInForce(AgentAssignment first) {
        now = new Standing(first, "", OnAgentFailure.STOP);
    }

    AgentAssignment current() {
        return now.assignment;
    }

    /** Name of the agent that was assigned last. */
    String newest() {
        return now.agent;
    }

    void assign(AgentsAssigned event) {
        if (event.cause() == AgentsAssigned.Cause.FAILURE && !earlier.isEmpty()) {
            Standing before = earlier.pop();
            now = new Standing(event.assignment(), before.agent, before.onFailure);
            return;
        }
        if (event.onFailure() == OnAgentFailure.STOP) {
            // Nobody goes back beyond one that is not given up.
            earlier.clear();
        } else {
            earlier.push(now);
        }
        now = new Standing(event.assignment(), event.agent(), event.onFailure());
    }

    /** Something else than an assignment changed who decides; there is no way back behind it. */
    void replace(AgentAssignment assignment) {
        earlier.clear();
        now = new Standing(assignment, "", OnAgentFailure.STOP);
    }

    /** Whether those who decided before would decide again if the agent that was assigned last failed. */
    boolean canGoBack() {
        return now.onFailure == OnAgentFailure.PREVIOUS && !earlier.isEmpty();
    }

    /** Whether a failure is of the agent that was assigned last: others' are no reason to give that one up. */
    boolean goesBackAfter(AgentFailureException failure) {
        String address = failure.address();
        return !address.isEmpty()
                && (now.assignment.sellers().stream()
                                .map(SellerGroup::agent)
                                .anyMatch(agent -> agent.name().equals(now.agent)
                                        && agent.address().equals(address))
                        || now.assignment.buyers().stream()
                                .map(BuyerGroup::agent)
                                .anyMatch(agent -> agent.name().equals(now.agent)
                                        && agent.address().equals(address)));
    }

    /**
     * Who decided before, and decides again.
     *
     * @param since first step that whoever comes back decides
     */
    AgentAssignment before(long since) {
        return earlier.getFirst().assignment.since(now.assignment, since);
    }

    private record Standing(AgentAssignment assignment, String agent, OnAgentFailure onFailure) {}
}
