package org.interregnum.buyer.grpc;

import static org.interregnum.agent.BundledAgent.BUYER;

import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.interregnum.agent.server.ListeningCheck;

/** Says where this agent listens. */
@Singleton
final class BuyerAgentStartup {
    void started(
            @Observes StartupEvent event,
            @ConfigProperty(name = "quarkus.grpc.server.host") String host,
            @ConfigProperty(name = "quarkus.grpc.server.port") int port) {
        ListeningCheck.report(BUYER, host, port);
    }
}
