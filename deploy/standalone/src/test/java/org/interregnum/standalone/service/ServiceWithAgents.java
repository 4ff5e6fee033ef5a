package org.interregnum.standalone.service;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.interregnum.agent.BundledAgent;
import org.interregnum.standalone.serve.AgentProcess;

/**
 * An orchestrator service and the two agents that it asks, as processes.
 *
 * @param sellers its own seller agent
 * @param buyers its own buyer agent
 * @param service the service, whose data is in {@code data} of its folder
 */
record ServiceWithAgents(AgentProcess sellers, AgentProcess buyers, OrchestratorProcess service)
        implements AutoCloseable {
    static ServiceWithAgents start(Path folder, Map<String, String> environment)
            throws IOException, InterruptedException {
        AgentProcess sellers = AgentProcess.start(BundledAgent.SELLER);
        AgentProcess buyers = AgentProcess.start(BundledAgent.BUYER);
        return new ServiceWithAgents(
                sellers,
                buyers,
                OrchestratorProcess.start(
                        folder,
                        environment,
                        "--seller-agent=" + sellers.address(),
                        "--buyer-agent=" + buyers.address(),
                        "--data=" + folder.resolve("data")));
    }

    @Override
    public void close() {
        service.close();
        sellers.close();
        buyers.close();
    }
}
