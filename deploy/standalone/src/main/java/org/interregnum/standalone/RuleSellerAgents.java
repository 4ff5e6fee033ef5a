package org.interregnum.standalone;

import static org.interregnum.agent.BundledAgent.RULE;
import static org.interregnum.agent.BundledAgent.SELLER;

import org.interregnum.agent.BuildVersion;
import org.interregnum.orchestrator.agent.Decider;
import org.interregnum.orchestrator.agent.DecisionOutcome;
import org.interregnum.orchestrator.agent.PriceDecision;
import org.interregnum.orchestrator.agent.PricingQuestion;
import org.interregnum.orchestrator.agent.SellerAgents;
import org.interregnum.seller.pricing.BestResponse;

/** Sellers that follow the rule, in this process: nothing is serialised. Belongs to one run, hence to one thread. */
public final class RuleSellerAgents implements SellerAgents {
    private static final Decider DECIDER =
            new Decider(SELLER.agentName(), BuildVersion.get(), RULE, DecisionOutcome.RULE, "");

    private final BestResponse rule = new BestResponse();

    @Override
    public PriceDecision decidePrice(PricingQuestion question) {
        double price = rule.price(
                question.premiums().values(),
                question.premiums().count(),
                question.prices()[question.seller()],
                question.unitCost(),
                question.costCap(),
                question.priceNoise());
        return new PriceDecision(price, DECIDER);
    }
}
