package org.interregnum.orchestrator.adapter.kafka;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.interregnum.event.v1.RunRecord;
import org.interregnum.orchestrator.event.EventLogException;

/** What {@value KafkaTopics#RUNS} knows of a run. */
final class RunRecords {
    static final String TYPE = "RunRecord";

    private final KafkaConnection connection;
    private final TopicPartition partition;
    private final byte[] key;

    RunRecords(KafkaConnection connection, KafkaTopics topics, String runId) {
        this.connection = connection;
        partition = topics.partition(KafkaTopics.RUNS, runId);
        key = runId.getBytes(StandardCharsets.UTF_8);
    }

    /**
     * The latest record of the run; empty when there is none. Waits for transactions that are open.
     *
     * @param impatient says when to wait no longer
     * @throws EventLogException when the record is damaged, or of a newer version
     */
    Optional<RunRecord> find(BooleanSupplier impatient) {
        long first = CommittedRecords.firstOffset(connection, partition);
        try (CommittedRecords records = CommittedRecords.all(connection, partition, key, first, impatient)) {
            ConsumerRecord<byte[], byte[]> latest = null;
            for (ConsumerRecord<byte[], byte[]> record = records.next(); record != null; record = records.next()) {
                latest = record.value() == null ? null : record;
            }
            return latest == null ? Optional.empty() : Optional.of(decode(latest, records.place(latest)));
        }
    }

    private RunRecord decode(ConsumerRecord<byte[], byte[]> record, String place) {
        try {
            RecordHeaders headers = RecordHeaders.of(record);
            if (!headers.type().equals(TYPE)) {
                throw new EventLogException("the record is a " + headers.type() + ", not a " + TYPE);
            }
            return headers.format().decodeRun(record.value());
        } catch (EventLogException e) {
            throw new EventLogException(place + e.getMessage(), e);
        }
    }

    /** The record to send for a run. */
    ProducerRecord<byte[], byte[]> record(RunRecord run) {
        byte[] value = connection.values().encode(run);
        return new RecordHeaders(TYPE, run.getEvents(), connection.values()).record(partition, key, value);
    }
}
