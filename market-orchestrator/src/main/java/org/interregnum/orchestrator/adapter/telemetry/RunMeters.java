package org.interregnum.orchestrator.adapter.telemetry;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.interregnum.orchestrator.agent.Decider;
import org.interregnum.orchestrator.agent.DecisionRecord;
import org.interregnum.orchestrator.agent.ModelCall;
import org.interregnum.orchestrator.event.EventLog;
import org.interregnum.orchestrator.market.StepStage;

/**
 * The meters of all runs together, as docs/operations.md lists them. No label names a run; agents and models, who name
 * themselves or are named by callers, are bounded. Thread-safe.
 */
final class RunMeters {
    private static final int MOST_AGENTS = 50;
    private static final int MOST_MODELS = 50;

    /** A rule takes tens of microseconds, a model up to minutes. */
    private static final Duration[] BOUNDS = {
        micros(50),
        micros(100),
        micros(250),
        micros(500),
        micros(1_000),
        micros(2_500),
        micros(5_000),
        micros(10_000),
        micros(25_000),
        micros(50_000),
        micros(100_000),
        micros(250_000),
        micros(500_000),
        Duration.ofSeconds(1),
        micros(2_500_000),
        Duration.ofSeconds(5),
        Duration.ofSeconds(10),
        Duration.ofSeconds(30),
        Duration.ofSeconds(60)
    };

    private final MeterRegistry registry;
    private final BoundedLabel agents = new BoundedLabel(MOST_AGENTS);
    private final BoundedLabel models = new BoundedLabel(MOST_MODELS);
    private final Counter steps;
    private final Timer step;
    private final Map<StepStage, Timer> stages = new EnumMap<>(StepStage.class);
    private final Map<DecisionKey, Timer> decisions = new ConcurrentHashMap<>();
    private final Map<String, Counter> failures = new HashMap<>();
    private final Map<String, ModelMeters> ofModels = new ConcurrentHashMap<>();
    private final Set<EventLog> logs = ConcurrentHashMap.newKeySet();

    private record DecisionKey(String kind, String agent, String model, String outcome) {}

    RunMeters(MeterRegistry registry) {
        this.registry = registry;
        steps = Counter.builder("interregnum.steps")
                .description("Steps taken, of all runs")
                .register(registry);
        step = timer("interregnum.step", "From the draw of a step to the state after it")
                .register(registry);
        for (StepStage stage : StepStage.values()) {
            stages.put(
                    stage,
                    timer("interregnum.step.stage", "The parts of a step")
                            .tag("stage", word(stage))
                            .register(registry));
        }
        // From the beginning, so that an increase is seen from the first on.
        for (String kind : List.of("price", "choices", "impression", "choice")) {
            failures.put(
                    kind,
                    Counter.builder("interregnum.decision.failures")
                            .description("Questions that no agent answered acceptably; each ends its run")
                            .tag("kind", kind)
                            .register(registry));
        }
        Gauge.builder("interregnum.event.log.pending", logs, RunMeters::pending)
                .description("Events handed to the logs of runs and not yet in their file or committed on Kafka")
                .register(registry);
    }

    private static Duration micros(long micros) {
        return Duration.of(micros, ChronoUnit.MICROS);
    }

    private static Timer.Builder timer(String name, String description) {
        return Timer.builder(name).description(description).serviceLevelObjectives(BOUNDS);
    }

    private static double pending(Set<EventLog> logs) {
        return logs.stream().mapToLong(EventLog::pending).sum();
    }

    static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }

    void stage(StepStage stage, long nanos) {
        stages.get(stage).record(nanos, TimeUnit.NANOSECONDS);
    }

    void step(long nanos) {
        steps.increment();
        step.record(nanos, TimeUnit.NANOSECONDS);
    }

    /** An agent was asked and has decided. */
    void decided(String kind, Decider decider, long nanos) {
        DecisionKey key =
                new DecisionKey(kind, agents.of(decider.agent()), models.of(decider.model()), word(decider.outcome()));
        decisions
                .computeIfAbsent(
                        key,
                        named -> timer("interregnum.decision", "From a question to an agent to its decision")
                                .tags("kind", named.kind, "agent", named.agent, "model", named.model)
                                .tag("outcome", named.outcome)
                                .register(registry))
                .record(nanos, TimeUnit.NANOSECONDS);
    }

    /** An agent was asked, and none acceptable decided. */
    void failed(String kind) {
        failures.get(kind).increment();
    }

    /** What a model's decision used. */
    void used(DecisionRecord decision) {
        ModelMeters model = ofModels.computeIfAbsent(
                models.of(decision.model().model()), named -> new ModelMeters(named, registry, BOUNDS));
        for (ModelCall call : decision.answer().report().calls()) {
            model.called(call);
        }
        model.paid(decision.cost());
    }

    void opened(EventLog log) {
        logs.add(log);
    }

    void closed(EventLog log) {
        logs.remove(log);
    }
}
