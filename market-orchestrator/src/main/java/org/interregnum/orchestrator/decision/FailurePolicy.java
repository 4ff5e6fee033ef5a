package org.interregnum.orchestrator.decision;

/** What a run does when a model does not decide acceptably. */
public enum FailurePolicy {
    /** The price, the impression or the choice stays, and the decision counts as a fallback. */
    HOLD,
    /** The run stops. */
    STOP
}
