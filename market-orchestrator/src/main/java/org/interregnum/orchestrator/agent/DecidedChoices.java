package org.interregnum.orchestrator.agent;

/**
 * Choices that one agent decided.
 *
 * @param decider who decided, and how
 * @param buyers for whom, ascending
 */
public record DecidedChoices(Decider decider, int[] buyers) {}
