package org.interregnum.orchestrator.adapter.grpc;

import io.grpc.ClientTransportFilter;
import io.grpc.ManagedChannel;
import io.grpc.netty.NettyChannelBuilder;
import java.net.InetSocketAddress;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.interregnum.agent.ObservedCalls;
import org.interregnum.orchestrator.agent.AgentAddress;

/** Makes channels to agents: the one place where that is done. */
final class AgentChannels {
    // grpc-java would tell standard error of each failed attempt; what is worth saying is in the failure.
    private static final Logger CHANNEL_LOG = Logger.getLogger("io.grpc.internal.ManagedChannelImpl");

    static {
        CHANNEL_LOG.setLevel(Level.SEVERE);
    }

    private AgentChannels() {}

    /**
     * A channel to one of the addresses of an agent, which connects when it is first used.
     *
     * @param agent the agent by its name, for which its certificate must be where there is TLS
     * @param replica the address
     * @param transports hears of the connections
     */
    static ManagedChannel open(AgentAddress agent, InetSocketAddress replica, ClientTransportFilter transports) {
        // Repeating is done by the caller, where it is counted against the deadline; grpc-java's own would keep a
        // copy of each message. Answers are handed over by the connection's own thread: one wake-up less a call.
        NettyChannelBuilder builder = NettyChannelBuilder.forAddress(replica)
                .overrideAuthority(agent.toString())
                .directExecutor()
                .disableRetry()
                .intercept(ObservedCalls.INTERCEPTOR)
                .addTransportFilter(transports);
        return ChannelSecurity.ofProcess().apply(builder).build();
    }
}
