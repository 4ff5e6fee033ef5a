package org.interregnum.orchestrator.run;

import org.interregnum.orchestrator.agent.ModelAssignment;
import org.interregnum.orchestrator.agent.SellerRange;
import org.interregnum.orchestrator.model.InvalidParameterException;
import org.interregnum.orchestrator.model.MarketParameters;
import org.interregnum.orchestrator.random.Generators;

/**
 * Everything that defines a run. With rules alone the same spec gives the same trajectory, wherever it runs; with models,
 * the same spec and the same answers.
 *
 * @param market parameters of the market
 * @param points Nt, points of the time series, the opening included: so Nt − 1 steps; from 1 to 10⁹
 * @param seed seed of the generator, in [0, 2³²)
 * @param generator name of the generator: {@code numpy} or {@code philox}
 * @param burnIn fraction of the points that order parameters leave out at the beginning, in [0, 1)
 * @param models the sellers and buyers that are models
 */
public record RunSpec(
        MarketParameters market, int points, long seed, String generator, double burnIn, ModelAssignment models) {
    /** Seed of the published runs. */
    public static final long DEFAULT_SEED = 42;

    /** Fraction of a run that counts as its transient unless said otherwise. */
    public static final double DEFAULT_BURN_IN = 0.25;

    public RunSpec {
        if (points < 1 || points > MarketParameters.LARGEST_COUNT) {
            throw new InvalidParameterException(
                    "points", Integer.toString(points), "must be a whole number from 1 to 1000000000");
        }
        if (seed < 0 || seed > 0xFFFF_FFFFL) {
            throw new InvalidParameterException(
                    "seed", Long.toString(seed), "must be a whole number from 0 to 4294967295");
        }
        if (!Generators.names().contains(generator)) {
            throw Generators.unknown(generator);
        }
        if (!(burnIn >= 0 && burnIn < 1)) {
            throw new InvalidParameterException(
                    "burnIn", Double.toString(burnIn), "must be a number from 0 to below 1");
        }
        for (SellerRange range : models.sellers()) {
            if (range.last() >= market.sellers()) {
                throw new InvalidParameterException(
                        "range",
                        range.first() + "-" + range.last(),
                        "must be of sellers from 0 to " + (market.sellers() - 1));
            }
        }
    }

    /** A run whose sellers and buyers all follow rules. */
    public RunSpec(MarketParameters market, int points, long seed, String generator, double burnIn) {
        this(market, points, seed, generator, burnIn, ModelAssignment.NONE);
    }

    /** The same run with other models. */
    public RunSpec withModels(ModelAssignment others) {
        return new RunSpec(market, points, seed, generator, burnIn, others);
    }

    /** Number of steps, Nt − 1. */
    public int steps() {
        return points - 1;
    }
}
