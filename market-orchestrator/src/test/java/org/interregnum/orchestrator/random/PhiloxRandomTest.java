package org.interregnum.orchestrator.random;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PhiloxRandomTest {
    private static final int MANY = 200_000;

    /** The first two are the authors' own known answers (Random123); all three were also printed by NumPy's Philox. */
    @Test
    void shouldGiveTheKnownAnswers() {
        assertThat(words(0, 0, 0, 0, 0, 0))
                .containsExactly(0x16554d9eca36314cL, 0xdb20fe9d672d0fdcL, 0xd7e772cee186176bL, 0x7e68b68aec7ba23bL);
        assertThat(words(-1, -1, -1, -1, -1, -1))
                .containsExactly(0x87b092c3013fe90bL, 0x438c3c67be8d0224L, 0x9cc7d7c69cd777b6L, 0xa09caebf594f0ba0L);
        assertThat(words(5, 17, 3, 0, 42, 0))
                .containsExactly(0x75485c396db7cd74L, 0x5615ccc60676364eL, 0xa829da65b0115aeeL, 0x67d31d134b802069L);
    }

    /** Words of counter (5, 17, 3, 0) under key (42, 0), as NumPy prints them: the draws of buyers 40 to 47. */
    @Test
    void shouldDecideActivityByTheDocumentedCounter() {
        long[] draws = {
            0x6db7cd74L, 0x75485c39L, 0x0676364eL, 0x5615ccc6L, 0xb0115aeeL, 0xa829da65L, 0x4b802069L, 0x67d31d13L
        };
        for (double probability : new double[] {0.03, 0.31, 0.36, 0.41, 0.45, 0.46, 0.66, 0.7, 1}) {
            PhiloxRandom random = new PhiloxRandom(42);
            random.beginStep(17);
            int[] buyers = new int[48];

            int active = random.active(probability, 48, buyers);

            assertThat(Arrays.stream(buyers, 0, active).filter(buyer -> buyer >= 40))
                    .containsExactly(IntStream.range(0, 8)
                            .filter(i -> draws[i] < probability * 0x1p32)
                            .map(i -> 40 + i)
                            .boxed()
                            .toArray(Integer[]::new));
        }
    }

    @Test
    void shouldSelectAmongManyBuyersAsOneByOne() {
        PhiloxRandom random = new PhiloxRandom(8);
        random.beginStep(3);
        int[] seen = new int[MANY];

        int count = random.seen(0.3, MANY, seen);

        assertThat(Arrays.copyOf(seen, count))
                .isEqualTo(IntStream.range(0, MANY)
                        .filter(buyer -> {
                            long word = words(buyer / 8, 3, 4, 0, 8, 0)[buyer % 8 / 2];
                            return (buyer % 2 == 0 ? word & 0xFFFF_FFFFL : word >>> 32) < 0.3 * 0x1p32;
                        })
                        .toArray());
    }

    @Test
    void shouldDrawTheSameForABuyerHoweverManyThereAre() {
        PhiloxRandom random = new PhiloxRandom(8);
        random.beginStep(3);
        int[] many = new int[MANY];
        int[] few = new int[1001];

        int activeOfMany = random.active(0.2, MANY, many);
        int activeOfFew = random.active(0.2, 1001, few);

        assertThat(Arrays.stream(many, 0, activeOfMany)).isSorted().doesNotHaveDuplicates();
        assertThat(Arrays.stream(many, 0, activeOfMany).filter(buyer -> buyer < 1001))
                .containsExactlyElementsOf(
                        Arrays.stream(few, 0, activeOfFew).boxed().toList());
    }

    @Test
    void shouldDrawAnyStepWithoutTheOnesBefore() {
        PhiloxRandom inOrder = new PhiloxRandom(9);
        PhiloxRandom directly = new PhiloxRandom(9);
        int[] first = new int[1000];
        int[] second = new int[1000];
        for (int step = 1; step <= 50; step++) {
            inOrder.beginStep(step);
            inOrder.seller(10);
            inOrder.active(0.3, 1000, first);
        }
        directly.beginStep(50);

        int active = inOrder.active(0.3, 1000, first);
        assertThat(directly.active(0.3, 1000, second)).isEqualTo(active);
        assertThat(Arrays.copyOf(second, active)).isEqualTo(Arrays.copyOf(first, active));
        assertThat(directly.seller(10)).isEqualTo(inOrder.seller(10));
        assertThat(directly.normal()).isEqualTo(inOrder.normal());
    }

    @Test
    void shouldDrawPreferencesOfTheMomentsAskedFor() {
        double[][] columns = new PhiloxRandom(3).preferences(MANY, 3, 0.5, 2);

        for (double[] column : columns) {
            double mean = Arrays.stream(column).average().orElseThrow();
            double variance =
                    Arrays.stream(column).map(u -> (u - mean) * (u - mean)).sum() / MANY;
            double fourth =
                    Arrays.stream(column).map(u -> Math.pow(u - mean, 4)).sum() / MANY;
            // Five standard errors of each moment of a normal sample.
            assertThat(mean).isCloseTo(0.5, within(5 * 2 / Math.sqrt(MANY)));
            assertThat(variance).isCloseTo(4, within(5 * 4 * Math.sqrt(2.0 / MANY)));
            assertThat(fourth / (variance * variance)).isCloseTo(3, within(5 * Math.sqrt(24.0 / MANY)));
        }
        assertThat(columns[0]).isNotEqualTo(columns[1]);
    }

    @Test
    void shouldDrawSellersUniformly() {
        PhiloxRandom random = new PhiloxRandom(4);
        int[] drawn = new int[7];
        for (int step = 1; step <= 70_000; step++) {
            random.beginStep(step);
            drawn[random.seller(7)]++;
        }

        double chiSquare = Arrays.stream(drawn)
                .mapToDouble(count -> (count - 10_000.0) * (count - 10_000.0) / 10_000)
                .sum();
        assertThat(chiSquare)
                .as("the 0.999 quantile with 6 degrees of freedom is 22.46")
                .isLessThan(22.46);
    }

    @Test
    void shouldActivateAndSeeIndependently() {
        PhiloxRandom random = new PhiloxRandom(5);
        random.beginStep(1);
        int[] active = new int[MANY];
        int[] seen = new int[MANY];

        int activeCount = random.active(0.5, MANY, active);
        int seenCount = random.seen(0.5, MANY, seen);

        double error = 5 * Math.sqrt(0.25 / MANY);
        assertThat((double) activeCount / MANY).isCloseTo(0.5, within(error));
        assertThat((double) seenCount / MANY).isCloseTo(0.5, within(error));
        boolean[] isSeen = new boolean[MANY];
        Arrays.stream(seen, 0, seenCount).forEach(buyer -> isSeen[buyer] = true);
        long both = Arrays.stream(active, 0, activeCount)
                .filter(buyer -> isSeen[buyer])
                .count();
        assertThat((double) both / MANY).isCloseTo(0.25, within(error));
    }

    private static long[] words(long c0, long c1, long c2, long c3, long k0, long k1) {
        long[] words = new long[4];
        Philox4x64.words(c0, c1, c2, c3, k0, k1, words);
        return words;
    }
}
