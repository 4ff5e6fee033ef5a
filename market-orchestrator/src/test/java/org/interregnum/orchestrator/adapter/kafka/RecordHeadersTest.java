package org.interregnum.orchestrator.adapter.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.interregnum.orchestrator.event.EventLogException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RecordHeadersTest {
    private static final RecordHeaders HEADERS = new RecordHeaders("StepTaken", 17, ValueFormat.PROTOBUF);

    @Test
    void shouldComeBackAsTheyWere() {
        assertThat(RecordHeaders.of(record())).isEqualTo(HEADERS);
    }

    @ParameterizedTest
    @ValueSource(strings = {"interregnum-type", "interregnum-version"})
    void shouldKnowThatARecordIsSomebodyElses(String header) {
        ConsumerRecord<byte[], byte[]> record = record();
        record.headers().remove(header);

        assertThatThrownBy(() -> RecordHeaders.of(record))
                .isInstanceOf(EventLogException.class)
                .hasMessage("not a record of Interregnum: it has no header " + header);
    }

    @ParameterizedTest
    @CsvSource({
        "interregnum-version, 2, 'the record has format version 2, this program reads version 1'",
        "interregnum-crc32c, 00000000, damaged: the record does not match its checksum",
        "interregnum-crc32c, '', damaged: the record does not match its checksum",
        "interregnum-sequence, -1, damaged: the header interregnum-sequence is no number",
        "interregnum-sequence, 9999999999999999999, damaged: the header interregnum-sequence is no number",
        "content-type, text/plain, damaged: the header content-type is text/plain"
    })
    void shouldSayWhatIsWrong(String header, String value, String complaint) {
        ConsumerRecord<byte[], byte[]> record = record();
        record.headers().remove(header).add(header, value.getBytes(StandardCharsets.UTF_8));

        assertThatThrownBy(() -> RecordHeaders.of(record))
                .isInstanceOf(EventLogException.class)
                .hasMessage(complaint);
    }

    @Test
    void shouldSeeAnyBitThatChanged() {
        for (int bit = 0; bit < 40; bit++) {
            ConsumerRecord<byte[], byte[]> record = record();
            record.value()[bit / 8] ^= (byte) (1 << bit % 8);

            assertThatThrownBy(() -> RecordHeaders.of(record)).hasMessageContaining("its checksum");
        }
    }

    private static ConsumerRecord<byte[], byte[]> record() {
        ProducerRecord<byte[], byte[]> sent =
                HEADERS.record(new TopicPartition("market.steps", 3), new byte[] {1}, new byte[] {1, 2, 3, 4, 5});
        ConsumerRecord<byte[], byte[]> received =
                new ConsumerRecord<>(sent.topic(), sent.partition(), 0, sent.key(), sent.value());
        sent.headers().forEach(received.headers()::add);
        return received;
    }
}
