package org.interregnum.orchestrator.statistics;

/**
 * A mean over seeds and how well it is known.
 *
 * @param seeds number of seeds that have a value
 * @param mean mean over these; NaN without any
 * @param interval bootstrap interval of the mean; not defined with fewer than two seeds
 */
public record Estimate(int seeds, double mean, Interval interval) {}
