package org.interregnum.standalone.contract;

import static org.interregnum.agent.BundledAgent.BUYER;

import java.io.IOException;
import org.interregnum.orchestrator.adapter.grpc.GrpcAgentOptions;
import org.interregnum.orchestrator.adapter.grpc.GrpcBuyerAgents;
import org.interregnum.orchestrator.agent.BuyerAgents;
import org.interregnum.standalone.serve.AgentProcess;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class GrpcBuyerAgentsIT extends BuyerAgentsContract {
    private static AgentProcess process;
    private static BuyerAgents buyers;

    @BeforeAll
    static void start() throws IOException {
        process = AgentProcess.start(BUYER);
        buyers = GrpcBuyerAgents.connect(process.address(), GrpcAgentOptions.defaults());
    }

    @AfterAll
    static void stop() {
        buyers.close();
        process.close();
    }

    @Override
    BuyerAgents buyers() {
        return buyers;
    }
}
