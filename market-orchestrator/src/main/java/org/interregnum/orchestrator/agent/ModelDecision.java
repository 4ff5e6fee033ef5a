package org.interregnum.orchestrator.agent;

import org.interregnum.orchestrator.model.Impression;

/** What a model decided. */
public sealed interface ModelDecision {
    /**
     * A seller's next price.
     *
     * @param price finite, at least 0
     */
    record Price(double price) implements ModelDecision {}

    /**
     * What a buyer thinks of the seller that it buys from.
     *
     * @param impression the new impression
     */
    record OfImpression(Impression impression) implements ModelDecision {}

    /**
     * Which seller a buyer buys from.
     *
     * @param seller number of the seller; −1 for none
     */
    record Choice(int seller) implements ModelDecision {}
}
