package org.interregnum.orchestrator.adapter.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class JsonChecksumTest {
    /** CRC-32C of "123456789" is the check value that the catalogues of such codes give. */
    @Test
    void shouldBeCrc32C() {
        byte[] digits = "123456789".getBytes(StandardCharsets.US_ASCII);
        assertThat(JsonChecksum.of(digits, digits.length)).isEqualTo("e3069283");
    }

    private static void require(String text) {
        JsonChecksum.require(text.getBytes(StandardCharsets.UTF_8));
    }

    private static String checked(String before) {
        byte[] bytes = before.getBytes(StandardCharsets.UTF_8);
        return "\"crc32c\":\"" + JsonChecksum.of(bytes, bytes.length) + "\"}";
    }

    @Test
    void shouldAcceptWhatIsAsItWasWritten() {
        String before = "{\"price\":0.5,\"reason\":\"ρ\"";
        assertThatCode(() -> require(before + "," + checked(before))).doesNotThrowAnyException();
        assertThatCode(() -> require(before + ",\n  " + checked(before) + "\n")).doesNotThrowAnyException();
    }

    @Test
    void shouldRefuseAnotherNumberAndAnotherChecksum() {
        String before = "{\"price\":0.5";
        assertThatThrownBy(() -> require("{\"price\":0.6," + checked(before)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("it does not match its checksum");
        assertThatThrownBy(() -> require(before + "," + checked(before + " ")))
                .hasMessage("it does not match its checksum");
    }

    @Test
    void shouldRefuseWhatHasNoneAtItsEnd() {
        for (String text :
                new String[] {"", "{}", "{\"price\":0.5}", "{\"crc32c\":\"00000000\"}", "{\"a\":1,\"crc32c\":\"0\"}"}) {
            assertThatThrownBy(() -> require(text))
                    .as(text)
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("it does not end with its checksum");
        }
        String before = "{\"price\":0.5";
        assertThatThrownBy(() -> require(before + "," + checked(before).replace("}", ",\"b\":1}")))
                .hasMessage("it does not end with its checksum");
    }
}
