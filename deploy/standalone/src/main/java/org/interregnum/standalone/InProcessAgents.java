package org.interregnum.standalone;

import org.interregnum.orchestrator.agent.BuyerAgents;
import org.interregnum.orchestrator.agent.ModelAgents;
import org.interregnum.orchestrator.agent.SellerAgents;
import org.interregnum.orchestrator.recording.LocalAgents;

/** The bundled agents' own classes, in this process: the rules, and models with the environment's keys and prompts. */
public final class InProcessAgents implements LocalAgents {
    @Override
    public SellerAgents sellers() {
        return new RuleSellerAgents();
    }

    @Override
    public BuyerAgents buyers() {
        return new RuleBuyerAgents();
    }

    @Override
    public ModelAgents models() {
        return InProcessModelAgents.of(System.getenv());
    }
}
