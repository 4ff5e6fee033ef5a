package org.interregnum.orchestrator.adapter.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.opentelemetry.api.OpenTelemetry;
import java.util.concurrent.TimeUnit;
import org.interregnum.orchestrator.market.StepStage;
import org.junit.jupiter.api.Test;

class StageClockTest {
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final StageClock clock = new StageClock(
            new RunMeters(registry), new RunSpans(OpenTelemetry.noop().getTracer("test"), "run", 0));

    @Test
    void shouldShareOutTheWholeStepAmongItsStages() {
        clock.begins(1);
        clock.enters(StepStage.DRAW);
        clock.enters(StepStage.PRICE);
        clock.enters(StepStage.LOG);
        clock.ends(null);

        assertThat(registry.get("interregnum.steps").counter().count()).isEqualTo(1);
        assertThat(count(StepStage.DRAW)).isEqualTo(1);
        assertThat(count(StepStage.LOG)).isEqualTo(1);
        assertThat(count(StepStage.CHOICES))
                .as("a stage that the step left out")
                .isZero();
        double parts = nanos("draw") + nanos("price") + nanos("log");
        double whole = registry.get("interregnum.step").timer().totalTime(TimeUnit.NANOSECONDS);
        assertThat(parts).isPositive().isLessThanOrEqualTo(whole);
    }

    @Test
    void shouldNotCountAStepThatFailed() {
        clock.begins(1);
        clock.enters(StepStage.DRAW);
        clock.enters(StepStage.PRICE);
        clock.begins(1);
        clock.enters(StepStage.DRAW);
        clock.ends(null);

        assertThat(registry.get("interregnum.steps").counter().count()).isEqualTo(1);
        assertThat(count(StepStage.PRICE)).isZero();
    }

    private long count(StepStage stage) {
        return registry.get("interregnum.step.stage")
                .tag("stage", RunMeters.word(stage))
                .timer()
                .count();
    }

    private double nanos(String stage) {
        return registry.get("interregnum.step.stage")
                .tag("stage", stage)
                .timer()
                .totalTime(TimeUnit.NANOSECONDS);
    }
}
