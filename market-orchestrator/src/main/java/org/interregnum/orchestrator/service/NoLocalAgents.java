package org.interregnum.orchestrator.service;

import org.interregnum.orchestrator.agent.BuyerAgents;
import org.interregnum.orchestrator.agent.ModelAgents;
import org.interregnum.orchestrator.agent.SellerAgents;
import org.interregnum.orchestrator.recording.LocalAgents;

/** A service decides nothing itself: whatever no agent service is named for fails when it is asked. */
final class NoLocalAgents implements LocalAgents {
    @Override
    public SellerAgents sellers() {
        return question -> {
            throw new IllegalStateException("no seller agent is named");
        };
    }

    @Override
    public BuyerAgents buyers() {
        return (question, choices) -> {
            throw new IllegalStateException("no buyer agent is named");
        };
    }

    @Override
    public ModelAgents models() {
        return (question, model, allowance) -> {
            throw new IllegalStateException("no agent is named that asks models");
        };
    }
}
