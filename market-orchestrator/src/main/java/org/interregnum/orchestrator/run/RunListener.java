package org.interregnum.orchestrator.run;

import org.interregnum.orchestrator.event.AgentsAssigned;
import org.interregnum.orchestrator.event.MarketOpened;
import org.interregnum.orchestrator.event.StepTaken;
import org.interregnum.orchestrator.model.MarketState;

/** Hears of a run's progress, on the run's own thread; what it does there the run waits for. */
public interface RunListener {
    /** A listener that hears nothing. */
    RunListener NONE = new RunListener() {};

    /** The market has opened, and the log knows; the state is the one that it opened with. */
    default void opened(MarketOpened opening, MarketState state) {}

    /** Other agents decide from now on, and the log knows. */
    default void assigned(AgentsAssigned assigned) {}

    /** A step has been taken and added to the log; the state is the one after it. */
    default void stepTaken(StepTaken step, MarketState state) {}
}
