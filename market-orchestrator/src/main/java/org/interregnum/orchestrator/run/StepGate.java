package org.interregnum.orchestrator.run;

import java.util.Optional;

/** Stands before each step of a run: may hold it there, and hands it what somebody wants changed. */
@FunctionalInterface
public interface StepGate {
    /** Lets every step be taken. */
    StepGate OPEN = Optional::empty;

    /**
     * Called in the run's own thread before each step, again after each change. Returns when the step may be taken, or the
     * run is to end, or with a change that is to be made before.
     */
    Optional<AssignmentChange> pass();
}
