package org.interregnum.orchestrator.adapter.kafka;

import org.interregnum.orchestrator.event.EventLogException;

/** The broker did not answer, or is not ready to: the same may well succeed later. */
public final class BrokerAwayException extends EventLogException {
    private static final long serialVersionUID = 1L;

    BrokerAwayException(String message, Throwable cause) {
        super(message, cause);
    }

    /** The same for whoever has done half of something, and cannot try it again. */
    public EventLogException forGood() {
        return new EventLogException(getMessage(), this);
    }
}
