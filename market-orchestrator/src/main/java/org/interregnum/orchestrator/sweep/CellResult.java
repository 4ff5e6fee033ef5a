package org.interregnum.orchestrator.sweep;

/**
 * What a cell came to that some orchestrator ran.
 *
 * @param sweep identifier of the sweep
 * @param attempt that of the request
 * @param orchestrator who ran it
 * @param limits what the request allowed its models; {@link CellLimits#NONE} of one without models
 * @param outcome what it came to
 */
public record CellResult(String sweep, int attempt, String orchestrator, CellLimits limits, CellOutcome outcome) {}
