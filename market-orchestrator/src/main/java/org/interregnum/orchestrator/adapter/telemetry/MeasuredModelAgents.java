package org.interregnum.orchestrator.adapter.telemetry;

import java.util.concurrent.CompletableFuture;
import org.interregnum.orchestrator.adapter.telemetry.RunSpans.DecisionSpan;
import org.interregnum.orchestrator.agent.Allowance;
import org.interregnum.orchestrator.agent.Decider;
import org.interregnum.orchestrator.agent.ModelAgents;
import org.interregnum.orchestrator.agent.ModelAnswer;
import org.interregnum.orchestrator.agent.ModelAssignment;
import org.interregnum.orchestrator.agent.ModelQuestion;
import org.interregnum.orchestrator.agent.ModelSettings;

/** Agents that ask models, with a clock and spans around each question. */
record MeasuredModelAgents(ModelAgents agents, RunMeters meters, RunSpans spans) implements ModelAgents {
    @Override
    public CompletableFuture<ModelAnswer> ask(ModelQuestion question, ModelSettings model, Allowance allowance) {
        long begun = System.nanoTime();
        String kind = RunMeters.word(question.kind());
        DecisionSpan span = spans.decision("decide " + kind)
                .with("interregnum.subject", question.subject())
                .with("gen_ai.request.model", model.model());
        CompletableFuture<ModelAnswer> answer = span.around(() -> agents.ask(question, model, allowance));
        // The run gets the future itself: giving a question up is by cancelling it.
        Object unused = answer.whenComplete((decided, failure) -> {
            if (failure == null) {
                meters.decided(kind, decider(decided, model), System.nanoTime() - begun);
                span.with("interregnum.outcome", RunMeters.word(decided.outcome()))
                        .ends();
            } else {
                if (!answer.isCancelled()) {
                    meters.failed(kind);
                }
                span.fails(failure);
            }
        });
        return answer;
    }

    @Override
    public void assign(ModelAssignment models) {
        agents.assign(models);
    }

    private static Decider decider(ModelAnswer answer, ModelSettings model) {
        return new Decider(
                answer.agent().name(),
                answer.agent().version(),
                answer.agent().strategy(),
                answer.outcome(),
                answer.reason(),
                model.model());
    }

    @Override
    public void close() {
        agents.close();
    }
}
