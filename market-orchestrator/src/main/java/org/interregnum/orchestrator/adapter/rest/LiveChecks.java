package org.interregnum.orchestrator.adapter.rest;

import io.smallrye.health.api.AsyncHealthCheck;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.lang.management.ManagementFactory;
import java.util.List;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Liveness;
import org.interregnum.orchestrator.service.MarketService;

/**
 * Alive unless the process is stuck, so that only a new one can help: a run has lost its thread, or threads wait for each
 * other. A broker, an agent or a model that is away is waited for, and no reason to start anew.
 */
@Singleton
class LiveChecks {
    @Inject
    OrchestratorLifecycle orchestrator;

    @Inject
    HealthThreads threads;

    @Produces
    @Liveness
    @Singleton
    AsyncHealthCheck runs() {
        return threads.live(() -> {
            MarketService service = orchestrator.service();
            List<String> stuck = service == null ? List.of() : service.stuck();
            return Check.of("runs", stuck.isEmpty(), "without a thread, though under way: " + String.join(", ", stuck));
        });
    }

    @Produces
    @Liveness
    @Singleton
    AsyncHealthCheck threads() {
        return threads.live(() -> {
            long[] locked = ManagementFactory.getThreadMXBean().findDeadlockedThreads();
            return Check.of("threads", locked == null, "some wait for each other for ever");
        });
    }

    /** A check with the reason where it fails. */
    static final class Check {
        private Check() {}

        static HealthCheckResponse of(String name, boolean isUp, String problem) {
            return isUp
                    ? HealthCheckResponse.up(name)
                    : HealthCheckResponse.named(name)
                            .down()
                            .withData("problem", problem)
                            .build();
        }
    }
}
