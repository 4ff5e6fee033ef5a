package org.interregnum.orchestrator.agent;

/**
 * Buyers that one model decides for.
 *
 * @param name name of the cohort, another for each
 * @param buyers its buyers, ascending; not to be written to
 * @param model the model
 */
public record BuyerCohort(String name, int[] buyers, ModelSettings model) {}
