package org.interregnum.orchestrator.agent;

/** How a decision came about. A decision is never invented: one that is not plain says so. The plainest comes first. */
public enum DecisionOutcome {
    /** Computed by a rule. */
    RULE,
    /** Answered by a model at the first attempt. */
    MODEL,
    /** Answered by a model after it was asked to mend an answer that did not fit. */
    REPAIRED,
    /** Read from the record of an earlier run; nobody was asked. */
    REPLAYED,
    /** Nobody answered acceptably, and the failure policy decided. */
    FALLBACK
}
