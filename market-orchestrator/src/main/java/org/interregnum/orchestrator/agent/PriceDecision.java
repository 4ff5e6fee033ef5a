package org.interregnum.orchestrator.agent;

/**
 * A seller's decision.
 *
 * @param price the new price: finite, at least 0
 * @param decider who decided it
 */
public record PriceDecision(double price, Decider decider) {}
