package org.interregnum.orchestrator.run;

import org.interregnum.orchestrator.agent.BuyerAgents;
import org.interregnum.orchestrator.agent.ModelAgents;
import org.interregnum.orchestrator.agent.SellerAgents;
import org.interregnum.orchestrator.decision.DecisionLog;
import org.interregnum.orchestrator.event.EventLog;
import org.interregnum.orchestrator.market.StepObserver;

/**
 * Port: what somebody who looks after a service sees of one run. Each method may put something before a port of the run
 * that measures and hands on; none changes what is decided or kept. Whoever measures nothing costs nothing.
 */
public interface RunInstruments {
    /** Sees nothing. */
    RunInstruments NONE = new RunInstruments() {};

    /** The run begins, or goes on, in this thread. */
    default void begins() {}

    /** It is over for now, in the same thread. */
    default void ends(String how) {}

    /** Hears of every step. */
    default StepObserver steps() {
        return StepObserver.NONE;
    }

    /** The sellers, measured. */
    default SellerAgents sellers(SellerAgents sellers) {
        return sellers;
    }

    /** The buyers, measured. */
    default BuyerAgents buyers(BuyerAgents buyers) {
        return buyers;
    }

    /** The agents that ask models, measured. */
    default ModelAgents models(ModelAgents models) {
        return models;
    }

    /** The log of events, measured. */
    default EventLog events(EventLog log) {
        return log;
    }

    /** The log of models' decisions, measured. */
    default DecisionLog decisions(DecisionLog log) {
        return log;
    }

    /** Makes the instruments of each run. */
    @FunctionalInterface
    interface Factory {
        /** Makes none. */
        Factory NONE = run -> RunInstruments.NONE;

        /** The instruments of a run. */
        RunInstruments of(String run);
    }
}
