package org.interregnum.orchestrator.adapter.kafka;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.IntConsumer;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.AuthorizationException;
import org.interregnum.orchestrator.adapter.json.CellRequestJson;
import org.interregnum.orchestrator.event.EventLogException;
import org.interregnum.orchestrator.sweep.CellOutcome;
import org.interregnum.orchestrator.sweep.CellResult;

/**
 * Takes requests to run cells as a member of the group of orchestrators, as many at a time as it may, and sends what they
 * come to.
 *
 * <p>Every request is worked on at least once: the group's offset passes it only when its result is with the broker. Whoever
 * dies in between leaves it to another member; whoever loses a partition to another stops its runs. A request may so have two
 * results, which are equal, and whoever asked counts one of them.
 *
 * <p>However long runs take, the member goes on asking the broker, with its partitions paused, and so stays one.
 */
public final class KafkaRequestTaker {
    private static final Duration IDLE = Duration.ofMillis(200);
    private static final Duration BUSY = Duration.ofMillis(5);
    private static final long PAUSE_MILLIS = 500;

    private final KafkaConnection connection;
    private final String name;
    private final int atOnce;
    private final Function<TakenCell, Optional<CellOutcome>> worker;
    private final IntConsumer orchestrators;
    private final Runnable pulse;
    private final Consumer<String> journal;
    private final ExecutorService threads;
    private final Map<TopicPartition, TakenOffsets> taken = new HashMap<>();
    private final Queue<TakenCell> done = new ConcurrentLinkedQueue<>();
    private int underWay;
    private volatile boolean stopRequested;

    /**
     * A taker that does nothing yet.
     *
     * @param name who it is, for results
     * @param atOnce most requests under way at once
     * @param worker does what a request asks for; empty when it was stopped
     * @param orchestrators is told how many take requests together, this one included, whenever it is another number
     * @param pulse is called again and again as long as it is at work, whatever the runs do
     * @param journal takes what somebody who looks after the service should know, a line each
     */
    public KafkaRequestTaker(
            KafkaConnection connection,
            String name,
            int atOnce,
            Function<TakenCell, Optional<CellOutcome>> worker,
            IntConsumer orchestrators,
            Runnable pulse,
            Consumer<String> journal) {
        this.connection = connection;
        this.name = name;
        this.atOnce = atOnce;
        this.worker = worker;
        this.orchestrators = orchestrators;
        this.pulse = pulse;
        this.journal = journal;
        threads = Executors.newFixedThreadPool(atOnce, work -> {
            Thread thread = new Thread(work, "taken");
            thread.setDaemon(true);
            return thread;
        });
    }

    /** Asks it to end; requests under way are left to others. From any thread. */
    public void stop() {
        stopRequested = true;
    }

    /** Takes requests until it is stopped. A broker that is away is waited for. */
    public void run() {
        Optional<RequestTopics> found = awaitTopics();
        if (found.isEmpty()) {
            return;
        }
        RequestTopics topics = found.get();
        journal.accept("takes up to %d requests at a time from %d partitions of %s"
                .formatted(atOnce, topics.requests().size(), connection.name()));
        try (KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(connection.producer());
                KafkaConsumer<byte[], byte[]> consumer =
                        new KafkaConsumer<>(connection.member(RequestTopics.GROUP, name));
                GroupSize size = new GroupSize(connection, this::isOneOf)) {
            consumer.subscribe(List.of(RequestTopics.REQUESTS), new Partitions(consumer, size));
            while (!stopRequested) {
                pulse.run();
                size.look();
                try {
                    round(consumer, producer);
                } catch (AuthorizationException e) {
                    throw connection.problem(e);
                } catch (KafkaException e) {
                    journal.accept(connection.problem(e).getMessage() + "; goes on");
                    KafkaConnection.pause(PAUSE_MILLIS);
                }
            }
            loseAll(List.copyOf(taken.keySet()));
            threads.shutdown();
            // Runs under way stop after a step, and what they leave on Kafka is in order.
            boolean unused = threads.awaitTermination(10, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            threads.shutdownNow();
        }
    }

    private void isOneOf(int number) {
        journal.accept(number == 1 ? "is the only orchestrator" : "is one of " + number + " orchestrators");
        orchestrators.accept(number);
    }

    /** The broker may start after whoever needs it. */
    private Optional<RequestTopics> awaitTopics() {
        while (!stopRequested) {
            pulse.run();
            try {
                return Optional.of(RequestTopics.find(connection));
            } catch (EventLogException e) {
                if (e.getCause() instanceof AuthorizationException) {
                    throw e;
                }
                journal.accept(e.getMessage() + "; waiting ...");
                KafkaConnection.pause(PAUSE_MILLIS);
            }
        }
        return Optional.empty();
    }

    private void round(KafkaConsumer<byte[], byte[]> consumer, KafkaProducer<byte[], byte[]> producer) {
        settle(consumer);
        if (underWay < atOnce) {
            consumer.resume(consumer.paused());
        } else {
            consumer.pause(consumer.assignment());
        }
        for (ConsumerRecord<byte[], byte[]> record : consumer.poll(underWay == 0 ? IDLE : BUSY)) {
            take(record, producer);
        }
    }

    private void take(ConsumerRecord<byte[], byte[]> record, KafkaProducer<byte[], byte[]> producer) {
        TopicPartition partition = new TopicPartition(record.topic(), record.partition());
        TakenOffsets offsets = taken.computeIfAbsent(partition, any -> new TakenOffsets());
        TakenCell cell;
        try {
            cell = new TakenCell(
                    CellRequestJson.request(new String(record.value(), StandardCharsets.UTF_8)),
                    partition,
                    record.offset());
        } catch (IllegalArgumentException | NullPointerException e) {
            journal.accept("%s, offset %d: is no request, and is passed over: %s"
                    .formatted(partition, record.offset(), e.getMessage()));
            offsets.pass(record.offset());
            return;
        }
        offsets.take(record.offset(), cell);
        underWay++;
        threads.execute(() -> work(cell, producer));
    }

    private void work(TakenCell cell, KafkaProducer<byte[], byte[]> producer) {
        Optional<CellOutcome> outcome = Optional.empty();
        try {
            outcome = worker.apply(cell);
        } catch (RuntimeException | Error e) {
            outcome = Optional.of(CellOutcome.failed(cell.request().cell(), e.toString()));
        }
        if (outcome.isEmpty() || cell.isLost()) {
            // It was stopped, and is another's to do: the group's offset must not pass it.
            cell.lose();
            done.add(cell);
        } else {
            send(cell, outcome.get(), producer);
        }
    }

    private void send(TakenCell cell, CellOutcome outcome, KafkaProducer<byte[], byte[]> producer) {
        CellResult result = new CellResult(
                cell.request().sweep(),
                cell.request().attempt(),
                name,
                cell.request().limits(),
                outcome);
        ProducerRecord<byte[], byte[]> record = new ProducerRecord<>(
                RequestTopics.RESULTS,
                0,
                cell.request().runId().getBytes(StandardCharsets.UTF_8),
                CellRequestJson.write(result).getBytes(StandardCharsets.UTF_8));
        // What becomes of it is told to the callback; nobody waits for this future.
        var unused = producer.send(record, (metadata, failure) -> {
            if (failure == null) {
                done.add(cell);
            } else if (!stopRequested && !cell.isLost()) {
                journal.accept(connection.problem(failure).getMessage() + "; a result is sent again");
                // Not here: the callback is called by the thread that sends.
                threads.execute(() -> send(cell, outcome, producer));
            } else {
                cell.lose();
                done.add(cell);
            }
        });
    }

    /** Counts what is done, and tells the group how far it is. */
    private void settle(KafkaConsumer<byte[], byte[]> consumer) {
        for (TakenCell cell = done.poll(); cell != null; cell = done.poll()) {
            underWay--;
            TakenOffsets offsets = taken.get(cell.partition());
            if (offsets != null && !cell.isLost()) {
                offsets.done(cell.offset());
            }
        }
        commit(consumer, taken.keySet());
    }

    private void commit(KafkaConsumer<byte[], byte[]> consumer, Collection<TopicPartition> partitions) {
        Map<TopicPartition, OffsetAndMetadata> positions = new HashMap<>();
        for (TopicPartition partition : partitions) {
            if (taken.containsKey(partition)) {
                taken.get(partition)
                        .toCommit()
                        .ifPresent(offset -> positions.put(partition, new OffsetAndMetadata(offset)));
            }
        }
        if (!positions.isEmpty()) {
            consumer.commitSync(positions);
            positions.forEach((partition, offset) -> taken.get(partition).committed(offset.offset()));
        }
    }

    private void loseAll(Collection<TopicPartition> partitions) {
        for (TopicPartition partition : partitions) {
            TakenOffsets offsets = taken.remove(partition);
            if (offsets != null) {
                List<TakenCell> lost = new ArrayList<>();
                offsets.undone().forEach(lost::add);
                lost.forEach(TakenCell::lose);
            }
        }
    }

    /** Partitions come and go with the members of the group. */
    private final class Partitions implements ConsumerRebalanceListener {
        private final KafkaConsumer<byte[], byte[]> consumer;
        private final GroupSize size;

        Partitions(KafkaConsumer<byte[], byte[]> consumer, GroupSize size) {
            this.consumer = consumer;
            this.size = size;
        }

        @Override
        public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
            size.mayHaveChanged();
            if (!partitions.isEmpty()) {
                journal.accept("has " + partitions.size() + " more partitions of requests");
            }
        }

        @Override
        public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
            try {
                for (TakenCell cell = done.poll(); cell != null; cell = done.poll()) {
                    underWay--;
                    if (taken.containsKey(cell.partition()) && !cell.isLost()) {
                        taken.get(cell.partition()).done(cell.offset());
                    }
                }
                commit(consumer, partitions);
            } catch (KafkaException e) {
                journal.accept(connection.problem(e).getMessage() + "; others may run again what is done");
            }
            loseAll(partitions);
            if (!partitions.isEmpty()) {
                journal.accept("has given " + partitions.size() + " partitions of requests to others");
            }
        }

        @Override
        public void onPartitionsLost(Collection<TopicPartition> partitions) {
            loseAll(partitions);
            journal.accept("has lost " + partitions.size() + " partitions of requests to others");
        }
    }
}
