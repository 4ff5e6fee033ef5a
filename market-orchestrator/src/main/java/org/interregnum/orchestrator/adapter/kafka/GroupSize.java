package org.interregnum.orchestrator.adapter.kafka;

import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.function.IntConsumer;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ConsumerGroupDescription;
import org.apache.kafka.common.KafkaFuture;

/**
 * Asks the broker every few seconds how many orchestrators take requests, and waits for no answer: what it does not learn
 * stays as it was. Used by one thread.
 */
final class GroupSize implements AutoCloseable {
    private static final long EVERY_NANOS = Duration.ofSeconds(3).toNanos();

    private final Admin admin;
    private final IntConsumer follower;
    private KafkaFuture<ConsumerGroupDescription> answer;
    private long nextNanos = System.nanoTime();
    private int known;

    /** @param follower is told the number, from 1, whenever it is another */
    GroupSize(KafkaConnection connection, IntConsumer follower) {
        admin = Admin.create(connection.admin());
        this.follower = follower;
    }

    /** Members have come or gone: asks as soon as possible. */
    void mayHaveChanged() {
        answer = null;
        nextNanos = System.nanoTime();
    }

    /** Asks if it is time to, and tells what has been answered. */
    void look() {
        if (answer == null) {
            if (System.nanoTime() - nextNanos >= 0) {
                answer = RequestTopics.group(admin);
            }
        } else if (answer.isDone()) {
            tell(answer);
            answer = null;
            nextNanos = System.nanoTime() + EVERY_NANOS;
        }
    }

    private void tell(KafkaFuture<ConsumerGroupDescription> done) {
        try {
            int members = done.getNow(null).members().size();
            if (members > 0 && members != known) {
                known = members;
                follower.accept(members);
            }
        } catch (ExecutionException e) {
            // The broker is away, or there is no group yet: it is asked again.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        admin.close(Duration.ofSeconds(1));
    }
}
