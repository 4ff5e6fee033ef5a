package org.interregnum.standalone.serve;

import java.util.Map;
import org.interregnum.agent.BundledAgent;

/** What {@code market serve} comes down to, for tests of it. */
public final class ServedAgent {
    private ServedAgent() {}

    /** Serves the agent named by the first argument on the port that is the second, at the address that is the third. */
    public static void main(String[] arguments) {
        System.exit(ServiceApplication.of(BundledAgent.valueOf(arguments[0]))
                .serve(arguments[2], Integer.parseInt(arguments[1]), Map.of()));
    }
}
