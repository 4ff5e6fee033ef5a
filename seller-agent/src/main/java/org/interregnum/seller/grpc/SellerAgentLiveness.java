package org.interregnum.seller.grpc;

import io.vertx.core.Vertx;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.health.Liveness;
import org.interregnum.agent.server.AgentLiveness;

/** Whether this agent is stuck. */
@Liveness
@Singleton
final class SellerAgentLiveness extends AgentLiveness {
    SellerAgentLiveness(Vertx vertx) {
        super(vertx);
    }
}
