package org.interregnum.orchestrator.event;

import org.interregnum.orchestrator.agent.Decider;
import org.interregnum.orchestrator.model.Impression;

/**
 * Second event of a run: the state at point 0.
 *
 * @param choices seller of each buyer, −1 for none
 * @param prices price of each seller
 * @param shares market share of each seller
 * @param choiceDecider who decided the choices, which are those of the last sweep; null in a log that does not say
 * @param impressions first impressions of the buyers that are models, buyer by buyer, seller 0 first
 */
public record MarketOpened(
        int[] choices, double[] prices, double[] shares, Decider choiceDecider, Impression[] impressions)
        implements MarketEvent {
    /** The opening of a market without buyers that are models. */
    public MarketOpened(int[] choices, double[] prices, double[] shares, Decider choiceDecider) {
        this(choices, prices, shares, choiceDecider, new Impression[0]);
    }
}
