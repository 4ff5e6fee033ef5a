package org.interregnum.orchestrator.agent;

/** What a model is asked to decide. */
public enum DecisionKind {
    /** A seller's next price. */
    PRICE,
    /** What a buyer thinks of the seller that it buys from. */
    IMPRESSION,
    /** Which seller a buyer buys from. */
    CHOICE
}
