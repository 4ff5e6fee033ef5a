package org.interregnum.orchestrator.event;

import org.interregnum.orchestrator.agent.ModelAssignment;
import org.interregnum.orchestrator.model.MarketParameters;

/**
 * First event of a run. With it the preferences and every draw can be computed again.
 *
 * @param runId identifier of the run
 * @param programVersion version of the program that runs it
 * @param parameters parameters of the market
 * @param points points of the time series, the opening included
 * @param seed seed of the generator, in [0, 2³²)
 * @param generator name of the generator, such as {@code numpy}
 * @param models the sellers and buyers that are models
 * @param burnIn fraction of the points that order parameters leave out; NaN in a log that does not say
 */
public record RunStarted(
        String runId,
        String programVersion,
        MarketParameters parameters,
        long points,
        long seed,
        String generator,
        ModelAssignment models,
        double burnIn)
        implements MarketEvent {
    /** A run without models that does not say its burn-in. */
    public RunStarted(
            String runId,
            String programVersion,
            MarketParameters parameters,
            long points,
            long seed,
            String generator) {
        this(runId, programVersion, parameters, points, seed, generator, ModelAssignment.NONE, Double.NaN);
    }
}
