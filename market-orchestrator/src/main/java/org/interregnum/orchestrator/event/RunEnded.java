package org.interregnum.orchestrator.event;

/**
 * Last event of a run that came to an end it knew of.
 *
 * @param status how it ended
 * @param lastStep last step taken; 0 when only the opening was computed
 * @param reason why, for a person; empty when the run finished
 */
public record RunEnded(RunStatus status, long lastStep, String reason) implements MarketEvent {}
