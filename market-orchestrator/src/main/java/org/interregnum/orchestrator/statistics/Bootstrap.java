package org.interregnum.orchestrator.statistics;

import java.util.Arrays;
import java.util.function.ToDoubleFunction;
import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.simple.RandomSource;
import org.apache.commons.statistics.descriptive.Quantile;
import org.apache.commons.statistics.distribution.NormalDistribution;
import org.apache.commons.statistics.distribution.TDistribution;

/**
 * Bootstrap intervals by the expanded percentile method (Hesterberg 2015): the quantiles of the resampled statistic at
 * Φ(−√(n/(n−1))·t) and its complement, where t is the quantile of Student's t with n − 1 degrees of freedom at the
 * confidence. The plain percentile interval is too narrow for few units; this one is about as wide as Student's for
 * symmetric data, as far as the data reach, and follows them where they are skewed. The same data, settings and seed give the same interval.
 *
 * @param confidence probability with which an interval is to contain the true value; above 0, below 1
 * @param resamples number of resamples, from {@link #FEWEST_RESAMPLES} to {@link #MOST_RESAMPLES}
 * @param seed seed of the resampling
 */
public record Bootstrap(double confidence, int resamples, long seed) {
    /** Fewer would leave the ends to chance. */
    public static final int FEWEST_RESAMPLES = 1000;

    /** More would take long and tell no more. */
    public static final int MOST_RESAMPLES = 1_000_000;

    /** 95 % intervals from 10,000 resamples. */
    public static final Bootstrap DEFAULT = new Bootstrap(0.95, 10_000, 42);

    private static final NormalDistribution NORMAL = NormalDistribution.of(0, 1);

    public Bootstrap {
        if (!(confidence > 0 && confidence < 1)) {
            throw new IllegalArgumentException("confidence must be above 0 and below 1: " + confidence);
        }
        if (resamples < FEWEST_RESAMPLES || resamples > MOST_RESAMPLES) {
            throw new IllegalArgumentException(
                    "resamples must be from %d to %d: %d".formatted(FEWEST_RESAMPLES, MOST_RESAMPLES, resamples));
        }
    }

    /**
     * An interval of the mean.
     *
     * @param units one number for each unit that is resampled; not defined for fewer than two
     */
    public Interval ofMean(double[] units) {
        return of(units.length, drawn -> {
            double sum = 0;
            for (int unit : drawn) {
                sum += units[unit];
            }
            return sum / drawn.length;
        });
    }

    /**
     * An interval of any statistic. Resamples for which it is NaN are left out; when they are more than the intervals may
     * miss, the interval is not defined.
     *
     * @param units number of units that are resampled; not defined for fewer than two
     * @param statistic what is asked for, of a resample given by its units' numbers, which it must not keep
     */
    public Interval of(int units, ToDoubleFunction<int[]> statistic) {
        if (units < 2) {
            return Interval.UNDEFINED;
        }
        UniformRandomProvider random = random();
        int[] drawn = new int[units];
        double[] values = new double[resamples];
        int defined = 0;
        for (int resample = 0; resample < resamples; resample++) {
            for (int draw = 0; draw < units; draw++) {
                drawn[draw] = random.nextInt(units);
            }
            double value = statistic.applyAsDouble(drawn);
            if (!Double.isNaN(value)) {
                values[defined++] = value;
            }
        }
        if (resamples - defined > (1 - confidence) * resamples) {
            return Interval.UNDEFINED;
        }
        double tail = tail(units);
        double[] ends = Quantile.withDefaults()
                .with(Quantile.EstimationMethod.HF7)
                .evaluate(Arrays.copyOf(values, defined), tail, 1 - tail);
        return new Interval(ends[0], ends[1]);
    }

    /** Probability of each tail that is left out, for a number of units. */
    double tail(int units) {
        double student = TDistribution.of(units - 1).inverseSurvivalProbability((1 - confidence) / 2);
        return NORMAL.cumulativeProbability(-Math.sqrt(units / (units - 1.0)) * student);
    }

    UniformRandomProvider random() {
        return RandomSource.XO_SHI_RO_256_PP.create(seed);
    }
}
