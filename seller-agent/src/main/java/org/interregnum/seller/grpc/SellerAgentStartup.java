package org.interregnum.seller.grpc;

import static org.interregnum.agent.BundledAgent.SELLER;

import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.interregnum.agent.server.ListeningCheck;

/** Says where this agent listens. */
@Singleton
final class SellerAgentStartup {
    void started(
            @Observes StartupEvent event,
            @ConfigProperty(name = "quarkus.grpc.server.host") String host,
            @ConfigProperty(name = "quarkus.grpc.server.port") int port) {
        ListeningCheck.report(SELLER, host, port);
    }
}
