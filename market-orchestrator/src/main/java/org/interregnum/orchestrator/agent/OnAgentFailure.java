package org.interregnum.orchestrator.agent;

/** What happens when an agent that was assigned to a run fails. */
public enum OnAgentFailure {
    /** The run stops, and can go on later. */
    STOP,
    /** Those who decided before decide again, beginning with the step in which it failed. */
    PREVIOUS
}
