package org.interregnum.orchestrator.event;

import org.interregnum.orchestrator.agent.Decider;

/**
 * Second event of a run: the state at point 0.
 *
 * @param choices seller of each buyer, −1 for none
 * @param prices price of each seller
 * @param shares market share of each seller
 * @param choiceDecider who decided the choices, which are those of the last sweep; null in a log that does not say
 */
public record MarketOpened(int[] choices, double[] prices, double[] shares, Decider choiceDecider)
        implements MarketEvent {}
