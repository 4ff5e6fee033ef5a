package org.interregnum.seller.grpc;

import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.annotations.QuarkusMain;
import org.interregnum.agent.server.AgentServerTls;

/** Where the application begins, however it was packed and whoever loads it. */
@QuarkusMain
public final class SellerAgentApplication {
    private SellerAgentApplication() {}

    /** Serves until the process is told to end. */
    public static void main(String[] arguments) {
        AgentServerTls.requireUsable();
        Quarkus.run(arguments);
    }
}
