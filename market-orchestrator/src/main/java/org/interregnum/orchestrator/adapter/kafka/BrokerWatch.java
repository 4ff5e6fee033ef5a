package org.interregnum.orchestrator.adapter.kafka;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.DescribeClusterOptions;
import org.apache.kafka.common.KafkaException;

/** Asks a broker every few seconds whether it is there, on a thread of its own, so that others can know without waiting. */
public final class BrokerWatch implements AutoCloseable {
    private static final long INTERVAL_MILLIS = 2_000;
    private static final int PATIENCE_MILLIS = 3_000;

    private final KafkaConnection connection;
    private final Thread thread = new Thread(this::watch, "broker-watch");
    private volatile Optional<String> problem;

    private BrokerWatch(KafkaConnection connection) {
        this.connection = connection;
        problem = Optional.of(connection.name() + " has not been asked yet");
    }

    /** Begins to ask. */
    public static BrokerWatch start(KafkaConnection connection) {
        BrokerWatch watch = new BrokerWatch(connection);
        watch.thread.setDaemon(true);
        watch.thread.start();
        return watch;
    }

    /** Why the broker could not be used when it was last asked, in one line; empty when it answered. */
    public Optional<String> problem() {
        return problem;
    }

    private void watch() {
        while (!Thread.currentThread().isInterrupted()) {
            // One that lost its broker tries to connect again by itself; one that could not begin is made anew.
            try (Admin admin = Admin.create(connection.admin())) {
                askUntilInterrupted(admin);
            } catch (KafkaException e) {
                problem = Optional.of(connection.problem(e).getMessage());
                pause();
            }
        }
    }

    private void askUntilInterrupted(Admin admin) {
        while (!Thread.currentThread().isInterrupted()) {
            problem = ask(admin);
            pause();
        }
    }

    private Optional<String> ask(Admin admin) {
        try {
            boolean isEmpty = admin.describeCluster(new DescribeClusterOptions().timeoutMs(PATIENCE_MILLIS))
                    .nodes()
                    .get(PATIENCE_MILLIS + INTERVAL_MILLIS, TimeUnit.MILLISECONDS)
                    .isEmpty();
            return isEmpty ? Optional.of(connection.name() + " has no node") : Optional.empty();
        } catch (ExecutionException e) {
            return Optional.of(connection.problem(e.getCause()).getMessage());
        } catch (TimeoutException e) {
            return Optional.of(connection.name() + " does not answer");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return problem;
        }
    }

    private static void pause() {
        try {
            Thread.sleep(INTERVAL_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        thread.interrupt();
        try {
            thread.join(Duration.ofMillis(PATIENCE_MILLIS).toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
