package org.interregnum.orchestrator.agent;

import org.interregnum.orchestrator.model.Impression;

/**
 * What a buyer that is a model decided in a step.
 *
 * @param buyer number of the buyer
 * @param impression what it now thinks of the seller it bought from; null when it bought from none
 * @param impressionDecider who decided that; null when it bought from none
 * @param choice seller that it buys from now; −1 for none
 * @param choiceDecider who decided that
 */
public record ModelBuyerDecision(
        int buyer, Impression impression, Decider impressionDecider, int choice, Decider choiceDecider) {}
