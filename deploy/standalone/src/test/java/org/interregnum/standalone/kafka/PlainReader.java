package org.interregnum.standalone.kafka;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.interregnum.event.v1.MarketEvent;

/** Somebody who follows runs with Kafka's own consumer and the contract, and none of the program. */
public final class PlainReader {
    private PlainReader() {}

    /** The committed records of a run in a topic, in the order of its partition. */
    public static List<ConsumerRecord<String, byte[]>> records(String address, String topic, String runId) {
        return records(address, topic, runId::equals);
    }

    /** The same of many runs. */
    public static List<ConsumerRecord<String, byte[]>> records(String address, String topic, Predicate<String> runIds) {
        List<ConsumerRecord<String, byte[]>> records = new ArrayList<>();
        try (KafkaConsumer<String, byte[]> consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", address, "isolation.level", "read_committed"),
                new StringDeserializer(),
                new ByteArrayDeserializer())) {
            List<TopicPartition> partitions = consumer.partitionsFor(topic).stream()
                    .map(partition -> new TopicPartition(topic, partition.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = ends(address, partitions);
            while (partitions.stream().anyMatch(partition -> consumer.position(partition) < ends.get(partition))) {
                for (ConsumerRecord<String, byte[]> record : consumer.poll(Duration.ofMillis(100))) {
                    if (runIds.test(record.key())) {
                        records.add(record);
                    }
                }
            }
        }
        return records;
    }

    /** How many there are; none while the topic is about to be made. */
    public static int count(String address, String topic, String runId) {
        try {
            return records(address, topic, runId).size();
        } catch (IllegalStateException | NullPointerException e) {
            return 0;
        }
    }

    /**
     * Waits until every transaction in a topic is decided: one that a killed process left open hides, for some seconds,
     * what others write behind it.
     */
    public static void awaitDecided(String address, String topic) {
        records(address, topic, "");
    }

    /** Where the partitions end with what is not decided yet: a commit is visible only some time after it returned. */
    private static Map<TopicPartition, Long> ends(String address, List<TopicPartition> partitions) {
        try (KafkaConsumer<String, byte[]> consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", address, "isolation.level", "read_uncommitted"),
                new StringDeserializer(),
                new ByteArrayDeserializer())) {
            return consumer.endOffsets(partitions);
        }
    }

    /** The numbers of a run's steps. */
    public static List<Long> steps(String address, String runId) throws Exception {
        List<Long> steps = new ArrayList<>();
        for (ConsumerRecord<String, byte[]> record : records(address, "market.steps", runId)) {
            if (header(record, "interregnum-type").equals("StepTaken")) {
                steps.add(MarketEvent.parseFrom(record.value()).getStepTaken().getStep());
            }
        }
        return steps;
    }

    /** The text of a header. */
    public static String header(ConsumerRecord<?, ?> record, String name) {
        Header header = record.headers().lastHeader(name);
        return header == null ? "" : new String(header.value(), StandardCharsets.UTF_8);
    }
}
