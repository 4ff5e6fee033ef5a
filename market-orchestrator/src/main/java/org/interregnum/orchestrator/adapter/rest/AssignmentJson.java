package org.interregnum.orchestrator.adapter.rest;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.interregnum.orchestrator.agent.AgentRole;
import org.interregnum.orchestrator.service.AssignmentView;

/**
 * Who decides for some sellers or buyers of a run.
 *
 * @param sellers which sellers, such as {@code 0-4}; left out for buyers
 * @param buyers which buyers: the name of a cohort, a range, {@code all}, or {@code others} for those in none; left out for
 *     sellers
 * @param count how many they are
 * @param agent name of the agent; empty for one that the run itself names
 * @param address where it listens
 * @param strategy strategy that it is asked to follow; empty for its own default
 * @param model name of the model that it asks; empty when it follows a rule
 * @param since first step that it decides; 1 for the run's own agents
 */
@Schema(name = "Assignment")
@JsonInclude(JsonInclude.Include.NON_NULL)
record AssignmentJson(
        String sellers,
        String buyers,
        int count,
        String agent,
        String address,
        String strategy,
        String model,
        long since) {
    static AssignmentJson of(AssignmentView view) {
        boolean ofSellers = view.role() == AgentRole.SELLER;
        return new AssignmentJson(
                ofSellers ? view.whom() : null,
                ofSellers ? null : view.whom(),
                view.count(),
                view.agent().name(),
                view.agent().address(),
                view.agent().strategy(),
                view.agent().model().map(model -> model.model()).orElse(""),
                view.since());
    }
}
