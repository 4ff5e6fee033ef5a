package org.interregnum.standalone.contract;

import static org.interregnum.agent.BundledAgent.SELLER;

import java.io.IOException;
import org.interregnum.orchestrator.adapter.grpc.GrpcAgentOptions;
import org.interregnum.orchestrator.adapter.grpc.GrpcSellerAgents;
import org.interregnum.orchestrator.agent.SellerAgents;
import org.interregnum.standalone.serve.AgentProcess;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class GrpcSellerAgentsIT extends SellerAgentsContract {
    private static AgentProcess process;
    private static SellerAgents sellers;

    @BeforeAll
    static void start() throws IOException {
        process = AgentProcess.start(SELLER);
        sellers = GrpcSellerAgents.connect(process.address(), GrpcAgentOptions.defaults());
    }

    @AfterAll
    static void stop() {
        sellers.close();
        process.close();
    }

    @Override
    SellerAgents sellers() {
        return sellers;
    }
}
