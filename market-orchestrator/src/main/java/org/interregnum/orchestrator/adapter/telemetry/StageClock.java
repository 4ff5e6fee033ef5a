package org.interregnum.orchestrator.adapter.telemetry;

import org.interregnum.orchestrator.event.StepTaken;
import org.interregnum.orchestrator.market.StepObserver;
import org.interregnum.orchestrator.market.StepStage;

/** Measures the stages of one run's steps. Belongs to the run's thread. */
final class StageClock implements StepObserver {
    private final RunMeters meters;
    private final RunSpans spans;
    private StepStage stage;
    private long stageBegan;
    private long stepBegan;

    StageClock(RunMeters meters, RunSpans spans) {
        this.meters = meters;
        this.spans = spans;
    }

    @Override
    public void begins(long step) {
        stage = null;
        stepBegan = System.nanoTime();
        spans.stepBegins(step);
    }

    @Override
    public void enters(StepStage next) {
        long now = System.nanoTime();
        if (stage != null) {
            meters.stage(stage, now - stageBegan);
        }
        stage = next;
        stageBegan = now;
    }

    @Override
    public void ends(StepTaken step) {
        enters(null);
        meters.step(stageBegan - stepBegan);
        spans.stepEnds();
    }
}
