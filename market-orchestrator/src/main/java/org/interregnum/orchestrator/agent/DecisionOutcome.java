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
    /** Nobody answered acceptably, and what was before is kept. */
    FALLBACK,
    /** No decision was taken: the allowance was spent, or the model's endpoint refuses. No step has such a decision. */
    UNDECIDED
}
