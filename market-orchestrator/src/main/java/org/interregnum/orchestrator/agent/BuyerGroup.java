package org.interregnum.orchestrator.agent;

import java.util.Arrays;

/**
 * Buyers for whom one agent decides.
 *
 * @param cohort name of the cohort, another for each
 * @param buyers its buyers, ascending; not to be written to
 * @param agent the agent
 * @param since first step that it decides
 */
public record BuyerGroup(String cohort, int[] buyers, AssignedAgent agent, long since) {
    /** Whether a buyer is one of them. */
    public boolean contains(int buyer) {
        return Arrays.binarySearch(buyers, buyer) >= 0;
    }

    /** Whether another group is of the same buyers and the same agent. */
    boolean isSame(BuyerGroup other) {
        return since == other.since && agent.equals(other.agent) && Arrays.equals(buyers, other.buyers);
    }

    /** What is left of it without some buyers, which are ascending. */
    BuyerGroup without(int[] others) {
        int[] rest = Arrays.stream(buyers)
                .filter(buyer -> Arrays.binarySearch(others, buyer) < 0)
                .toArray();
        return new BuyerGroup(cohort, rest, agent, since);
    }
}
