package org.interregnum.orchestrator.agent;

import java.util.ArrayList;
import java.util.List;
import org.interregnum.orchestrator.model.InvalidParameterException;

/**
 * Neighbouring sellers for whom one agent decides.
 *
 * @param first first seller, from 0
 * @param last last seller, at least the first
 * @param agent the agent
 * @param since first step that it decides
 */
public record SellerGroup(int first, int last, AssignedAgent agent, long since) {
    public SellerGroup {
        if (first < 0 || last < first) {
            throw new InvalidParameterException(
                    "range", first + "-" + last, "must be FIRST-LAST with 0 <= FIRST <= LAST");
        }
    }

    /** Whether a seller is one of them. */
    public boolean contains(int seller) {
        return seller >= first && seller <= last;
    }

    /** What is left of it without some sellers. */
    List<SellerGroup> without(int from, int to) {
        List<SellerGroup> rest = new ArrayList<>(2);
        if (first < from) {
            rest.add(new SellerGroup(first, Math.min(last, from - 1), agent, since));
        }
        if (last > to) {
            rest.add(new SellerGroup(Math.max(first, to + 1), last, agent, since));
        }
        return rest;
    }
}
