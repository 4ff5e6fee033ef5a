package org.interregnum.orchestrator.adapter.rest;

import io.smallrye.health.api.AsyncHealthCheck;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;
import org.eclipse.microprofile.health.HealthCheckResponse;

/**
 * Threads of the checks of health alone: however many calls hold those that all share, probes are answered. Liveness does
 * not wait for readiness either, which looks at a disk that may hang.
 */
@ApplicationScoped
class HealthThreads {
    private final ExecutorService live = thread("liveness");
    private final ExecutorService ready = thread("readiness");

    private static ExecutorService thread(String name) {
        return Executors.newSingleThreadExecutor(work -> {
            Thread thread = new Thread(work, name);
            thread.setDaemon(true);
            return thread;
        });
    }

    /** A check of liveness. */
    AsyncHealthCheck live(Supplier<HealthCheckResponse> check) {
        return on(live, check);
    }

    /** A check of readiness. */
    AsyncHealthCheck ready(Supplier<HealthCheckResponse> check) {
        return on(ready, check);
    }

    private static AsyncHealthCheck on(ExecutorService thread, Supplier<HealthCheckResponse> check) {
        return () -> Uni.createFrom().item(check).runSubscriptionOn(thread);
    }

    @PreDestroy
    void close() {
        live.shutdownNow();
        ready.shutdownNow();
    }
}
