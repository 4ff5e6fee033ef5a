package org.interregnum.orchestrator.decision;

import java.util.Locale;
import java.util.Optional;
import org.interregnum.orchestrator.agent.AgentFailureException;
import org.interregnum.orchestrator.agent.DecisionKind;
import org.interregnum.orchestrator.agent.DecisionRecord;
import org.interregnum.orchestrator.agent.ModelDecision;
import org.interregnum.orchestrator.agent.ModelQuestion;
import org.interregnum.orchestrator.agent.ModelSettings;

/** Decisions of models that were taken before, to be looked up. */
@FunctionalInterface
public interface RecordedDecisions {
    /** No decision was taken before. */
    RecordedDecisions NONE = (step, kind, subject, model) -> Optional.empty();

    /**
     * What a model decided for a seller or buyer in a step; empty when there is no record of a decision (one that was not
     * taken is none). Another model's decision is none of this one's: it may have failed and been given up.
     *
     * @param step number of the step, from 1
     * @param subject number of the seller or buyer
     * @param model the model, whichever agent service asks it
     */
    Optional<DecisionRecord> find(long step, DecisionKind kind, int subject, ModelSettings model);

    /**
     * What a model decided about a question.
     *
     * @throws AgentFailureException when no market like the question's can have come to that
     */
    default Optional<DecisionRecord> find(ModelQuestion question, ModelSettings model) {
        Optional<DecisionRecord> found = find(question.step(), question.kind(), question.subject(), model);
        int sellers = question.prices().length;
        found.map(decision -> decision.answer().decision())
                .filter(decision -> decision instanceof ModelDecision.Choice choice && choice.seller() >= sellers)
                .ifPresent(decision -> {
                    throw new AgentFailureException(String.format(
                            Locale.ROOT,
                            "the record is of another market: in step %d buyer %d chose seller %d of %d",
                            question.step(),
                            question.subject(),
                            ((ModelDecision.Choice) decision).seller(),
                            sellers));
                });
        return found;
    }
}
