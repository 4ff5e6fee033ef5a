package org.interregnum.standalone;

import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.interregnum.seller.pricing.BestResponse;
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

/** What one price of a rule-based seller costs, by the number of buyers that its research saw. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class BestResponseBenchmark {
    /** Buyers seen. */
    @Param({"100", "5000"})
    int buyers;

    private final BestResponse rule = new BestResponse();
    private double[] premiums;

    /** Draws premiums of a plausible spread; which ones does not matter, but the same each time. */
    @Setup
    public void draw() {
        premiums = new Random(42).doubles(buyers, -2, 3).toArray();
    }

    /** One price. */
    @Benchmark
    public double price() {
        return rule.price(premiums, buyers, 1, 0, 0.08, 0);
    }
}
