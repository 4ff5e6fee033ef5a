package org.interregnum.orchestrator.decision;

import org.interregnum.orchestrator.agent.Allowance;
import org.interregnum.orchestrator.agent.DecisionKind;

/**
 * A question that is about to be sent to a model.
 *
 * @param step number of the step, from 1
 * @param kind what is to be decided
 * @param subject number of the seller or buyer that decides
 * @param allowance what it may spend
 */
public record AskedQuestion(long step, DecisionKind kind, int subject, Allowance allowance) {}
