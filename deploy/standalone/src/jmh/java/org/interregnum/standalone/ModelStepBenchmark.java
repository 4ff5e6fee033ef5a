package org.interregnum.standalone;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.interregnum.orchestrator.event.StepTaken;
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
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What a step costs in which every buyer is a model, all asked at once: two rounds, since a buyer's choice follows its
 * impression. The endpoint takes 200 ms for an answer, so the least there can be is 400 ms.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(
        value = 2,
        jvmArgsAppend = {"-XX:+UseSerialGC", "-Dtest.jvm=-XX:+UseSerialGC"})
@Warmup(iterations = 4, time = 5)
@Measurement(iterations = 5, time = 5)
public class ModelStepBenchmark {
    private static final Duration LATENCY = Duration.ofMillis(200);

    /** Number of buyers, and of questions under way at once. */
    @Param({"100", "1000"})
    public int buyers;

    /** Whether an agent service asks the models, or this process. */
    @Param({"false", "true"})
    public boolean service;

    private ModelMarket market;

    /** Opens the market. */
    @Setup
    public void open() throws IOException {
        market = new ModelMarket(buyers, service, LATENCY);
    }

    /** One step. */
    @Benchmark
    public StepTaken step() {
        return market.step();
    }

    /** Ends what was started. */
    @TearDown
    public void stop() {
        market.close();
    }
}
