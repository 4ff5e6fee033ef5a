package org.interregnum.orchestrator.adapter.rest;

import io.smallrye.health.api.AsyncHealthCheck;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.Optional;
import java.util.function.Function;
import org.eclipse.microprofile.health.Readiness;
import org.interregnum.orchestrator.adapter.rest.LiveChecks.Check;
import org.interregnum.orchestrator.service.MarketService;
import org.interregnum.orchestrator.service.ServiceHealth;

/** Ready when a run can be created, and kept: each check says by name what stands against that. */
@Singleton
class ReadyChecks {
    @Inject
    OrchestratorLifecycle orchestrator;

    @Inject
    HealthThreads threads;

    @Produces
    @Readiness
    @Singleton
    AsyncHealthCheck earlierRuns() {
        return threads.ready(() -> Check.of(
                "earlier-runs",
                orchestrator.isRecovered(),
                "the runs of the service before this one are not known yet"));
    }

    @Produces
    @Readiness
    @Singleton
    AsyncHealthCheck broker() {
        return check("broker", ServiceHealth::broker);
    }

    @Produces
    @Readiness
    @Singleton
    AsyncHealthCheck disk() {
        return check("disk", ServiceHealth::disk);
    }

    private AsyncHealthCheck check(String name, Function<ServiceHealth, Optional<String>> part) {
        return threads.ready(() -> {
            MarketService service = orchestrator.service();
            Optional<String> problem = service == null
                    ? Optional.of("the settings are wrong; the log says which")
                    : part.apply(service.health());
            return Check.of(name, problem.isEmpty(), problem.orElse(""));
        });
    }
}
