package org.interregnum.orchestrator.market;

/** The parts of a step, in their order; a step may leave some out. */
public enum StepStage {
    /** Chance: which seller can re-price, who is active, who is seen. */
    DRAW,
    /** What the seller learns of its customers: the premiums that they would pay. */
    RESEARCH,
    /** The seller is asked for its price. */
    PRICE,
    /** The active buyers that follow the rule are asked. */
    CHOICES,
    /** The active buyers that are models are asked. */
    MODEL_CHOICES,
    /** The decisions become an event. */
    GATHER,
    /** The event is handed to the log, after the models' decisions are on the device. */
    LOG,
    /** The event moves the state. */
    APPLY
}
