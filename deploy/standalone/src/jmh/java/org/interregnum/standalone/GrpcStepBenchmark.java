package org.interregnum.standalone;

import static org.interregnum.agent.BundledAgent.BUYER;
import static org.interregnum.agent.BundledAgent.SELLER;

import java.io.IOException;
import java.util.concurrent.TimeUnit;
import org.interregnum.orchestrator.adapter.grpc.GrpcAgentOptions;
import org.interregnum.orchestrator.adapter.grpc.GrpcBuyerAgents;
import org.interregnum.orchestrator.adapter.grpc.GrpcSellerAgents;
import org.interregnum.orchestrator.event.StepTaken;
import org.interregnum.orchestrator.model.MarketParameters;
import org.interregnum.standalone.serve.AgentProcess;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** What the same step costs when both services are processes of their own, on this machine. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(
        value = 3,
        jvmArgsAppend = {"-XX:+UseSerialGC", "-Dtest.jvm=-XX:+UseSerialGC"})
@Warmup(iterations = 12, time = 2)
@Measurement(iterations = 5, time = 2)
public class GrpcStepBenchmark {
    private AgentProcess sellerAgent;
    private AgentProcess buyerAgent;
    private GrpcSellerAgents sellers;
    private GrpcBuyerAgents buyers;
    private OpenMarket market;

    /** Starts both services and opens the market. */
    @Setup
    public void open() throws IOException {
        sellerAgent = AgentProcess.start(SELLER);
        buyerAgent = AgentProcess.start(BUYER);
        sellers = GrpcSellerAgents.connect(sellerAgent.address(), GrpcAgentOptions.defaults());
        buyers = GrpcBuyerAgents.connect(buyerAgent.address(), GrpcAgentOptions.defaults());
        market = new OpenMarket(MarketParameters.of(1, 0.8), "numpy", sellers, buyers);
    }

    /** One step. */
    @Benchmark
    public StepTaken step() {
        return market.step();
    }

    /** Stops the services. */
    @TearDown
    public void stop() {
        sellers.close();
        buyers.close();
        sellerAgent.close();
        buyerAgent.close();
    }
}
