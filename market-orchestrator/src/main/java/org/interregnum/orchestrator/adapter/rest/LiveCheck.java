package org.interregnum.orchestrator.adapter.rest;

import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Liveness;

/** Alive as long as it answers: a broker or an agent that is away is waited for, and no reason to start anew. */
@Liveness
@ApplicationScoped
class LiveCheck implements HealthCheck {
    @Override
    public HealthCheckResponse call() {
        return HealthCheckResponse.up("answers");
    }
}
