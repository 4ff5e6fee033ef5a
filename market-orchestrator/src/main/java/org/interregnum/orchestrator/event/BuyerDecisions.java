package org.interregnum.orchestrator.event;

import org.interregnum.orchestrator.agent.Decider;
import org.interregnum.orchestrator.agent.DecisionKind;

/**
 * Decisions of buyers which came about in the same way.
 *
 * @param kind what was decided
 * @param decider who decided, and how
 * @param buyers for whom, ascending
 */
public record BuyerDecisions(DecisionKind kind, Decider decider, int[] buyers) {}
