package org.interregnum.orchestrator.random;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** All numbers here were printed by NumPy 2.4's {@code RandomState}. */
class NumpyRandomTest {
    @Test
    void shouldDrawDoublesIntegersAndNormalsFromOneStreamAsNumpyDoes() {
        MersenneTwister doubles = new MersenneTwister(42);
        assertThat(IntStream.range(0, 4).mapToDouble(i -> doubles.nextDouble()))
                .containsExactly(0.3745401188473625, 0.9507143064099162, 0.7319939418114051, 0.5986584841970366);

        NumpyRandom random = new NumpyRandom(42);
        random.seen(1, 4, new int[0]);
        assertThat(IntStream.range(0, 8).map(i -> random.seller(10))).containsExactly(6, 9, 2, 6, 7, 4, 3, 7);
        assertThat(IntStream.range(0, 3).mapToDouble(i -> random.normal()))
                .containsExactly(-0.580878134023515, -0.5251698071781478, -0.5713801657541415);
        assertThat(IntStream.range(0, 6).map(i -> random.seller(3))).containsExactly(1, 0, 0, 0, 2, 2);
        random.seen(1, 1, new int[0]);
        assertThat(random.normal())
                .as("the second value of the last pair, kept over other draws")
                .isEqualTo(-0.9240828377471049);
    }

    @Test
    void shouldTakeTheLargestSeed() {
        NumpyRandom random = new NumpyRandom((int) 4_294_967_295L);
        random.seen(1, 1, new int[0]);

        double[][] preferences = random.preferences(2, 2, 0.5, 1);

        assertThat(preferences[0]).containsExactly(0.5813036681172692, 0.8159580826517001);
        assertThat(preferences[1]).containsExactly(0.9096851233481655, 0.5350391647934927);
    }

    @Test
    void shouldSelectActiveAndSeenBuyersAsNumpyCompares() {
        NumpyRandom random = new NumpyRandom(42);
        int[] buyers = new int[20];
        random.seen(1, 700, new int[0]);

        int active = random.active(1 - 0.7, 20, buyers);
        assertThat(Arrays.copyOf(buyers, active)).containsExactly(5, 7, 10, 15, 16, 17, 19);

        int seen = random.seen(0.3, 20, buyers);
        assertThat(Arrays.copyOf(buyers, seen)).containsExactly(1, 2, 6, 8, 9, 10);

        assertThat(random.seller(1000)).isEqualTo(690);
    }

    @Test
    void shouldCompareExactlyAtTheThreshold() {
        // The first double after this seed is 0.3745401188473625; a buyer is active above the threshold only, and
        // seen below it only. One unit in the last place decides both.
        double first = 0.3745401188473625;
        int[] buyers = new int[1];

        assertThat(new NumpyRandom(42).active(1 - first, 1, buyers)).isZero();
        assertThat(new NumpyRandom(42).active(1 - (first - 0x1p-53), 1, buyers)).isEqualTo(1);
        assertThat(new NumpyRandom(42).seen(first, 1, buyers)).isZero();
        assertThat(new NumpyRandom(42).seen(first + 0x1p-53, 1, buyers)).isEqualTo(1);
    }

    @Test
    void shouldSeeNobodyAtVisibilityZeroAndActivateEverybodyAtProbabilityOne() {
        NumpyRandom random = new NumpyRandom(1);
        int[] buyers = new int[10_000];

        assertThat(random.seen(0, 10_000, buyers)).isZero();
        assertThat(random.active(1, 10_000, buyers)).isEqualTo(10_000);
        assertThat(buyers).isEqualTo(IntStream.range(0, 10_000).toArray());
    }

    @Test
    void shouldNotDependOnTheSizeOfItsBatches() {
        NumpyRandom random = new NumpyRandom(7);
        MersenneTwister twister = new MersenneTwister(7);
        int buyers = 3 * 4096 + 1;
        int[] into = new int[buyers];

        int active = random.active(0.25, buyers, into);

        int[] expected = IntStream.range(0, buyers)
                .filter(buyer -> twister.nextDouble() > 0.75)
                .toArray();
        assertThat(Arrays.copyOf(into, active)).isEqualTo(expected);
    }
}
