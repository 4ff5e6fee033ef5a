package org.interregnum.orchestrator.market;

import org.interregnum.orchestrator.event.StepTaken;

/**
 * Port: hears where in a step a run is, in the run's own thread, as it gets there. Whoever wants to know how long that
 * takes has a clock of its own; nothing that it does can change a trajectory.
 */
public interface StepObserver {
    /** Hears nothing. */
    StepObserver NONE = new StepObserver() {};

    /** A step begins. One that began before and did not end has failed. */
    default void begins(long step) {}

    /** The step has come to a stage; the stage before is over. */
    default void enters(StepStage stage) {}

    /** The step has been logged, and the state is the one after it. */
    default void ends(StepTaken step) {}
}
