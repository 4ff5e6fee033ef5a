package org.interregnum.standalone.recorded;

import static org.interregnum.agent.BundledAgent.BUYER;
import static org.interregnum.agent.BundledAgent.SELLER;

import java.io.IOException;
import java.nio.file.Path;
import org.interregnum.standalone.serve.AgentProcess;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Recorded runs with models whose agents are the two services. */
@Tag("thorough")
@Timeout(180)
class GrpcModelRunsIT {
    private static AgentProcess sellerAgent;
    private static AgentProcess buyerAgent;

    @TempDir
    private Path directory;

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

    @ParameterizedTest
    @ValueSource(strings = {"models-sell", "models-buy", "models-on-both-sides"})
    void shouldEqualTheRecordedRunInEveryBit(String run) throws Exception {
        new RecordedModelRun(run)
                .assertReproduced(
                        directory.resolve("run"),
                        "--seller-target=" + sellerAgent.address(),
                        "--buyer-target=" + buyerAgent.address());
    }
}
