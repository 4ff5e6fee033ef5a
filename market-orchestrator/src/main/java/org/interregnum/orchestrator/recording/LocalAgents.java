package org.interregnum.orchestrator.recording;

import org.interregnum.orchestrator.agent.BuyerAgents;
import org.interregnum.orchestrator.agent.ModelAgents;
import org.interregnum.orchestrator.agent.SellerAgents;

/** Agents in the process of the run itself, for whatever no agent service is named for. Each call makes new ones. */
public interface LocalAgents {
    /** Sellers that follow the rule. */
    SellerAgents sellers();

    /** Buyers that follow the rule. */
    BuyerAgents buyers();

    /** Whoever asks models. */
    ModelAgents models();
}
