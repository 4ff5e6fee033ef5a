package org.interregnum.orchestrator.adapter.telemetry;

import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.Scope;
import java.util.function.Supplier;

/**
 * The trace of one run while it takes steps: a span for the run, below it one for every so many-th step, and below that
 * one for each decision, which the spans of calls follow. Belongs to the run's thread.
 */
final class RunSpans {
    private final Tracer tracer;
    private final String run;
    private final long every;
    private Span ofRun = Span.getInvalid();
    private Scope runScope = Scope.noop();
    private Span ofStep = Span.getInvalid();
    private Scope stepScope = Scope.noop();
    private boolean isSampled;

    /**
     * @param every which steps have spans: 1 for all, 100 for the first and every hundredth after it, 0 for none and no
     *     span of the run either
     */
    RunSpans(Tracer tracer, String run, long every) {
        this.tracer = tracer;
        this.run = run;
        this.every = every;
    }

    @SuppressWarnings("MustBeClosedChecker") // closed when the run ends
    void runBegins() {
        if (every == 0) {
            return;
        }
        ofRun = tracer.spanBuilder("run")
                .setNoParent()
                .setAttribute("interregnum.run", run)
                .startSpan();
        runScope = ofRun.makeCurrent();
    }

    void runEnds(String how) {
        stepEnds();
        runScope.close();
        ofRun.setAttribute("interregnum.run.state", how);
        ofRun.end();
    }

    @SuppressWarnings("MustBeClosedChecker") // closed when the step ends
    void stepBegins(long step) {
        // One that failed has not ended.
        stepEnds();
        isSampled = every > 0 && (step - 1) % every == 0;
        if (isSampled) {
            ofStep = tracer.spanBuilder("step")
                    .setParent(Context.root().with(ofRun))
                    .setAttribute("interregnum.run", run)
                    .setAttribute("interregnum.step", step)
                    .startSpan();
            stepScope = ofStep.makeCurrent();
        }
    }

    void stepEnds() {
        if (isSampled) {
            stepScope.close();
            ofStep.end();
            isSampled = false;
        }
    }

    /** A decision, within its step; one of a step without a span has none either. */
    DecisionSpan decision(String name) {
        return isSampled ? new DecisionSpan(tracer, tracer.spanBuilder(name).startSpan()) : DecisionSpan.NONE;
    }

    /** A span around one decision, and the calls that it takes. May be ended by any thread. */
    static final class DecisionSpan {
        static final DecisionSpan NONE = new DecisionSpan(null, Span.getInvalid());

        private final Tracer tracer;
        private final Span span;

        private DecisionSpan(Tracer tracer, Span span) {
            this.tracer = tracer;
            this.span = span;
        }

        /** Asks within the span, so that the calls become its children. */
        <T> T around(Supplier<T> asking) {
            if (tracer == null) {
                return asking.get();
            }
            Context trace = Context.current().with(span);
            return trace.wrapSupplier(() -> CallSpans.within(tracer, trace, asking))
                    .get();
        }

        DecisionSpan with(String attribute, String value) {
            span.setAttribute(attribute, value);
            return this;
        }

        DecisionSpan with(String attribute, long value) {
            span.setAttribute(attribute, value);
            return this;
        }

        void ends() {
            span.end();
        }

        void fails(Throwable problem) {
            span.setStatus(StatusCode.ERROR, String.valueOf(problem.getMessage()));
            span.end();
        }
    }
}
