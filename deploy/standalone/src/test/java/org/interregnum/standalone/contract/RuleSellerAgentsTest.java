package org.interregnum.standalone.contract;

import org.interregnum.orchestrator.agent.SellerAgents;
import org.interregnum.standalone.RuleSellerAgents;

class RuleSellerAgentsTest extends SellerAgentsContract {
    private final SellerAgents sellers = new RuleSellerAgents();

    @Override
    SellerAgents sellers() {
        return sellers;
    }
}
