package org.interregnum.orchestrator.random;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;

class NumpySubsetTest {
    @ParameterizedTest
    @CsvFileSource(resources = "/numpy-subsets.csv", useHeadersInDisplayName = true)
    void shouldDrawWhatNumpyDraws(long seed, int population, int size, long checksum, String numbers) {
        int[] drawn = NumpySubset.of(seed, population, size);

        assertThat(drawn).hasSize(size);
        assertThat(shown(drawn)).isEqualTo(numbers == null ? "" : numbers);
        assertThat(checksum(drawn)).isEqualTo(checksum);
    }

    /** {@code default_rng(2**40 + 7).choice(1000, 5, replace=False)} */
    @Test
    void shouldTakeASeedOfMoreThan32Bits() {
        assertThat(NumpySubset.of((1L << 40) + 7, 1000, 5)).containsExactly(17, 205, 255, 608, 827);
    }

    @Test
    void shouldDrawNothingFromNobody() {
        assertThat(NumpySubset.of(42, 0, 0)).isEmpty();
    }

    @Test
    void shouldRefuseMoreThanThereAre() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> NumpySubset.of(42, 10, 11))
                .withMessage("size 11: must be from 0 to the population, 10");
        assertThatIllegalArgumentException().isThrownBy(() -> NumpySubset.of(-1, 10, 1));
    }

    private static String shown(int[] drawn) {
        IntStream shown = drawn.length <= 12
                ? Arrays.stream(drawn)
                : IntStream.concat(Arrays.stream(drawn, 0, 3), Arrays.stream(drawn, drawn.length - 3, drawn.length));
        return shown.mapToObj(Integer::toString).collect(Collectors.joining(" "));
    }

    private static long checksum(int[] drawn) {
        ByteBuffer bytes = ByteBuffer.allocate(4 * drawn.length).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asIntBuffer().put(drawn);
        CRC32 checksum = new CRC32();
        checksum.update(bytes.array());
        return checksum.getValue();
    }
}
