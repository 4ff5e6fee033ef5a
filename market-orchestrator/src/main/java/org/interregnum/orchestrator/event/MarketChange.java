package org.interregnum.orchestrator.event;

import org.interregnum.orchestrator.agent.ModelAssignment;
import org.interregnum.orchestrator.model.Impression;

/** What makes a market another one from a step on, by nobody's decision. Follows the opening or a step. */
public sealed interface MarketChange extends MarketEvent permits RunForked, AgentsAssigned {
    /** Last step before it; 0 for the opening alone. */
    long step();

    /** The sellers and buyers that are models from here on. */
    ModelAssignment models();

    /** Impressions, at this moment, of the buyers that are models from here on, buyer by buyer, seller 0 first. */
    Impression[] impressions();
}
