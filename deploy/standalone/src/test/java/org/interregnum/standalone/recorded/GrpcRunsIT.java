package org.interregnum.standalone.recorded;

import static org.interregnum.agent.BundledAgent.BUYER;
import static org.interregnum.agent.BundledAgent.SELLER;

import java.io.IOException;
import java.util.stream.Stream;
import org.interregnum.orchestrator.adapter.grpc.GrpcAgentOptions;
import org.interregnum.orchestrator.adapter.grpc.GrpcBuyerAgents;
import org.interregnum.orchestrator.adapter.grpc.GrpcSellerAgents;
import org.interregnum.orchestrator.event.EventLog;
import org.interregnum.orchestrator.run.RunListener;
import org.interregnum.orchestrator.run.RunLoop;
import org.interregnum.orchestrator.run.RunResult;
import org.interregnum.standalone.serve.AgentProcess;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The recorded runs through the two services: three processes, and the same bits. */
@Timeout(300)
class GrpcRunsIT {
    private static AgentProcess sellerAgent;
    private static AgentProcess buyerAgent;

    @BeforeAll
    static void start() throws IOException {
        sellerAgent = AgentProcess.start(SELLER);
        buyerAgent = AgentProcess.start(BUYER);
    }

    @AfterAll
    static void stop() {
        sellerAgent.close();
        buyerAgent.close();
    }

    static Stream<RecordedRun> runs() {
        return RecordedRun.all();
    }

    @ParameterizedTest
    @MethodSource("runs")
    void shouldEqualTheRecordedRunInEveryBit(RecordedRun run) {
        run.assertEqualTo(run(run, GrpcAgentOptions.defaults()));
    }

    @ParameterizedTest
    @MethodSource("runs")
    void shouldEqualTheRecordedRunInSmallBatchesToo(RecordedRun run) {
        run.assertEqualTo(run(run, GrpcAgentOptions.defaults().withBatches(111, 8)));
    }

    private static RunResult run(RecordedRun run, GrpcAgentOptions options) {
        try (GrpcSellerAgents sellers = GrpcSellerAgents.connect(sellerAgent.address(), options);
                GrpcBuyerAgents buyers = GrpcBuyerAgents.connect(buyerAgent.address(), options)) {
            return new RunLoop("test", "test", run.spec(), sellers, buyers, EventLog.NONE, RunListener.NONE).run();
        }
    }
}
