package org.interregnum.orchestrator.adapter.export;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;

class Crc32ConcatenationTest {
    @Test
    void shouldEqualTheChecksumOfBothPiecesTogether() {
        Random random = new Random(1);
        for (int round = 0; round < 500; round++) {
            byte[] bytes = new byte[random.nextInt(5000)];
            random.nextBytes(bytes);
            int cut = bytes.length == 0 ? 0 : random.nextInt(bytes.length + 1);
            assertThat(Crc32Concatenation.of(
                            checksum(bytes, 0, cut), checksum(bytes, cut, bytes.length - cut), bytes.length - cut))
                    .isEqualTo(checksum(bytes, 0, bytes.length));
        }
    }

    private static int checksum(byte[] bytes, int offset, int length) {
        CRC32 checksum = new CRC32();
        checksum.update(bytes, offset, length);
        return (int) checksum.getValue();
    }
}
