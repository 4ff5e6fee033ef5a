package org.interregnum.orchestrator.recording;

import org.interregnum.agent.BundledAgent;
import org.interregnum.orchestrator.agent.AgentAssignment;
import org.interregnum.orchestrator.agent.PriceDecision;
import org.interregnum.orchestrator.agent.PricingQuestion;
import org.interregnum.orchestrator.agent.SellerAgents;
import org.interregnum.orchestrator.event.StepTaken;

/**
 * Sellers of a replay: what the bundled rule decided is computed again, so that it can be compared; what others decided is
 * taken from the log, since nobody is asked.
 */
final class ReplayedSellerAgents implements SellerAgents {
    private final SellerAgents rule;
    private final ForeignDecisions before;

    /** @param before belongs to these agents, and is closed with them */
    ReplayedSellerAgents(SellerAgents rule, ForeignDecisions before) {
        this.rule = rule;
        this.before = before;
    }

    @Override
    public void assign(AgentAssignment assignment) {
        // The log says of each decision who took it.
    }

    @Override
    public PriceDecision decidePrice(PricingQuestion question) {
        StepTaken step = before.step(question.step());
        return ForeignDecisions.isOurs(step.priceDecider(), BundledAgent.SELLER)
                ? rule.decidePrice(question)
                : new PriceDecision(step.newPrice(), ForeignDecisions.replayed(step.priceDecider()));
    }

    @Override
    public void close() {
        before.close();
        rule.close();
    }
}
