package org.interregnum.orchestrator.service;

/** Takes what somebody who looks after a service should know of its runs. Called from any thread. */
@FunctionalInterface
public interface ServiceJournal {
    /**
     * One line.
     *
     * @param run identifier of the run that it is about; the line names it as well
     * @param step the latest step of that run; 0 before its first, or where it is not known
     * @param line what happened
     */
    void tell(String run, long step, String line);
}
