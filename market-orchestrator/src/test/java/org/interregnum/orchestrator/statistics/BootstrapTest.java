package org.interregnum.orchestrator.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.sampling.distribution.ZigguratSampler;
import org.apache.commons.rng.simple.RandomSource;
import org.junit.jupiter.api.Test;

class BootstrapTest {
    private static final double[] SKEWED = {0.12, 0.31, 0.18, 0.95, 0.22};

    @Test
    void shouldFindTheQuantilesOfAllResamples() {
        Interval interval = new Bootstrap(0.95, 200_000, 1).ofMean(SKEWED);

        assertThat(Bootstrap.DEFAULT.tail(5)).isCloseTo(ReferenceValues.of("expanded_tail_5_seeds"), within(1e-12));
        // The means of five numbers lie apart: at these quantiles a step to the next is 0.012 below and 0.13 above.
        assertThat(interval.low()).isCloseTo(ReferenceValues.of("skewed_low"), within(0.013));
        assertThat(interval.high()).isCloseTo(ReferenceValues.of("skewed_high"), within(0.03));
    }

    @Test
    void shouldBeTheSameForTheSameSeed() {
        assertThat(Bootstrap.DEFAULT.ofMean(SKEWED)).isEqualTo(Bootstrap.DEFAULT.ofMean(SKEWED));
        assertThat(Bootstrap.DEFAULT.ofMean(SKEWED)).isNotEqualTo(new Bootstrap(0.95, 1000, 7).ofMean(SKEWED));
    }

    @Test
    void shouldContainTheMeanOfFiveAboutAsOftenAsItSays() {
        UniformRandomProvider random = RandomSource.XO_SHI_RO_256_PP.create(3);
        ZigguratSampler.NormalizedGaussian normal = ZigguratSampler.NormalizedGaussian.of(random);
        int samples = 2000;
        int hits = 0;
        for (int sample = 0; sample < samples; sample++) {
            double[] five = {normal.sample(), normal.sample(), normal.sample(), normal.sample(), normal.sample()};
            Interval interval = new Bootstrap(0.95, 1000, sample).ofMean(five);
            hits += interval.low() <= 0 && 0 <= interval.high() ? 1 : 0;
        }

        // With NumPy 0.92; the plain percentile interval would contain it in 0.84 of the cases.
        assertThat(hits / (double) samples).isBetween(0.9, 0.95);
    }

    @Test
    void shouldNotBeDefinedForOneUnit() {
        assertThat(Bootstrap.DEFAULT.ofMean(new double[] {1})).isEqualTo(Interval.UNDEFINED);
        assertThat(Bootstrap.DEFAULT.ofMean(new double[0])).isEqualTo(Interval.UNDEFINED);
    }

    @Test
    void shouldNotBeDefinedWhenResamplesOftenHaveNoValue() {
        assertThat(Bootstrap.DEFAULT.of(5, drawn -> drawn[0] == 0 ? Double.NaN : 1))
                .isEqualTo(Interval.UNDEFINED);
        assertThat(Bootstrap.DEFAULT.of(500, drawn -> drawn[0] == 0 ? Double.NaN : 1))
                .isEqualTo(new Interval(1, 1));
    }

    @Test
    void shouldRefuseFewResamples() {
        assertThatThrownBy(() -> new Bootstrap(0.95, 10, 1)).hasMessageContaining("resamples must be from 1000");
        assertThatThrownBy(() -> new Bootstrap(1, 1000, 1)).hasMessageContaining("confidence must be");
    }
}
