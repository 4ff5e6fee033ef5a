package org.interregnum.orchestrator.agent;

import org.interregnum.orchestrator.model.Impression;
import org.interregnum.orchestrator.model.PricePremiums;

/**
 * One decision that a model is asked for, with all that it may be told. Arrays are not to be written to, and stay as they
 * are until the answer.
 */
public sealed interface ModelQuestion {
    /** Number of the step, from 1. */
    long step();

    /** Number of the seller or buyer that decides, from 0. */
    int subject();

    /** What is to be decided. */
    DecisionKind kind();

    /** Price of each seller. */
    double[] prices();

    /** Market share of each seller. */
    double[] shares();

    /** The decision that keeps everything as it is: what a fallback decides. */
    ModelDecision hold();

    /**
     * A seller's next price.
     *
     * @param premiums market research of this seller
     * @param unitCost cost b of a unit share
     * @param costCap share a above which cost stops growing
     * @param information what the model is told
     */
    record Price(
            long step,
            int subject,
            double[] prices,
            double[] shares,
            PricePremiums premiums,
            double unitCost,
            double costCap,
            Information information)
            implements ModelQuestion {
        @Override
        public DecisionKind kind() {
            return DecisionKind.PRICE;
        }

        @Override
        public ModelDecision hold() {
            return new ModelDecision.Price(prices[subject]);
        }
    }

    /**
     * What a buyer now thinks of the seller that it buys from.
     *
     * @param currentSeller that seller
     * @param impression what the buyer thinks of it so far
     */
    record OfImpression(
            long step, int subject, double[] prices, double[] shares, int currentSeller, Impression impression)
            implements ModelQuestion {
        @Override
        public DecisionKind kind() {
            return DecisionKind.IMPRESSION;
        }

        @Override
        public ModelDecision hold() {
            return new ModelDecision.OfImpression(impression);
        }
    }

    /**
     * Which seller a buyer buys from.
     *
     * @param currentSeller seller that it buys from so far, −1 for none; the model is not told
     * @param impressions what the buyer thinks of each seller
     */
    record Choice(long step, int subject, double[] prices, double[] shares, int currentSeller, Impression[] impressions)
            implements ModelQuestion {
        @Override
        public DecisionKind kind() {
            return DecisionKind.CHOICE;
        }

        @Override
        public ModelDecision hold() {
            return new ModelDecision.Choice(currentSeller);
        }
    }
}
