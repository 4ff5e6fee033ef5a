package org.interregnum.orchestrator.service;

/**
 * One step as somebody watches it.
 *
 * @param step number of the step; 0 is the opening
 * @param seller seller that could change its price; -1 in the opening
 * @param prices price of each seller after the step
 * @param shares market share of each seller after the step
 */
public record StepLine(long step, int seller, double[] prices, double[] shares) {}
