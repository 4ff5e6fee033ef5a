package org.interregnum.standalone;

import static org.interregnum.agent.BundledAgent.BUYER;
import static org.interregnum.agent.BundledAgent.RULE;

import org.interregnum.agent.BuildVersion;
import org.interregnum.buyer.choice.UtilityMaximisation;
import org.interregnum.orchestrator.agent.BuyerAgents;
import org.interregnum.orchestrator.agent.ChoiceQuestion;
import org.interregnum.orchestrator.agent.Decider;
import org.interregnum.orchestrator.agent.DecisionOutcome;

/** Buyers that follow the rule, in this process: they read the market's own arrays. */
public final class RuleBuyerAgents implements BuyerAgents {
    private static final Decider DECIDER =
            new Decider(BUYER.agentName(), BuildVersion.get(), RULE, DecisionOutcome.RULE, "");

    @Override
    public Decider choose(ChoiceQuestion question, int[] choices) {
        UtilityMaximisation.choose(
                question.preferences().columns(),
                question.buyers(),
                question.count(),
                question.networkEffect(),
                question.shares(),
                question.prices(),
                choices);
        return DECIDER;
    }
}
