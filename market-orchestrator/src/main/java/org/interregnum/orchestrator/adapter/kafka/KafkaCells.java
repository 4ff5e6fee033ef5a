package org.interregnum.orchestrator.adapter.kafka;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.interregnum.orchestrator.adapter.json.CellRequestJson;
import org.interregnum.orchestrator.event.EventLogException;
import org.interregnum.orchestrator.sweep.CellRequest;
import org.interregnum.orchestrator.sweep.CellResult;
import org.interregnum.orchestrator.sweep.WaitingCell;

/**
 * One sweep's requests and results on Kafka, for whoever asks. Used by one thread.
 *
 * <p>A request stays in its topic; it is done when the group's offset is beyond it, and before it is, its result is there.
 * So whoever starts again reads first how far the group is, then the results, and knows of every request whether it is done,
 * waits, or was never sent.
 */
public final class KafkaCells implements AutoCloseable {
    private static final Duration POLL = Duration.ofMillis(200);

    private final KafkaConnection connection;
    private final String sweep;
    private final RequestTopics topics;
    private final KafkaProducer<byte[], byte[]> producer;
    private final KafkaConsumer<byte[], byte[]> results;

    private KafkaCells(KafkaConnection connection, String sweep, RequestTopics topics) {
        this.connection = connection;
        this.sweep = sweep;
        this.topics = topics;
        producer = new KafkaProducer<>(connection.producer());
        results = new KafkaConsumer<>(connection.consumer("read_committed"));
        results.assign(List.of(RequestTopics.results()));
        results.seekToBeginning(List.of(RequestTopics.results()));
    }

    /**
     * Connects to the broker, and makes the topics that are missing.
     *
     * @param sweep identifier of the sweep
     * @throws EventLogException when the broker does not answer
     */
    public static KafkaCells open(KafkaConnection connection, String sweep) {
        try {
            return new KafkaCells(connection, sweep, RequestTopics.find(connection));
        } catch (KafkaException e) {
            throw connection.problem(e);
        }
    }

    /**
     * What there is of this sweep from before: hands on its results so far.
     *
     * @return the requests that nobody has done yet, by their cells, of each cell the latest
     * @throws EventLogException when the broker does not answer
     */
    public Map<Integer, WaitingCell> recall(Consumer<CellResult> before) {
        try {
            Map<TopicPartition, Long> done = done();
            long end = results.endOffsets(List.of(RequestTopics.results())).get(RequestTopics.results());
            while (results.position(RequestTopics.results()) < end) {
                poll(POLL, before);
            }
            return waiting(done);
        } catch (KafkaException e) {
            throw connection.problem(e);
        }
    }

    /** How far the group is in each partition of requests. */
    private Map<TopicPartition, Long> done() {
        Map<TopicPartition, Long> done = new HashMap<>();
        KafkaAdmin.ask(
                        connection,
                        admin -> admin.listConsumerGroupOffsets(RequestTopics.GROUP)
                                .partitionsToOffsetAndMetadata()
                                .get())
                .forEach((partition, offset) -> {
                    if (offset != null) {
                        done.put(partition, offset.offset());
                    }
                });
        return done;
    }

    private Map<Integer, WaitingCell> waiting(Map<TopicPartition, Long> done) {
        Map<Integer, WaitingCell> waiting = new HashMap<>();
        try (KafkaConsumer<byte[], byte[]> requests = new KafkaConsumer<>(connection.consumer("read_committed"))) {
            List<TopicPartition> partitions = topics.requests();
            requests.assign(partitions);
            Map<TopicPartition, Long> first = requests.beginningOffsets(partitions);
            Map<TopicPartition, Long> ends = requests.endOffsets(partitions);
            partitions.forEach(partition ->
                    requests.seek(partition, Math.max(first.get(partition), done.getOrDefault(partition, 0L))));
            while (partitions.stream().anyMatch(each -> requests.position(each) < ends.get(each))) {
                for (ConsumerRecord<byte[], byte[]> record : requests.poll(POLL)) {
                    if (isOurs(record)) {
                        CellRequest request = CellRequestJson.request(text(record.value()));
                        waiting.merge(
                                request.cell(),
                                // Not the request, of which each has the whole sweep in it.
                                new WaitingCell(request.attempt(), request.limits()),
                                (one, other) -> other.attempt() >= one.attempt() ? other : one);
                    }
                }
            }
        }
        return waiting;
    }

    /**
     * Sends requests; they are with the broker when this returns.
     *
     * @throws EventLogException when the broker does not take one
     */
    public void send(List<CellRequest> requests) {
        connection.send(producer, requests.stream().map(this::record).toList());
    }

    private ProducerRecord<byte[], byte[]> record(CellRequest request) {
        return new ProducerRecord<>(
                RequestTopics.REQUESTS,
                topics.partition(request.cell()),
                request.runId().getBytes(StandardCharsets.UTF_8),
                CellRequestJson.write(request).getBytes(StandardCharsets.UTF_8));
    }

    /** Hands on results as they come, for as long at most. */
    public void poll(Duration patience, Consumer<CellResult> reader) {
        for (ConsumerRecord<byte[], byte[]> record : results.poll(patience)) {
            if (isOurs(record)) {
                reader.accept(CellRequestJson.result(text(record.value())));
            }
        }
    }

    private boolean isOurs(ConsumerRecord<byte[], byte[]> record) {
        if (record.key() == null) {
            return false;
        }
        String key = text(record.key());
        return key.startsWith(sweep + "-")
                && key.length() > sweep.length() + 1
                && key.chars().skip(sweep.length() + 1L).allMatch(digit -> digit >= '0' && digit <= '9');
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    /** Number of orchestrators that take requests now. */
    public int takers() {
        return KafkaAdmin.ask(connection, admin -> {
            try {
                return RequestTopics.group(admin).get().members().size();
            } catch (ExecutionException e) {
                // There is no such group before the first of them.
                return 0;
            }
        });
    }

    @Override
    public void close() {
        producer.close(Duration.ofSeconds(1));
        results.close();
    }
}
