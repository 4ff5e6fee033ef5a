package org.interregnum.orchestrator.agent;

import org.interregnum.orchestrator.model.Preferences;

/**
 * All that a batch of buyers may know when they choose. Arrays are the market's own: valid until the answer, not to be
 * written to.
 *
 * @param step number of the step; 0 while the market opens
 * @param buyers the buyers that choose, ascending, in the first {@code count} elements
 * @param count number of buyers that choose, from 1
 * @param preferences preferences of all buyers
 * @param networkEffect J of the utility u + J·share − price
 * @param prices price of each seller, the new price included
 * @param shares market share of each seller before the choices
 */
public record ChoiceQuestion(
        long step,
        int[] buyers,
        int count,
        Preferences preferences,
        double networkEffect,
        double[] prices,
        double[] shares) {}
