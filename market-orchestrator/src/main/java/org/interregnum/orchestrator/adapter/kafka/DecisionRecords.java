package org.interregnum.orchestrator.adapter.kafka;

import java.util.Locale;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.interregnum.orchestrator.event.EventLogException;

/**
 * A run's decisions in {@value KafkaTopics#DECISIONS}.
 *
 * @param partition where they are
 * @param from offset from which on they are there
 * @param known number of them that the run is known to have at least
 */
record DecisionRecords(KafkaConnection connection, String runId, TopicPartition partition, long from, long known) {
    /**
     * Hands on what a file has as lines, without their ends. Transactions that are open are waited for: one of another run
     * must not hide what a step rests on that can be read already.
     *
     * @param most number of decisions at most
     * @param impatient says when to wait no longer
     * @return number of decisions handed on
     * @throws EventLogException when one is damaged, foreign, missing or there twice
     */
    long read(long most, BooleanSupplier impatient, Consumer<byte[]> reader) {
        long sequence = 0;
        try (CommittedRecords records =
                CommittedRecords.all(connection, partition, KafkaEventLogReader.key(runId), from, impatient)) {
            while (sequence < most) {
                ConsumerRecord<byte[], byte[]> record = records.next();
                if (record == null) {
                    requireKnown(sequence);
                    break;
                }
                require(record, records, sequence++);
                reader.accept(record.value());
            }
            return sequence;
        } catch (KafkaException e) {
            throw connection.problem(e);
        }
    }

    private void requireKnown(long found) {
        if (found < known) {
            throw new EventLogException(String.format(
                    Locale.ROOT,
                    "%s, %s: the run %s ends after %d decisions, but had %d",
                    connection.name(),
                    KafkaTopics.DECISIONS,
                    runId,
                    found,
                    known));
        }
    }

    private static void require(ConsumerRecord<byte[], byte[]> record, CommittedRecords records, long sequence) {
        try {
            RecordHeaders headers = RecordHeaders.of(record);
            if (!headers.type().equals(RunProgress.DECISION)) {
                throw new EventLogException("the record is a " + headers.type() + ", not a " + RunProgress.DECISION);
            }
            headers.requireSequence("decision", sequence);
        } catch (EventLogException e) {
            throw new EventLogException(records.place(record) + e.getMessage(), e);
        }
    }
}
