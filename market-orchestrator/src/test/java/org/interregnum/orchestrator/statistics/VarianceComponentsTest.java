package org.interregnum.orchestrator.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.sampling.distribution.ZigguratSampler;
import org.apache.commons.rng.simple.RandomSource;
import org.junit.jupiter.api.Test;

class VarianceComponentsTest {
    private static final List<double[]> EQUAL = List.of(
            new double[] {2.1, 2.5, 1.9}, new double[] {3.4, 3.1, 3.9}, new double[] {2.8, 2.2, 2.6}, new double[] {
                4.0, 3.6, 3.3
            });
    private static final List<double[]> UNEQUAL = List.of(
            new double[] {2.1, 2.5}, new double[] {3.4, 3.1, 3.9, 3.6}, new double[] {2.8}, new double[] {4.0, 3.6, 3.3
            });

    @Test
    void shouldAgreeWithTheSumsOfSquares() {
        requireReference("equal", VarianceComponents.of(EQUAL, 0.95).orElseThrow());
        requireReference("unequal", VarianceComponents.of(UNEQUAL, 0.9).orElseThrow());
    }

    private static void requireReference(String name, VarianceComponents found) {
        requireClose(found.betweenRuns(), name + "_between_runs");
        requireClose(found.betweenRunsInterval().low(), name + "_between_runs_low");
        requireClose(found.betweenRunsInterval().high(), name + "_between_runs_high");
        requireClose(found.betweenSeeds(), name + "_between_seeds");
        requireClose(found.betweenSeedsInterval().low(), name + "_between_seeds_low");
        requireClose(found.betweenSeedsInterval().high(), name + "_between_seeds_high");
    }

    private static void requireClose(double value, String name) {
        assertThat(value).as(name).isCloseTo(ReferenceValues.of(name), within(1e-9));
    }

    @Test
    void shouldContainTheVariancesAtLeastAsOftenAsItSays() {
        UniformRandomProvider random = RandomSource.XO_SHI_RO_256_PP.create(8);
        ZigguratSampler.NormalizedGaussian normal = ZigguratSampler.NormalizedGaussian.of(random);
        int samples = 2000;
        int runs = 0;
        int seeds = 0;
        for (int sample = 0; sample < samples; sample++) {
            List<double[]> groups = new ArrayList<>();
            for (int seed = 0; seed < 8; seed++) {
                double effect = 2 * normal.sample();
                groups.add(new double[] {effect + normal.sample(), effect + normal.sample(), effect + normal.sample()});
            }
            VarianceComponents found = VarianceComponents.of(groups, 0.9).orElseThrow();
            runs += contains(found.betweenRunsInterval(), 1) ? 1 : 0;
            seeds += contains(found.betweenSeedsInterval(), 4) ? 1 : 0;
        }

        assertThat(runs / (double) samples).isBetween(0.88, 0.92);
        assertThat(seeds / (double) samples).isBetween(0.9, 0.98);
    }

    private static boolean contains(Interval interval, double value) {
        return interval.low() <= value && value <= interval.high();
    }

    @Test
    void shouldFindNoVarianceBetweenRunsThatAreEqual() {
        List<double[]> rules = List.of(new double[] {1, 1}, new double[] {2, 2}, new double[] {4, 4});

        VarianceComponents found = VarianceComponents.of(rules, 0.95).orElseThrow();

        assertThat(found.betweenRuns()).isZero();
        // The variance of 1, 2 and 4.
        assertThat(found.betweenSeeds()).isCloseTo(7 / 3.0, within(1e-12));
        assertThat(found.shareOfSeeds()).isEqualTo(1);
    }

    @Test
    void shouldNotGoBelowZero() {
        List<double[]> groups = List.of(new double[] {1, 5}, new double[] {2, 4}, new double[] {0, 6});

        VarianceComponents found = VarianceComponents.of(groups, 0.95).orElseThrow();

        assertThat(found.betweenSeeds()).isZero();
        assertThat(found.betweenSeedsInterval().low()).isZero();
    }

    @Test
    void shouldSayNothingWithoutRepetitions() {
        assertThat(VarianceComponents.of(List.of(new double[] {1}, new double[] {2}), 0.95))
                .isEmpty();
        assertThat(VarianceComponents.of(List.of(new double[] {1, 2}), 0.95)).isEmpty();
    }
}
