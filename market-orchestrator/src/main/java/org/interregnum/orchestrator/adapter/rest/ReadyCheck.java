package org.interregnum.orchestrator.adapter.rest;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** Ready when the runs of the service before this one are known, and new ones can be created. */
@Readiness
@ApplicationScoped
class ReadyCheck implements HealthCheck {
    @Inject
    OrchestratorLifecycle orchestrator;

    @Override
    public HealthCheckResponse call() {
        return HealthCheckResponse.named("runs taken up again")
                .status(orchestrator.isRecovered())
                .build();
    }
}
