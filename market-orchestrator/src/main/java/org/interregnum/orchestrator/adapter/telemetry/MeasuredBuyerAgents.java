package org.interregnum.orchestrator.adapter.telemetry;

import java.util.List;
import java.util.Optional;
import org.interregnum.orchestrator.adapter.telemetry.RunSpans.DecisionSpan;
import org.interregnum.orchestrator.agent.AgentAssignment;
import org.interregnum.orchestrator.agent.AgentFailureException;
import org.interregnum.orchestrator.agent.AgentProfile;
import org.interregnum.orchestrator.agent.BuyerAgents;
import org.interregnum.orchestrator.agent.ChoiceQuestion;
import org.interregnum.orchestrator.agent.DecidedChoices;
import org.interregnum.orchestrator.agent.Decider;

/** Buyers, with a clock and spans around them; all that act in a step are one question. */
record MeasuredBuyerAgents(BuyerAgents buyers, RunMeters meters, RunSpans spans) implements BuyerAgents {
    private static final String KIND = "choices";

    @Override
    public Decider choose(ChoiceQuestion question, int[] choices) {
        long begun = System.nanoTime();
        DecisionSpan span = spans.decision("choose sellers").with("interregnum.buyers", question.count());
        try {
            Decider decider = span.around(() -> buyers.choose(question, choices));
            meters.decided(KIND, decider, System.nanoTime() - begun);
            span.ends();
            return decider;
        } catch (AgentFailureException e) {
            meters.failed(KIND);
            span.fails(e);
            throw e;
        }
    }

    @Override
    public List<DecidedChoices> lastDecided() {
        return buyers.lastDecided();
    }

    @Override
    public void assign(AgentAssignment assignment) {
        buyers.assign(assignment);
    }

    @Override
    public Optional<AgentProfile> profile() {
        return buyers.profile();
    }

    @Override
    public void close() {
        buyers.close();
    }
}
