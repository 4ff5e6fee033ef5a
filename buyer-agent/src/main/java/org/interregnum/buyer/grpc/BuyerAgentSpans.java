package org.interregnum.buyer.grpc;

import io.opentelemetry.api.trace.Tracer;
import io.quarkus.grpc.GlobalInterceptor;
import jakarta.inject.Singleton;
import org.interregnum.agent.server.ServerSpans;

/** Continues the traces of this agent's callers. */
@GlobalInterceptor
@Singleton
final class BuyerAgentSpans extends ServerSpans {
    BuyerAgentSpans(Tracer tracer) {
        super(tracer);
    }
}
