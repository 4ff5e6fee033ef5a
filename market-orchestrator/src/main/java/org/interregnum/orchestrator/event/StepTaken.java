package org.interregnum.orchestrator.event;

import java.util.List;
import org.interregnum.orchestrator.agent.Decider;

/**
 * One step: everything needed to compute the state after it.
 *
 * @param step number of the step, from 1
 * @param seller seller that could change its price
 * @param oldPrice its price before the step
 * @param newPrice its price after the step
 * @param activeBuyers buyers that were active, ascending
 * @param changedBuyers buyers among them whose choice changed, ascending
 * @param newChoices new seller of each changed buyer, −1 for none
 * @param prices price of each seller after the step
 * @param shares market share of each seller after the step
 * @param priceDecider who decided the price
 * @param choiceDecider who decided the choices of the buyers that follow the rule; null when none was active
 * @param modelBuyers what changed for the buyers that are models
 * @param ruleDecisions who decided the choices of the buyers that follow rules, where more than one agent did; empty where
 *     {@code choiceDecider} decided all
 */
public record StepTaken(
        long step,
        int seller,
        double oldPrice,
        double newPrice,
        int[] activeBuyers,
        int[] changedBuyers,
        int[] newChoices,
        double[] prices,
        double[] shares,
        Decider priceDecider,
        Decider choiceDecider,
        ModelBuyerChanges modelBuyers,
        List<BuyerDecisions> ruleDecisions)
        implements MarketEvent {
    /** A step in which no buyer that is a model acted. */
    public StepTaken(
            long step,
            int seller,
            double oldPrice,
            double newPrice,
            int[] activeBuyers,
            int[] changedBuyers,
            int[] newChoices,
            double[] prices,
            double[] shares,
            Decider priceDecider,
            Decider choiceDecider) {
        this(
                step,
                seller,
                oldPrice,
                newPrice,
                activeBuyers,
                changedBuyers,
                newChoices,
                prices,
                shares,
                priceDecider,
                choiceDecider,
                ModelBuyerChanges.NONE,
                List.of());
    }
}
