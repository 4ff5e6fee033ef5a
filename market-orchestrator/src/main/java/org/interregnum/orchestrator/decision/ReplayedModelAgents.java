package org.interregnum.orchestrator.decision;

import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import org.interregnum.orchestrator.agent.AgentFailureException;
import org.interregnum.orchestrator.agent.Allowance;
import org.interregnum.orchestrator.agent.DecisionOutcome;
import org.interregnum.orchestrator.agent.DecisionRecord;
import org.interregnum.orchestrator.agent.ModelAgents;
import org.interregnum.orchestrator.agent.ModelAnswer;
import org.interregnum.orchestrator.agent.ModelQuestion;
import org.interregnum.orchestrator.agent.ModelReport;
import org.interregnum.orchestrator.agent.ModelSettings;

/** Answers from the record of an earlier run and asks nobody: what is not in the record is an error. */
public final class ReplayedModelAgents implements ModelAgents {
    private final RecordedDecisions recorded;
    private final String record;

    /**
     * Agents of a replay.
     *
     * @param recorded decisions of the earlier run
     * @param record where they are kept, for messages
     */
    public ReplayedModelAgents(RecordedDecisions recorded, String record) {
        this.recorded = recorded;
        this.record = record;
    }

    @Override
    public CompletableFuture<ModelAnswer> ask(ModelQuestion question, ModelSettings model, Allowance allowance) {
        return recorded.find(question, model)
                .map(before -> CompletableFuture.completedFuture(replayed(before)))
                .orElseGet(() -> CompletableFuture.failedFuture(new AgentFailureException(String.format(
                        Locale.ROOT,
                        "%s has no record of the %s of %s %d at step %d; a replay asks nobody",
                        record,
                        question.kind().name().toLowerCase(Locale.ROOT),
                        question instanceof ModelQuestion.Price ? "seller" : "buyer",
                        question.subject(),
                        question.step()))));
    }

    private static ModelAnswer replayed(DecisionRecord before) {
        ModelAnswer answer = before.answer();
        String how = answer.outcome().name().toLowerCase(Locale.ROOT);
        return new ModelAnswer(
                answer.agent(),
                answer.decision(),
                DecisionOutcome.REPLAYED,
                answer.reason().isEmpty() ? how : how + ": " + answer.reason(),
                new ModelReport(
                        List.of(),
                        answer.report().promptVariant(),
                        answer.report().promptHash(),
                        answer.report().statedReason(),
                        false,
                        0,
                        0));
    }
}
