package org.interregnum.orchestrator.service;

import java.util.ArrayList;
import java.util.List;
import org.interregnum.orchestrator.agent.AgentAssignment;
import org.interregnum.orchestrator.agent.AgentRole;
import org.interregnum.orchestrator.agent.AssignedAgent;
import org.interregnum.orchestrator.agent.BuyerGroup;
import org.interregnum.orchestrator.agent.SellerGroup;

/**
 * Who decides for some sellers or buyers of a run.
 *
 * @param role sellers or buyers
 * @param whom which of them: {@code 0-4}, the name of a cohort, {@code all}, or {@code others} for those in no cohort
 * @param count how many
 * @param agent who decides
 * @param since first step that it decides; 1 for the run's own agents
 */
public record AssignmentView(AgentRole role, String whom, int count, AssignedAgent agent, long since) {
    /** All of a run, in order. */
    static List<AssignmentView> of(
            AgentAssignment assignment, int sellers, int buyers, AssignedAgent ownSeller, AssignedAgent ownBuyer) {
        List<AssignmentView> views = new ArrayList<>();
        int next = 0;
        for (SellerGroup group : assignment.sellers()) {
            addSellers(next, group.first() - 1, ownSeller, 1, views);
            addSellers(group.first(), group.last(), group.agent(), group.since(), views);
            next = group.last() + 1;
        }
        addSellers(next, sellers - 1, ownSeller, 1, views);
        int left = buyers;
        for (BuyerGroup group : assignment.buyers()) {
            int count = group.buyers().length;
            views.add(new AssignmentView(AgentRole.BUYER, group.cohort(), count, group.agent(), group.since()));
            left -= count;
        }
        if (left > 0) {
            views.add(new AssignmentView(AgentRole.BUYER, left == buyers ? "all" : "others", left, ownBuyer, 1));
        }
        return views;
    }

    private static void addSellers(int first, int last, AssignedAgent agent, long since, List<AssignmentView> views) {
        if (first <= last) {
            String whom = first == last ? Integer.toString(first) : first + "-" + last;
            views.add(new AssignmentView(AgentRole.SELLER, whom, last - first + 1, agent, since));
        }
    }
}
