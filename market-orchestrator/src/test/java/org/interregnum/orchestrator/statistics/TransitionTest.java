package org.interregnum.orchestrator.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class TransitionTest {
    private static final double[] GRID = {0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1, 1.1, 1.2};

    @Test
    void shouldFindTheMiddleOfALogisticCurve() {
        double[][] order = curves(6, 0.63, 0.03, 0.02);

        Transition found = Transition.of(GRID, order, Bootstrap.DEFAULT);

        assertThat(found.point()).isCloseTo(0.63, within(0.02));
        assertThat(found.interval().low()).isLessThanOrEqualTo(0.6);
        assertThat(found.interval().high()).isGreaterThanOrEqualTo(0.7);
        assertThat(found.low()).isCloseTo(0.05, within(0.05));
        assertThat(found.high()).isCloseTo(0.75, within(0.05));
    }

    @Test
    void shouldContainTheTrueTransitionAboutAsOftenAsItSays() {
        int hits = 0;
        int samples = 200;
        double[] fine = new double[61];
        Arrays.setAll(fine, i -> i / 50.0);
        for (int sample = 0; sample < samples; sample++) {
            Random random = new Random(sample);
            double[][] order = new double[8][];
            for (int seed = 0; seed < order.length; seed++) {
                double middle = 0.6 + 0.05 * random.nextGaussian();
                order[seed] = Arrays.stream(fine)
                        .map(j -> 0.05 + 0.7 / (1 + Math.exp(-(j - middle) / 0.04)))
                        .toArray();
            }
            Transition found = Transition.of(fine, order, new Bootstrap(0.95, 1000, sample));
            hits += found.interval().low() <= 0.6 && 0.6 <= found.interval().high() ? 1 : 0;
        }

        assertThat(hits / (double) samples).isBetween(0.9, 1.0);
    }

    @Test
    void shouldGiveTheStepOfTheGridForAJump() {
        double[][] order = new double[4][];
        for (int seed = 0; seed < order.length; seed++) {
            double more = 0.01 * seed;
            order[seed] =
                    Arrays.stream(GRID).map(j -> j < 0.65 ? more : 0.8 + more).toArray();
        }

        Transition found = Transition.of(GRID, order, Bootstrap.DEFAULT);

        assertThat(found.interval()).isEqualTo(new Interval(0.6, 0.7));
        assertThat(found.point()).isCloseTo(0.65, within(1e-9));
    }

    @Test
    void shouldFindNoneWhereNothingRises() {
        double[][] noise = curves(5, 9, 0.03, 0.02);

        assertThat(Transition.of(GRID, noise, Bootstrap.DEFAULT)).isEqualTo(Transition.NONE);
    }

    @Test
    void shouldFindNoneWhereTheCurveGoesOnOutsideOfTheRange() {
        double[][] rising = new double[5][];
        Arrays.fill(rising, Arrays.stream(GRID).map(j -> j * j * j / 2).toArray());

        assertThat(Transition.of(GRID, rising, Bootstrap.DEFAULT)).isEqualTo(Transition.NONE);
    }

    @Test
    void shouldDoWithoutCellsThatAreMissing() {
        double[][] order = curves(6, 0.63, 0.03, 0.02);
        order[0][6] = Double.NaN;
        order[3][2] = Double.NaN;
        for (double[] seed : order) {
            seed[9] = Double.NaN;
        }

        assertThat(Transition.of(GRID, order, Bootstrap.DEFAULT).point()).isCloseTo(0.63, within(0.03));
    }

    @Test
    void shouldHaveNoIntervalFromOneSeed() {
        Transition found = Transition.of(GRID, curves(1, 0.63, 0.03, 0.01), Bootstrap.DEFAULT);

        assertThat(found.isDefined()).isTrue();
        assertThat(found.interval()).isEqualTo(Interval.UNDEFINED);
    }

    /** Curves from 0.05 to 0.75 with a middle and a width, and noise upon them. */
    private static double[][] curves(int seeds, double middle, double width, double noise) {
        Random random = new Random(11);
        double[][] curves = new double[seeds][];
        for (int seed = 0; seed < seeds; seed++) {
            curves[seed] = Arrays.stream(GRID)
                    .map(j -> 0.05 + 0.7 / (1 + Math.exp(-(j - middle) / width)) + noise * random.nextGaussian())
                    .toArray();
        }
        return curves;
    }
}
