package org.interregnum.orchestrator.adapter.file;

import org.interregnum.orchestrator.event.EventLogException;

/** A journal is that of a sweep of another grid. */
public final class OtherGridException extends EventLogException {
    private static final long serialVersionUID = 1L;

    OtherGridException(String message) {
        super(message);
    }
}
