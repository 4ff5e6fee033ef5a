package org.interregnum.orchestrator.agent;

/**
 * What is kept of one decision of a model.
 *
 * @param step number of the step, from 1
 * @param kind what was decided
 * @param subject number of the seller or buyer that decided
 * @param model which model was asked, and how
 * @param answer what came of it
 * @param cost money spent as far as tokens were counted; NaN when prices are unknown
 */
public record DecisionRecord(
        long step, DecisionKind kind, int subject, ModelSettings model, ModelAnswer answer, double cost) {
    /** Who decided. */
    public Decider decider() {
        return new Decider(
                answer.agent().name(),
                answer.agent().version(),
                answer.agent().strategy(),
                answer.outcome(),
                answer.reason(),
                model.model());
    }
}
