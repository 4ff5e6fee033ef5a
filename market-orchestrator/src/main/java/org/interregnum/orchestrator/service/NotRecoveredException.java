package org.interregnum.orchestrator.service;

/** The runs of the service before this one are not known yet; whoever asks again later is answered. */
public final class NotRecoveredException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    NotRecoveredException() {
        super(
                "the runs and agents of the orchestrator service before this one are not known yet; try again in a while");
    }

    /**
     * The agents are not known.
     *
     * @param problem why not, in one line; empty when nobody has looked yet
     */
    NotRecoveredException(String problem) {
        super("the agents of the orchestrator service before this one are not known yet"
                + (problem.isEmpty() ? "" : ": " + problem) + "; try again in a while");
    }
}
