package org.interregnum.agent.server;

import io.quarkus.grpc.runtime.GrpcServerRecorder;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;

/** Ready while the agent listens and takes questions; not while it ends. An agent makes it a bean by extending it. */
public abstract class AgentReadiness implements HealthCheck {
    private volatile boolean draining;

    /** From now on only questions under way are answered. */
    public void drain() {
        draining = true;
    }

    @Override
    public HealthCheckResponse call() {
        boolean listens = GrpcServerRecorder.getVerticleCount() > 0;
        return HealthCheckResponse.named("takes-questions")
                .status(listens && !draining)
                .withData("listens", listens)
                .withData("draining", draining)
                .build();
    }
}
