package org.interregnum.buyer.grpc;

import io.vertx.core.Vertx;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.health.Liveness;
import org.interregnum.agent.server.AgentLiveness;

/** Whether this agent is stuck. */
@Liveness
@Singleton
final class BuyerAgentLiveness extends AgentLiveness {
    BuyerAgentLiveness(Vertx vertx) {
        super(vertx);
    }
}
