package org.interregnum.orchestrator.adapter.telemetry;

import java.util.Optional;
import org.interregnum.orchestrator.adapter.telemetry.RunSpans.DecisionSpan;
import org.interregnum.orchestrator.agent.AgentAssignment;
import org.interregnum.orchestrator.agent.AgentFailureException;
import org.interregnum.orchestrator.agent.AgentProfile;
import org.interregnum.orchestrator.agent.PriceDecision;
import org.interregnum.orchestrator.agent.PricingQuestion;
import org.interregnum.orchestrator.agent.SellerAgents;

/** Sellers, with a clock and spans around them. */
record MeasuredSellerAgents(SellerAgents sellers, RunMeters meters, RunSpans spans) implements SellerAgents {
    private static final String KIND = "price";

    @Override
    public PriceDecision decidePrice(PricingQuestion question) {
        long begun = System.nanoTime();
        DecisionSpan span = spans.decision("decide price").with("interregnum.seller", question.seller());
        try {
            PriceDecision decision = span.around(() -> sellers.decidePrice(question));
            meters.decided(KIND, decision.decider(), System.nanoTime() - begun);
            span.ends();
            return decision;
        } catch (AgentFailureException e) {
            meters.failed(KIND);
            span.fails(e);
            throw e;
        }
    }

    @Override
    public boolean followsRule(int seller) {
        return sellers.followsRule(seller);
    }

    @Override
    public void assign(AgentAssignment assignment) {
        sellers.assign(assignment);
    }

    @Override
    public Optional<AgentProfile> profile() {
        return sellers.profile();
    }

    @Override
    public void close() {
        sellers.close();
    }
}
