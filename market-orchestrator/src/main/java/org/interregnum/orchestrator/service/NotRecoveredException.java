package org.interregnum.orchestrator.service;

/** The runs of the service before this one are not known yet; whoever asks again later is answered. */
public final class NotRecoveredException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    NotRecoveredException() {
        super("the runs of the orchestrator service before this one are not known yet; try again in a while");
    }
}
