package org.interregnum.orchestrator.decision;

import java.util.HashMap;
import java.util.Map;
import org.interregnum.orchestrator.agent.DecisionKind;
import org.interregnum.orchestrator.agent.DecisionRecord;
import org.interregnum.orchestrator.agent.ModelIdentity;
import org.interregnum.orchestrator.agent.ModelQuestion;
import org.interregnum.orchestrator.agent.ModelSettings;

/**
 * What models decided in the step that is being taken. A step that is taken again, because an agent failed that was given up,
 * asks no model twice: its answers were paid for, and whoever resumes the run finds them in the record as well.
 */
final class StepDecisions {
    private final Map<Key, DecisionRecord> decisions = new HashMap<>();
    private long step;

    void add(DecisionRecord decision) {
        if (decision.step() != step) {
            step = decision.step();
            decisions.clear();
        }
        decisions.put(Key.of(decision.kind(), decision.subject(), decision.model()), decision);
    }

    /** What a model decided about a question, or null. */
    DecisionRecord find(ModelQuestion question, ModelSettings model) {
        return question.step() == step ? decisions.get(Key.of(question.kind(), question.subject(), model)) : null;
    }

    private record Key(DecisionKind kind, int subject, ModelIdentity model) {
        static Key of(DecisionKind kind, int subject, ModelSettings model) {
            return new Key(kind, subject, ModelIdentity.of(model));
        }
    }
}
