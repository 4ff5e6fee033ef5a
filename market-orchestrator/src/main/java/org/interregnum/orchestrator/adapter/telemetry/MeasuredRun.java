package org.interregnum.orchestrator.adapter.telemetry;

import org.interregnum.orchestrator.agent.BuyerAgents;
import org.interregnum.orchestrator.agent.ModelAgents;
import org.interregnum.orchestrator.agent.SellerAgents;
import org.interregnum.orchestrator.decision.DecisionLog;
import org.interregnum.orchestrator.event.EventLog;
import org.interregnum.orchestrator.market.StepObserver;
import org.interregnum.orchestrator.run.RunInstruments;

/** The meters and spans of one run. */
record MeasuredRun(RunMeters meters, RunSpans spans) implements RunInstruments {
    @Override
    public void begins() {
        spans.runBegins();
    }

    @Override
    public void ends(String how) {
        spans.runEnds(how);
    }

    @Override
    public StepObserver steps() {
        return new StageClock(meters, spans);
    }

    @Override
    public SellerAgents sellers(SellerAgents sellers) {
        return new MeasuredSellerAgents(sellers, meters, spans);
    }

    @Override
    public BuyerAgents buyers(BuyerAgents buyers) {
        return new MeasuredBuyerAgents(buyers, meters, spans);
    }

    @Override
    public ModelAgents models(ModelAgents models) {
        return new MeasuredModelAgents(models, meters, spans);
    }

    @Override
    public EventLog events(EventLog log) {
        return new MeasuredEventLog(log, meters);
    }

    @Override
    public DecisionLog decisions(DecisionLog log) {
        return new MeasuredDecisionLog(log, meters);
    }
}
