package org.interregnum.standalone.contract;

import org.interregnum.orchestrator.agent.BuyerAgents;
import org.interregnum.standalone.RuleBuyerAgents;

class RuleBuyerAgentsTest extends BuyerAgentsContract {
    private final BuyerAgents buyers = new RuleBuyerAgents();

    @Override
    BuyerAgents buyers() {
        return buyers;
    }
}
