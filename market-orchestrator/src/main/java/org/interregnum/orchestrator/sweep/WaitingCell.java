package org.interregnum.orchestrator.sweep;

/**
 * A cell that was asked for and that nobody has done yet.
 *
 * @param attempt how often the cell had ended without being finished when it was asked for
 * @param limits what its models may spend from the run's beginning
 */
public record WaitingCell(int attempt, CellLimits limits) {}
