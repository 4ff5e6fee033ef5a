package org.interregnum.standalone;

import java.util.concurrent.TimeUnit;
import org.interregnum.orchestrator.event.StepTaken;
import org.interregnum.orchestrator.model.MarketParameters;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** What a step of the market in one process costs: draws, research, price, choices, event and the state after it. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(value = 3, jvmArgsAppend = "-XX:+UseSerialGC")
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
public class StandaloneStepBenchmark {
    /** Scaled network effect J̄ and update rate ρ: competition, alternating monopolies and a stable one. */
    @Param({"1.0 0.8", "0.0 0.8", "1.0 0.1"})
    String networkEffectAndUpdateRate;

    /** Generator. */
    @Param({"numpy", "philox"})
    String generator;

    /** Number of buyers N. */
    @Param("5000")
    int buyers;

    private OpenMarket market;

    /** Opens the market. */
    @Setup
    public void open() {
        String[] values = networkEffectAndUpdateRate.split(" ");
        market = new OpenMarket(
                MarketParameters.of(Double.parseDouble(values[0]), Double.parseDouble(values[1]), buyers, 10),
                generator,
                new RuleSellerAgents(),
                new RuleBuyerAgents());
    }

    /** One step. */
    @Benchmark
    public StepTaken step() {
        return market.step();
    }
}
