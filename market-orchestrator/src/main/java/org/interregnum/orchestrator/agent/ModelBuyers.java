package org.interregnum.orchestrator.agent;

import java.util.List;
import org.interregnum.orchestrator.model.MarketState;

/** Port: whoever decides for the buyers that are models. */
public interface ModelBuyers {
    /** For a market without such buyers. */
    ModelBuyers NONE = (step, buyers, state, prices) -> List.of();

    /**
     * Lets buyers update their impression of the seller they buy from, and then choose (MODEL.md, "LLM-driven buyers").
     *
     * @param step number of the step, from 1
     * @param buyers the buyers that act, ascending; all of them are models
     * @param state the state before the step, for choices, shares and impressions; not changed
     * @param prices price of each seller, the new price included
     * @return the decisions, in the order of {@code buyers}
     * @throws AgentFailureException when no acceptable answer could be had
     */
    List<ModelBuyerDecision> decide(long step, int[] buyers, MarketState state, double[] prices);
}
