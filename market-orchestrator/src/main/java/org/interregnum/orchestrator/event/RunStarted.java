package org.interregnum.orchestrator.event;

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
 */
public record RunStarted(
        String runId, String programVersion, MarketParameters parameters, long points, long seed, String generator)
        implements MarketEvent {}
