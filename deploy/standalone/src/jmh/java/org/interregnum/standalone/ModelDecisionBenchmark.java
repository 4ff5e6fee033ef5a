package org.interregnum.standalone;

import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import org.interregnum.orchestrator.agent.DecisionRecord;
import org.interregnum.orchestrator.agent.ModelQuestion;
import org.interregnum.orchestrator.model.Impression;
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
 * What our side of one decision costs, from the question to the recorded answer, when the endpoint answers at once: with
 * the endpoint's own time in it, and the time on the wire, so more than the overhead itself.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(
        value = 2,
        jvmArgsAppend = {"-XX:+UseSerialGC", "-Dtest.jvm=-XX:+UseSerialGC"})
@Warmup(iterations = 6, time = 5)
@Measurement(iterations = 5, time = 5)
public class ModelDecisionBenchmark {
    private static final int SELLERS = 10;

    /** Whether an agent service asks the model, or this process. */
    @Param({"false", "true"})
    public boolean service;

    private final double[] prices = new double[SELLERS];
    private final double[] shares = new double[SELLERS];
    private final Impression[] impressions = new Impression[SELLERS];
    private ModelMarket market;
    private long step;

    /** Opens the market. */
    @Setup
    public void open() throws IOException {
        Arrays.fill(prices, 0.5);
        Arrays.fill(shares, 1.0 / SELLERS);
        Arrays.fill(impressions, Impression.NEUTRAL);
        market = new ModelMarket(100, service, Duration.ZERO);
    }

    /** One choice of a buyer. */
    @Benchmark
    public DecisionRecord choice() {
        return market.decisions()
                .decide(new ModelQuestion.Choice(++step, 0, prices, shares, 0, impressions), market.settings());
    }

    /** Ends what was started. */
    @TearDown
    public void stop() {
        market.close();
    }
}
