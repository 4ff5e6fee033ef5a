package org.interregnum.buyer.grpc;

import static org.interregnum.agent.BundledAgent.BUYER;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.vertx.core.Vertx;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.List;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.interregnum.agent.server.ListeningCheck;
import org.interregnum.agent.server.OrderlyStop;
import org.interregnum.agent.server.SettingsCheck;

/** Says where this agent listens, and stops it in order. */
@Singleton
final class BuyerAgentLifecycle {
    void started(
            @Observes StartupEvent event,
            @ConfigProperty(name = "quarkus.grpc.server.host") String host,
            @ConfigProperty(name = "quarkus.grpc.server.port") int port,
            BuyerAgentSettings settings) {
        if (SettingsCheck.holds(
                settings.endpointUrls().orElse(List.of()),
                settings.prompts(),
                settings.log(),
                settings.managementPort())) {
            ListeningCheck.report(BUYER, host, port);
        }
    }

    void stopping(@Observes ShutdownEvent event, Vertx vertx, ModelBuying buying) {
        OrderlyStop.of(vertx, buying.calls());
    }
}
