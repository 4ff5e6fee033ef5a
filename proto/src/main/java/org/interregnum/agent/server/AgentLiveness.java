package org.interregnum.agent.server;

import io.vertx.core.Vertx;
import java.lang.management.ManagementFactory;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;

/**
 * Alive while an event loop does what it is given and no threads wait for each other. A model that does not answer is no
 * reason to start anew. An agent makes it a bean by extending it.
 */
public abstract class AgentLiveness implements HealthCheck {
    private static final long PATIENCE_SECONDS = 3;

    private final Vertx vertx;

    protected AgentLiveness(Vertx vertx) {
        this.vertx = vertx;
    }

    @Override
    public HealthCheckResponse call() {
        boolean answers = answers();
        boolean isLocked = ManagementFactory.getThreadMXBean().findDeadlockedThreads() != null;
        return HealthCheckResponse.named("event-loop")
                .status(answers && !isLocked)
                .withData("answers", answers)
                .withData("deadlock", isLocked)
                .build();
    }

    private boolean answers() {
        try {
            CompletableFuture<Boolean> done = new CompletableFuture<>();
            vertx.runOnContext(nothing -> done.complete(true));
            return done.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        } catch (ExecutionException | TimeoutException e) {
            return false;
        }
    }
}
