package org.interregnum.orchestrator.adapter.kafka;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Queue;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.interregnum.orchestrator.event.EventLogException;

/**
 * The committed records with one key, or all records, in a partition, from an offset to the end that it had at opening. What Kafka's
 * client complains of comes as its {@code KafkaException}.
 */
final class CommittedRecords implements AutoCloseable {
    private static final Duration POLL = Duration.ofMillis(200);
    private static final long PAUSE_MILLIS = 50;
    private static final long PATIENCE_NANOS = Duration.ofSeconds(20).toNanos();

    /** Longer than a transaction lives whose writer is gone. */
    private static final long STABLE_NANOS = Duration.ofSeconds(60).toNanos();

    private final KafkaConnection connection;
    private final TopicPartition partition;
    private final byte[] key;
    private final KafkaConsumer<byte[], byte[]> consumer;
    private final Queue<ConsumerRecord<byte[], byte[]>> fetched = new ArrayDeque<>();
    private long end;
    private boolean complete;

    private CommittedRecords(KafkaConnection connection, TopicPartition partition, byte[] key, long from) {
        this.connection = connection;
        this.partition = partition;
        this.key = key;
        consumer = new KafkaConsumer<>(connection.consumer("read_committed"));
        consumer.assign(List.of(partition));
        consumer.seek(partition, from);
    }

    /** Up to the last stable offset: what is then still in a transaction, or behind one, is left out. */
    static CommittedRecords stable(KafkaConnection connection, TopicPartition partition, byte[] key, long from) {
        return open(connection, partition, key, from, CommittedRecords::takeWhatIsStable);
    }

    /**
     * Up to the last record. Transactions that are open, others' among them, are waited for: for whoever has ended the
     * writer before, and has to know all that it left.
     *
     * @param impatient says when to wait no longer
     */
    static CommittedRecords all(
            KafkaConnection connection, TopicPartition partition, byte[] key, long from, BooleanSupplier impatient) {
        return open(connection, partition, key, from, records -> records.awaitAllStable(impatient));
    }

    private static CommittedRecords open(
            KafkaConnection connection,
            TopicPartition partition,
            byte[] key,
            long from,
            Consumer<CommittedRecords> opening) {
        CommittedRecords records = new CommittedRecords(connection, partition, key, from);
        boolean open = false;
        try {
            opening.accept(records);
            open = true;
            return records;
        } finally {
            if (!open) {
                records.close();
            }
        }
    }

    /** Offset behind the last record of a partition, in a transaction or not. */
    static long lastOffset(KafkaConnection connection, TopicPartition partition) {
        try (KafkaConsumer<byte[], byte[]> uncommitted = new KafkaConsumer<>(connection.consumer("read_uncommitted"))) {
            return uncommitted.endOffsets(List.of(partition)).get(partition);
        }
    }

    /** Offset of the first record that a partition still has. */
    static long firstOffset(KafkaConnection connection, TopicPartition partition) {
        try (KafkaConsumer<byte[], byte[]> uncommitted = new KafkaConsumer<>(connection.consumer("read_uncommitted"))) {
            return uncommitted.beginningOffsets(List.of(partition)).get(partition);
        }
    }

    private void takeWhatIsStable() {
        end = lastStableOffset();
        complete = lastOffset(connection, partition) <= end;
    }

    private void awaitAllStable(BooleanSupplier impatient) {
        long last = lastOffset(connection, partition);
        long begun = System.nanoTime();
        while (lastStableOffset() < last) {
            if (System.nanoTime() - begun > STABLE_NANOS || impatient.getAsBoolean()) {
                throw new TimeoutException("the end of " + partition
                        + " cannot be read yet, since a transaction of another writer stays open");
            }
            KafkaConnection.pause(PAUSE_MILLIS);
        }
        end = last;
        complete = true;
    }

    /** Whether no transaction was open at the end, so that nothing can be hidden by one. */
    boolean isComplete() {
        return complete;
    }

    private long lastStableOffset() {
        return consumer.endOffsets(List.of(partition)).get(partition);
    }

    /**
     * The next record with the key, or null after the last.
     *
     * @throws EventLogException when the partition no longer has what should be there
     */
    ConsumerRecord<byte[], byte[]> next() {
        try {
            return nextWithKey();
        } catch (OffsetOutOfRangeException e) {
            throw new EventLogException(
                    String.format(
                            Locale.ROOT,
                            "%s, %s: the records from offset %d on are no longer there",
                            connection.name(),
                            partition,
                            e.offsetOutOfRangePartitions().get(partition)),
                    e);
        }
    }

    private ConsumerRecord<byte[], byte[]> nextWithKey() {
        long progress = System.nanoTime();
        while (true) {
            for (ConsumerRecord<byte[], byte[]> record = fetched.poll(); record != null; record = fetched.poll()) {
                if (record.offset() < end && (key == null || Arrays.equals(record.key(), key))) {
                    return record;
                }
            }
            long before = consumer.position(partition);
            if (before >= end) {
                return null;
            }
            consumer.poll(POLL).records(partition).forEach(fetched::add);
            // It moves over the marks of transactions as well, which nobody is shown.
            if (consumer.position(partition) > before) {
                progress = System.nanoTime();
            } else if (System.nanoTime() - progress > PATIENCE_NANOS) {
                throw new TimeoutException("nothing comes from " + partition);
            }
        }
    }

    /** The beginning of a complaint about a record. */
    String place(ConsumerRecord<byte[], byte[]> record) {
        return String.format(Locale.ROOT, "%s, %s, offset %d: ", connection.name(), partition, record.offset());
    }

    @Override
    public void close() {
        consumer.close();
    }
}
