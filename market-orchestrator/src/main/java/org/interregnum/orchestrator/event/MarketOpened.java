package org.interregnum.orchestrator.event;

/**
 * Second event of a run: the state at point 0.
 *
 * @param choices seller of each buyer, −1 for none
 * @param prices price of each seller
 * @param shares market share of each seller
 */
public record MarketOpened(int[] choices, double[] prices, double[] shares) implements MarketEvent {}
