package org.interregnum.orchestrator.sweep;

/**
 * What a cell came to that some orchestrator ran.
 *
 * @param sweep identifier of the sweep
 * @param attempt that of the request
 * @param orchestrator who ran it
 * @param outcome what it came to
 */
public record CellResult(String sweep, int attempt, String orchestrator, CellOutcome outcome) {}
