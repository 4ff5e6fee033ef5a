package org.interregnum.orchestrator.decision;

import java.util.Optional;
import org.interregnum.orchestrator.agent.DecisionKind;
import org.interregnum.orchestrator.agent.DecisionRecord;

/** Decisions of models that were taken before, to be looked up. */
@FunctionalInterface
public interface RecordedDecisions {
    /** No decision was taken before. */
    RecordedDecisions NONE = (step, kind, subject) -> Optional.empty();

    /**
     * What a seller or buyer decided in a step; empty when there is no record of a decision (one that was not taken is
     * none).
     *
     * @param step number of the step, from 1
     * @param subject number of the seller or buyer
     */
    Optional<DecisionRecord> find(long step, DecisionKind kind, int subject);
}
