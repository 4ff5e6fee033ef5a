package org.interregnum.orchestrator.adapter.telemetry;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.interregnum.orchestrator.agent.ModelCall;

/** What one model was asked, what it used, and what that cost; as the reports of decisions have it. */
final class ModelMeters {
    private final Timer answered;
    private final Timer failed;
    private final Counter input;
    private final Counter output;
    private final Counter cost;

    ModelMeters(String model, MeterRegistry registry, Duration[] bounds) {
        answered = calls(model, "answered", registry, bounds);
        failed = calls(model, "failed", registry, bounds);
        input = tokens(model, "input", registry);
        output = tokens(model, "output", registry);
        cost = Counter.builder("interregnum.model.cost")
                .description("Money spent on calls, in the currency of the prices that runs name")
                .tag("model", model)
                .register(registry);
    }

    private static Timer calls(String model, String result, MeterRegistry registry, Duration[] bounds) {
        return Timer.builder("interregnum.model.call")
                .description("Calls of models' endpoints that agents report, repetitions among them")
                .tags("model", model, "result", result)
                .serviceLevelObjectives(bounds)
                .register(registry);
    }

    private static Counter tokens(String model, String direction, MeterRegistry registry) {
        return Counter.builder("interregnum.model.tokens")
                .description("Tokens as the providers counted them")
                .tags("model", model, "direction", direction)
                .register(registry);
    }

    void called(ModelCall call) {
        (call.failure() == null ? answered : failed).record(call.latencyNanos(), TimeUnit.NANOSECONDS);
        // Providers that do not count say −1.
        input.increment((double) Math.max(0, call.inputTokens()));
        output.increment((double) Math.max(0, call.outputTokens()));
    }

    void paid(double amount) {
        if (!Double.isNaN(amount)) {
            cost.increment(amount);
        }
    }
}
