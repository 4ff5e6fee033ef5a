package org.interregnum.agent.server;

import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Stops an agent's gRPC server before anything that its calls need: Quarkus takes its beans away first, and a call that
 * arrives in between would fail with a status that says nothing. A caller of a server that stops in order is told to
 * ask elsewhere or again.
 */
public final class OrderlyStop {
    /** How long calls under way may take to end. */
    private static final Duration LONGEST = Duration.ofSeconds(20);

    private OrderlyStop() {}

    /**
     * Takes no further calls, and lets those under way end; returns when that is done, or after twenty seconds.
     *
     * @param calls those that take long, which the server's own end does not wait for
     */
    public static void of(Vertx vertx, LongCalls calls) {
        long begun = System.nanoTime();
        List<CompletableFuture<Void>> stops = new ArrayList<>();
        for (String server : vertx.deploymentIDs()) {
            stops.add(vertx.undeploy(server).toCompletionStage().toCompletableFuture());
        }
        try {
            CompletableFuture.allOf(stops.toArray(CompletableFuture[]::new))
                    .get(LONGEST.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException e) {
            // The process ends anyway, and with it the calls that are left.
        }
        calls.awaitIdle(LONGEST.minusNanos(System.nanoTime() - begun));
    }
}
