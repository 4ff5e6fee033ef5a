package org.interregnum.orchestrator.adapter.kafka;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.interregnum.event.v1.RunRecord;
import org.interregnum.orchestrator.adapter.protobuf.RunRecordCodec;
import org.interregnum.orchestrator.event.EventLogException;
import org.interregnum.orchestrator.event.RunStatus;

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
     * A run that has not finished.
     *
     * @param latest its latest record
     * @param first when its first record was written, of those that the broker still has
     */
    record Unfinished(RunRecord latest, Instant first) {}

    private record Seen(ConsumerRecord<byte[], byte[]> latest, long firstMillis) {}

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

    /**
     * The runs of an orchestrator service that have not finished, by their ids.
     *
     * @param orchestrator the service's name
     * @param isComplete whether transactions that are open are waited for; otherwise what they hide is left out
     * @param journal takes a line for each run whose latest record is damaged, foreign or of a newer version
     */
    static Map<String, Unfinished> unfinishedOf(
            KafkaConnection connection,
            KafkaTopics topics,
            String orchestrator,
            boolean isComplete,
            BiConsumer<String, String> journal) {
        Map<String, Unfinished> runs = new LinkedHashMap<>();
        for (TopicPartition each : topics.partitions(KafkaTopics.RUNS)) {
            long first = CommittedRecords.firstOffset(connection, each);
            try (CommittedRecords records = isComplete
                    ? CommittedRecords.all(connection, each, null, first, () -> false)
                    : CommittedRecords.stable(connection, each, null, first)) {
                seen(records).forEach((runId, seen) -> {
                    try {
                        runs.put(
                                runId,
                                new Unfinished(
                                        decode(seen.latest(), records.place(seen.latest())),
                                        Instant.ofEpochMilli(seen.firstMillis())));
                    } catch (EventLogException e) {
                        journal.accept(runId, "run " + runId + " cannot be taken up again: " + e.getMessage());
                    }
                });
            }
        }
        runs.values()
                .removeIf(run -> !run.latest().getOrchestrator().equals(orchestrator)
                        || RunRecordCodec.ended(run.latest())
                                .filter(end -> end.status() == RunStatus.FINISHED)
                                .isPresent());
        return runs;
    }

    private static Map<String, Seen> seen(CommittedRecords records) {
        Map<String, Seen> runs = new LinkedHashMap<>();
        for (ConsumerRecord<byte[], byte[]> record = records.next(); record != null; record = records.next()) {
            if (record.key() == null) {
                // Nobody's.
                continue;
            }
            String runId = new String(record.key(), StandardCharsets.UTF_8);
            if (record.value() == null) {
                runs.remove(runId);
            } else {
                Seen before = runs.get(runId);
                runs.put(runId, new Seen(record, before == null ? record.timestamp() : before.firstMillis()));
            }
        }
        return runs;
    }

    private static RunRecord decode(ConsumerRecord<byte[], byte[]> record, String place) {
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

    /** The record to send for a run that is to be forgotten. */
    ProducerRecord<byte[], byte[]> removal() {
        return new ProducerRecord<>(partition.topic(), partition.partition(), key, null);
    }

    /** The record to send for a run. */
    ProducerRecord<byte[], byte[]> record(RunRecord run) {
        byte[] value = connection.values().encode(run);
        return new RecordHeaders(TYPE, run.getEvents(), connection.values()).record(partition, key, value);
    }
}
