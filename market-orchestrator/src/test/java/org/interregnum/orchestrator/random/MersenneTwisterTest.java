package org.interregnum.orchestrator.random;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MersenneTwisterTest {
    /** The C++ standard demands this of std::mt19937, whose default seed is 5489. */
    @Test
    void shouldGiveTheTenThousandthWordOfTheStandard() {
        MersenneTwister twister = new MersenneTwister(5489);

        twister.skip(9_999);

        assertThat(Integer.toUnsignedLong(twister.nextInt())).isEqualTo(4_123_659_995L);
    }

    /** NumPy: RandomState(0).randint(0, 2**32, 4, dtype=uint32). */
    @Test
    void shouldGiveTheFirstWordsOfNumpy() {
        MersenneTwister twister = new MersenneTwister(0);

        assertThat(IntStream.range(0, 4).mapToObj(i -> Integer.toUnsignedLong(twister.nextInt())))
                .containsExactly(2_357_136_044L, 2_546_248_239L, 3_071_714_933L, 3_626_093_760L);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 226, 227, 228, 623, 624, 625, 1248, 5000})
    void shouldFillAndSkipAsIfReadWordByWord(int count) {
        MersenneTwister oneByOne = new MersenneTwister(42);
        MersenneTwister atOnce = new MersenneTwister(42);
        MersenneTwister passing = new MersenneTwister(42);
        int[] words = new int[count];

        for (int round = 0; round < 3; round++) {
            int[] expected =
                    IntStream.range(0, count).map(i -> oneByOne.nextInt()).toArray();
            atOnce.fill(words, count);
            passing.skip(count);

            assertThat(words).isEqualTo(expected);
            int next = oneByOne.nextInt();
            assertThat(atOnce.nextInt()).isEqualTo(next);
            assertThat(passing.nextInt()).isEqualTo(next);
        }
    }
}
