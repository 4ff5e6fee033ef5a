package org.interregnum.orchestrator.adapter.kafka;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Locale;
import java.util.zip.CRC32C;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.interregnum.orchestrator.event.EventLogException;

/**
 * What the headers of a record say, all of it text.
 *
 * @param type name of the message in the value, such as {@code StepTaken}
 * @param sequence its number among the run's records in the topic, from 0
 * @param format how the value is written
 */
record RecordHeaders(String type, long sequence, ValueFormat format) {
    static final String TYPE = "interregnum-type";
    static final String VERSION = "interregnum-version";
    static final String SEQUENCE = "interregnum-sequence";
    static final String CHECKSUM = "interregnum-crc32c";
    static final String CONTENT_TYPE = "content-type";

    static final int FORMAT_VERSION = 1;

    /**
     * Requires that it is the next one.
     *
     * @param kind what it is called, such as {@code event}
     * @throws EventLogException when one is missing, or there twice
     */
    void requireSequence(String kind, long next) {
        if (sequence != next) {
            throw new EventLogException(String.format(
                    Locale.ROOT,
                    "%s %d of the run follows %s %d: %s",
                    kind,
                    sequence,
                    kind,
                    next - 1,
                    sequence < next ? "one is there twice" : "one is missing"));
        }
    }

    /** A record that can be sent, again and again if need be. */
    ProducerRecord<byte[], byte[]> record(TopicPartition partition, byte[] key, byte[] value) {
        ProducerRecord<byte[], byte[]> record =
                new ProducerRecord<>(partition.topic(), partition.partition(), key, value);
        record.headers()
                .add(TYPE, bytes(type))
                .add(VERSION, bytes(Integer.toString(FORMAT_VERSION)))
                .add(SEQUENCE, bytes(Long.toString(sequence)))
                .add(CHECKSUM, bytes(checksum(value)))
                .add(CONTENT_TYPE, bytes(format.contentType()));
        return record;
    }

    /**
     * The headers of a record whose value is whole.
     *
     * @throws EventLogException when it is not ours, is of a newer version or damaged; the message is the end of a
     *     sentence
     */
    static RecordHeaders of(ConsumerRecord<byte[], byte[]> record) {
        String type = text(record, TYPE);
        String version = text(record, VERSION);
        if (type == null || version == null) {
            throw new EventLogException(
                    "not a record of Interregnum: it has no header " + (type == null ? TYPE : VERSION));
        }
        if (!version.equals(Integer.toString(FORMAT_VERSION))) {
            throw new EventLogException(String.format(
                    Locale.ROOT,
                    "the record has format version %s, this program reads version %d",
                    version,
                    FORMAT_VERSION));
        }
        if (record.value() == null || !checksum(record.value()).equals(text(record, CHECKSUM))) {
            throw new EventLogException("damaged: the record does not match its checksum");
        }
        return new RecordHeaders(type, sequence(record), format(record));
    }

    private static long sequence(ConsumerRecord<byte[], byte[]> record) {
        String sequence = text(record, SEQUENCE);
        if (sequence == null || !sequence.matches("\\d{1,18}")) {
            throw new EventLogException("damaged: the header " + SEQUENCE + " is no number");
        }
        return Long.parseLong(sequence);
    }

    private static ValueFormat format(ConsumerRecord<byte[], byte[]> record) {
        String contentType = text(record, CONTENT_TYPE);
        for (ValueFormat format : ValueFormat.values()) {
            if (format.contentType().equals(contentType)) {
                return format;
            }
        }
        throw new EventLogException("damaged: the header " + CONTENT_TYPE + " is " + contentType);
    }

    private static String text(ConsumerRecord<byte[], byte[]> record, String name) {
        Header header = record.headers().lastHeader(name);
        return header == null || header.value() == null ? null : new String(header.value(), StandardCharsets.UTF_8);
    }

    private static String checksum(byte[] value) {
        CRC32C checksum = new CRC32C();
        checksum.update(value);
        return HexFormat.of().toHexDigits((int) checksum.getValue());
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
