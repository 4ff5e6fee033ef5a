package org.interregnum.agent.server;

import io.quarkus.grpc.runtime.GrpcServerRecorder;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;

/**
 * Ready while the agent listens. An agent that ends closes the port of its checks first and then answers what it was
 * asked, so that whoever probes it finds nobody. An agent makes this a bean by extending it.
 */
public abstract class AgentReadiness implements HealthCheck {
    @Override
    public HealthCheckResponse call() {
        boolean listens = GrpcServerRecorder.getVerticleCount() > 0;
        return HealthCheckResponse.named("takes-questions")
                .status(listens)
                .withData("listens", listens)
                .build();
    }
}
