package org.interregnum.orchestrator.adapter.rest;

import jakarta.enterprise.inject.Produces;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.Optional;
import java.util.function.Function;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.Readiness;
import org.interregnum.orchestrator.adapter.rest.LiveChecks.Check;
import org.interregnum.orchestrator.service.MarketService;
import org.interregnum.orchestrator.service.ServiceHealth;

/** Ready when a run can be created, and kept: each check says by name what stands against that. */
@Singleton
class ReadyChecks {
    @Inject
    OrchestratorLifecycle orchestrator;

    @Produces
    @Readiness
    @Singleton
    HealthCheck earlierRuns() {
        return () -> Check.of(
                "earlier-runs",
                orchestrator.isRecovered(),
                "the runs of the service before this one are not known yet");
    }

    @Produces
    @Readiness
    @Singleton
    HealthCheck broker() {
        return check("broker", ServiceHealth::broker);
    }

    @Produces
    @Readiness
    @Singleton
    HealthCheck disk() {
        return check("disk", ServiceHealth::disk);
    }

    private HealthCheck check(String name, Function<ServiceHealth, Optional<String>> part) {
        return () -> {
            MarketService service = orchestrator.service();
            Optional<String> problem = service == null
                    ? Optional.of("the settings are wrong; the log says which")
                    : part.apply(service.health());
            return Check.of(name, problem.isEmpty(), problem.orElse(""));
        };
    }
}
