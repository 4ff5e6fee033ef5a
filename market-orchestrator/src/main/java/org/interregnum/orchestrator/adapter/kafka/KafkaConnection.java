package org.interregnum.orchestrator.adapter.kafka;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.CooperativeStickyAssignor;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InvalidReplicationFactorException;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.interregnum.orchestrator.event.EventLogException;

/**
 * Where the broker is, and how it is spoken to.
 *
 * @param address {@code host:port}
 * @param values how values are written
 */
public record KafkaConnection(String address, ValueFormat values) {
    /** Largest record, of topics, producer and consumer alike: the opening of a market with a million buyers is some MB. */
    public static final int LARGEST_MESSAGE = 16 << 20;

    /** Room in a message for its key, its headers and the frame around it. */
    static final int OVERHEAD = 1 << 12;

    private static final int REQUEST_TIMEOUT_MILLIS = 5_000;
    private static final int DELIVERY_TIMEOUT_MILLIS = 10_000;

    /** A transaction whose writer is gone ends by itself after this; until then it hides what follows it from readers. */
    private static final int TRANSACTION_TIMEOUT_MILLIS = 20_000;

    /** After so long without a sign of life a member of a group counts as dead. */
    private static final int SESSION_TIMEOUT_MILLIS = 10_000;

    private static final int LARGEST_PAUSE_MILLIS = 500;

    /** A connection that speaks Protocol Buffers. */
    public KafkaConnection(String address) {
        this(address, ValueFormat.PROTOBUF);
    }

    Map<String, Object> producer(String transactionalId) {
        Map<String, Object> settings = common();
        settings.put(ProducerConfig.TRANSACTIONAL_ID_CONFIG, transactionalId);
        settings.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
        settings.put(ProducerConfig.ACKS_CONFIG, "all");
        settings.put(ProducerConfig.TRANSACTION_TIMEOUT_CONFIG, TRANSACTION_TIMEOUT_MILLIS);
        settings.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, DELIVERY_TIMEOUT_MILLIS);
        settings.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, DELIVERY_TIMEOUT_MILLIS);
        settings.put(ProducerConfig.LINGER_MS_CONFIG, 5);
        settings.put(ProducerConfig.BATCH_SIZE_CONFIG, 1 << 18);
        settings.put(ProducerConfig.BUFFER_MEMORY_CONFIG, 4L * LARGEST_MESSAGE);
        settings.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, LARGEST_MESSAGE);
        settings.put(ProducerConfig.COMPRESSION_TYPE_CONFIG, "lz4");
        settings.put(ProducerConfig.KEY_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class);
        settings.put(ProducerConfig.VALUE_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class);
        return settings;
    }

    /** A producer of single records, each of which is there once when it is acknowledged. */
    Map<String, Object> producer() {
        Map<String, Object> settings = producer("");
        settings.remove(ProducerConfig.TRANSACTIONAL_ID_CONFIG);
        settings.remove(ProducerConfig.TRANSACTION_TIMEOUT_CONFIG);
        settings.put(ProducerConfig.LINGER_MS_CONFIG, 0);
        return settings;
    }

    /** A member of a group that shares the partitions of a topic. */
    Map<String, Object> member(String group, String name) {
        Map<String, Object> settings = consumer("read_committed");
        settings.put(ConsumerConfig.GROUP_ID_CONFIG, group);
        settings.put(ConsumerConfig.CLIENT_ID_CONFIG, name);
        settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        // One at a time: what is taken and waits here, nobody else can take.
        settings.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, 1);
        settings.put(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG, SESSION_TIMEOUT_MILLIS);
        settings.put(ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG, SESSION_TIMEOUT_MILLIS / 4);
        // Whoever keeps a partition keeps its runs when others come or go.
        settings.put(ConsumerConfig.PARTITION_ASSIGNMENT_STRATEGY_CONFIG, CooperativeStickyAssignor.class.getName());
        return settings;
    }

    Map<String, Object> consumer(String isolation) {
        Map<String, Object> settings = common();
        settings.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, isolation);
        settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "none");
        settings.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
        settings.put(ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, DELIVERY_TIMEOUT_MILLIS);
        settings.put(ConsumerConfig.FETCH_MAX_BYTES_CONFIG, 2 * LARGEST_MESSAGE);
        settings.put(ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG, LARGEST_MESSAGE);
        settings.put(ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class);
        settings.put(ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class);
        return settings;
    }

    Map<String, Object> admin() {
        Map<String, Object> settings = common();
        settings.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, DELIVERY_TIMEOUT_MILLIS);
        return settings;
    }

    private Map<String, Object> common() {
        Map<String, Object> settings = new HashMap<>(KafkaClientProperties.ofProcess());
        settings.put(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, address);
        settings.put(CommonClientConfigs.REQUEST_TIMEOUT_MS_CONFIG, REQUEST_TIMEOUT_MILLIS);
        settings.put(CommonClientConfigs.RECONNECT_BACKOFF_MAX_MS_CONFIG, LARGEST_PAUSE_MILLIS);
        settings.put(CommonClientConfigs.RETRY_BACKOFF_MAX_MS_CONFIG, LARGEST_PAUSE_MILLIS);
        // Nothing about this machine is sent to whoever runs the broker.
        settings.put(CommonClientConfigs.ENABLE_METRICS_PUSH_CONFIG, false);
        return settings;
    }

    /**
     * Sends single records; the broker has all of them when this returns.
     *
     * @throws EventLogException when it does not take one
     */
    void send(Producer<byte[], byte[]> producer, List<ProducerRecord<byte[], byte[]>> records) {
        try {
            List<Future<RecordMetadata>> sent = new ArrayList<>(records.size());
            for (ProducerRecord<byte[], byte[]> record : records) {
                sent.add(producer.send(record));
            }
            for (Future<RecordMetadata> each : sent) {
                each.get();
            }
        } catch (ExecutionException e) {
            throw problem(e.getCause());
        } catch (KafkaException e) {
            throw problem(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new EventLogException("interrupted while writing to " + name(), e);
        }
    }

    /** The beginning of every complaint about it. */
    String name() {
        return "Kafka at " + address;
    }

    /** What the client complained of, as one line. */
    EventLogException problem(Throwable cause) {
        if (cause instanceof RetriableException || isFenced(cause)) {
            return new BrokerAwayException(name() + " does not answer: " + oneLine(cause), cause);
        }
        return new EventLogException(name() + ": " + oneLine(cause), cause);
    }

    /** A broker that was away for too long may not take partitions until it has reported again, and says so in this way. */
    private static boolean isFenced(Throwable cause) {
        return cause instanceof InvalidReplicationFactorException
                && cause.getMessage() != null
                && cause.getMessage().contains("fenced");
    }

    static String oneLine(Throwable cause) {
        String message = cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
        return message.replaceAll("\\s+", " ").replaceAll("\\.$", "");
    }

    static void pause(long millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new EventLogException("interrupted while waiting for Kafka", e);
        }
    }
}
