package org.interregnum.orchestrator.adapter.export;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class NpyTypeTest {
    /** Byte by byte as numpy.lib.format documents version 1.0: magic, version, length, dictionary, padding, line end. */
    @Test
    void shouldWriteTheDocumentedHeader() {
        byte[] header = NpyType.FLOAT64.header(false, 10, 400);
        assertThat(header).hasSize(128);
        assertThat(Arrays.copyOf(header, 10)).containsExactly(0x93, 'N', 'U', 'M', 'P', 'Y', 0x01, 0x00, 0x76, 0x00);
        String dictionary = "{'descr': '<f8', 'fortran_order': False, 'shape': (10, 400), }";
        assertThat(new String(header, 10, 118, StandardCharsets.US_ASCII))
                .isEqualTo(dictionary + " ".repeat(117 - dictionary.length()) + "\n");
    }

    @Test
    void shouldWriteShapesOfOneDimensionAsTuples() {
        assertThat(Zip.header(NpyType.INT64.header(false, 0)))
                .isEqualTo("{'descr': '<i8', 'fortran_order': False, 'shape': (0,), }");
    }

    @Test
    void shouldHaveRoomForTheLargestShape() {
        assertThat(Zip.header(NpyType.INT32.header(true, Long.MAX_VALUE, Long.MAX_VALUE)))
                .endsWith("), }");
    }

    @Test
    void shouldTakeTheSmallestTypeThatHoldsEverySeller() {
        assertThat(NpyType.ofChoices(3)).isEqualTo(NpyType.INT8);
        assertThat(NpyType.ofChoices(128)).isEqualTo(NpyType.INT8);
        assertThat(NpyType.ofChoices(129)).isEqualTo(NpyType.INT16);
        assertThat(NpyType.ofChoices(32_768)).isEqualTo(NpyType.INT16);
        assertThat(NpyType.ofChoices(32_769)).isEqualTo(NpyType.INT32);
    }
}
