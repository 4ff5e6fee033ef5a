package org.interregnum.agent.server;

import io.quarkus.grpc.runtime.GrpcServerRecorder;
import io.quarkus.runtime.Quarkus;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import org.interregnum.agent.BundledAgent;
import org.jboss.logging.Logger;

/**
 * Says in one line, once an agent has started, that it listens, or ends the process when it does not: Quarkus itself
 * goes on without its gRPC server when the port is taken.
 */
public final class ListeningCheck {
    private static final Logger LOG = Logger.getLogger("org.interregnum.agent");
    private static final int BAD_INPUT = 2;

    private ListeningCheck() {}

    /** Announces the agent, or exits with 2 and a line on standard error. */
    public static void report(BundledAgent agent, String host, int port) {
        if (GrpcServerRecorder.getVerticleCount() > 0) {
            LOG.infof("%s agent listens on %s:%d", agent.kind(), host, port);
        } else {
            System.err.println(
                    agent.kind() + " agent cannot listen on " + host + ":" + port + ": " + obstacle(host, port));
            Quarkus.asyncExit(BAD_INPUT);
        }
    }

    private static String obstacle(String host, int port) {
        InetSocketAddress address = new InetSocketAddress(host, port);
        if (address.isUnresolved()) {
            return "no such host";
        }
        try (ServerSocket socket = new ServerSocket()) {
            socket.bind(address);
            return "the port was taken a moment ago";
        } catch (IOException e) {
            return e.getMessage();
        }
    }
}
