package org.interregnum.orchestrator.service;

import java.util.concurrent.CompletableFuture;
import org.interregnum.orchestrator.agent.AgentAssignment;
import org.interregnum.orchestrator.agent.AssignedAgent;
import org.interregnum.orchestrator.agent.BuyerGroup;
import org.interregnum.orchestrator.agent.OnAgentFailure;
import org.interregnum.orchestrator.agent.SellerGroup;
import org.interregnum.orchestrator.event.AgentsAssigned;
import org.interregnum.orchestrator.run.AssignmentChange;

/** An agent that somebody wants to decide for sellers or buyers of a run. */
final class WantedAssignment implements AssignmentChange {
    private final AssignedAgent agent;
    private final OnAgentFailure onFailure;
    private final Group group;
    private final CompletableFuture<AgentsAssigned> made = new CompletableFuture<>();

    private WantedAssignment(AssignedAgent agent, OnAgentFailure onFailure, Group group) {
        this.agent = agent;
        this.onFailure = onFailure;
        this.group = group;
    }

    static WantedAssignment ofSellers(int first, int last, AssignedAgent agent, OnAgentFailure onFailure) {
        return new WantedAssignment(
                agent, onFailure, (before, since) -> before.withSellers(new SellerGroup(first, last, agent, since)));
    }

    static WantedAssignment ofBuyers(String cohort, int[] buyers, AssignedAgent agent, OnAgentFailure onFailure) {
        return new WantedAssignment(
                agent, onFailure, (before, since) -> before.withBuyers(new BuyerGroup(cohort, buyers, agent, since)));
    }

    @Override
    public String agent() {
        return agent.name();
    }

    @Override
    public OnAgentFailure onFailure() {
        return onFailure;
    }

    @Override
    public AgentAssignment apply(AgentAssignment before, long since) {
        return group.addedTo(before, since);
    }

    @Override
    public void made(AgentsAssigned event) {
        made.complete(event);
    }

    @Override
    public void refused(RuntimeException reason) {
        made.completeExceptionally(reason);
    }

    /** What becomes of it. */
    CompletableFuture<AgentsAssigned> outcome() {
        return made;
    }

    @FunctionalInterface
    private interface Group {
        AgentAssignment addedTo(AgentAssignment before, long since);
    }
}
