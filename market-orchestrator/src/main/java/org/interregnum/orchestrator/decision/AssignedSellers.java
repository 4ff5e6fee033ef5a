package org.interregnum.orchestrator.decision;

import java.util.Arrays;
import java.util.Optional;
import org.interregnum.orchestrator.agent.AgentProfile;
import org.interregnum.orchestrator.agent.DecisionRecord;
import org.interregnum.orchestrator.agent.ModelAssignment;
import org.interregnum.orchestrator.agent.ModelDecision;
import org.interregnum.orchestrator.agent.ModelQuestion;
import org.interregnum.orchestrator.agent.PriceDecision;
import org.interregnum.orchestrator.agent.PricingQuestion;
import org.interregnum.orchestrator.agent.SellerAgents;
import org.interregnum.orchestrator.agent.SellerRange;
import org.interregnum.orchestrator.model.PricePremiums;

/** Sellers some of which are models: each question goes to whoever decides for the seller. */
public final class AssignedSellers implements SellerAgents {
    private final ModelAssignment assignment;
    private final SellerAgents rule;
    private final ModelDecisions models;

    /**
     * @param rule whoever decides for the sellers that follow the rule
     * @param models decisions of the others
     */
    public AssignedSellers(ModelAssignment assignment, SellerAgents rule, ModelDecisions models) {
        this.assignment = assignment;
        this.rule = rule;
        this.models = models;
    }

    @Override
    public boolean followsRule(int seller) {
        return assignment.ofSeller(seller).isEmpty();
    }

    @Override
    public PriceDecision decidePrice(PricingQuestion question) {
        Optional<SellerRange> range = assignment.ofSeller(question.seller());
        if (range.isEmpty()) {
            return rule.decidePrice(question);
        }
        DecisionRecord decision =
                models.decide(ask(question, range.get()), range.get().model());
        double price = ((ModelDecision.Price) decision.answer().decision()).price();
        return new PriceDecision(price, decision.decider());
    }

    /** The question as a model is asked it; market research is copied, since its array is used again in the next step. */
    public static ModelQuestion.Price ask(PricingQuestion question, SellerRange range) {
        PricePremiums premiums = question.premiums();
        return new ModelQuestion.Price(
                question.step(),
                question.seller(),
                question.prices().clone(),
                question.shares().clone(),
                new PricePremiums(Arrays.copyOf(premiums.values(), premiums.count()), premiums.count()),
                question.unitCost(),
                question.costCap(),
                range.information());
    }

    @Override
    public Optional<AgentProfile> profile() {
        return rule.profile();
    }

    @Override
    public void close() {
        rule.close();
    }
}
