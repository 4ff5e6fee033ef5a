package org.interregnum.agent.server;

import io.vertx.core.Vertx;
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
    private static final long LONGEST_SECONDS = 20;

    private OrderlyStop() {}

    /** Lets the calls under way end and takes no further ones; returns when that is done, or after twenty seconds. */
    public static void of(Vertx vertx) {
        List<CompletableFuture<Void>> stops = new ArrayList<>();
        for (String server : vertx.deploymentIDs()) {
            stops.add(vertx.undeploy(server).toCompletionStage().toCompletableFuture());
        }
        try {
            CompletableFuture.allOf(stops.toArray(CompletableFuture[]::new)).get(LONGEST_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException e) {
            // The process ends anyway, and with it the calls that are left.
        }
    }
}
