package org.interregnum.standalone.cli;

import static org.interregnum.agent.BundledAgent.BUYER;
import static org.interregnum.agent.BundledAgent.RULE;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.interregnum.agent.BuildVersion;
import org.interregnum.orchestrator.agent.ChoiceQuestion;
import org.interregnum.orchestrator.agent.Decider;
import org.interregnum.orchestrator.agent.DecisionOutcome;
import org.interregnum.orchestrator.agent.ModelAssignment;
import org.interregnum.orchestrator.agent.ModelBuyerDecision;
import org.interregnum.orchestrator.agent.ModelBuyers;
import org.interregnum.orchestrator.agent.ModelQuestion;
import org.interregnum.orchestrator.agent.ModelSettings;
import org.interregnum.orchestrator.agent.PriceDecision;
import org.interregnum.orchestrator.agent.PricingQuestion;
import org.interregnum.orchestrator.agent.SellerAgents;
import org.interregnum.orchestrator.agent.SellerRange;
import org.interregnum.orchestrator.decision.AssignedSellers;
import org.interregnum.orchestrator.event.MarketHistory;
import org.interregnum.orchestrator.market.MarketEngine;
import org.interregnum.orchestrator.model.Impression;
import org.interregnum.orchestrator.model.MarketState;
import org.interregnum.orchestrator.random.Generators;
import org.interregnum.orchestrator.run.RunSpec;
import org.interregnum.standalone.RuleBuyerAgents;
import org.interregnum.standalone.RuleSellerAgents;

/**
 * Finds what the models of a run are asked at a step. Asks nobody: until then sellers and buyers that are models decide by
 * the rules, and impressions stay as they are.
 */
final class QuestionScout {
    private static final Decider NOBODY =
            new Decider(BUYER.agentName(), BuildVersion.get(), RULE, DecisionOutcome.RULE, "");

    private final RunSpec spec;
    private final MarketEngine engine;
    private final MarketState state;
    private final List<Asked> asked = new ArrayList<>();

    QuestionScout(RunSpec spec) {
        this.spec = spec;
        engine = new MarketEngine(
                spec.market(),
                Generators.create(spec.generator(), spec.seed()),
                new ScoutedSellers(),
                new RuleBuyerAgents(),
                new ScoutedBuyers(),
                spec.models());
        state = new MarketState(spec.market(), spec.models().modelBuyers());
        MarketHistory.apply(state, engine.open(state, () -> false).orElseThrow());
    }

    /**
     * One question, and the model that it is for.
     *
     * @param question the question
     * @param model the model
     */
    record Asked(ModelQuestion question, ModelSettings model) {}

    /** The questions of the first step, from one on, in which a model is asked anything; none if there is no such step. */
    List<Asked> from(long first) {
        while (state.step() < spec.steps()) {
            asked.clear();
            MarketHistory.apply(state, engine.step(state));
            if (state.step() >= first && !asked.isEmpty()) {
                return List.copyOf(asked);
            }
        }
        return List.of();
    }

    private final class ScoutedSellers implements SellerAgents {
        private final RuleSellerAgents rule = new RuleSellerAgents();
        private final ModelAssignment models = spec.models();

        @Override
        public boolean followsRule(int seller) {
            return models.ofSeller(seller).isEmpty();
        }

        @Override
        public PriceDecision decidePrice(PricingQuestion question) {
            Optional<SellerRange> range = models.ofSeller(question.seller());
            range.ifPresent(of -> asked.add(new Asked(AssignedSellers.ask(question, of), of.model())));
            return rule.decidePrice(question);
        }
    }

    private final class ScoutedBuyers implements ModelBuyers {
        @Override
        public List<ModelBuyerDecision> decide(long step, int[] buyers, MarketState before, double[] prices) {
            int[] choices = new int[buyers.length];
            new RuleBuyerAgents()
                    .choose(
                            new ChoiceQuestion(
                                    step,
                                    buyers,
                                    buyers.length,
                                    engine.preferences(),
                                    spec.market().networkEffect(),
                                    prices,
                                    before.shares()),
                            choices);
            List<ModelBuyerDecision> decisions = new ArrayList<>();
            for (int index = 0; index < buyers.length; index++) {
                int buyer = buyers[index];
                int seller = before.choices()[buyer];
                ModelSettings model = spec.models().ofBuyer(buyer).orElseThrow().model();
                Impression[] impressions = before.impressions().of(buyer);
                double[] shares = before.shares().clone();
                boolean hasSeller = seller != MarketState.NO_SELLER;
                if (hasSeller) {
                    asked.add(new Asked(
                            new ModelQuestion.OfImpression(
                                    step, buyer, prices.clone(), shares, seller, impressions[seller]),
                            model));
                }
                asked.add(new Asked(
                        new ModelQuestion.Choice(step, buyer, prices.clone(), shares, seller, impressions), model));
                decisions.add(new ModelBuyerDecision(
                        buyer,
                        hasSeller ? impressions[seller] : null,
                        hasSeller ? NOBODY : null,
                        choices[index],
                        NOBODY));
            }
            return decisions;
        }
    }
}
