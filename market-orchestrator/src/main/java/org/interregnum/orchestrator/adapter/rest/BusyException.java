package org.interregnum.orchestrator.adapter.rest;

import jakarta.ws.rs.core.Response;

/** As many calls of a kind are under way as may be; whoever asks again later is served. */
final class BusyException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final Response.Status status;
    private final int seconds;

    /**
     * A refusal for now.
     *
     * @param seconds after which to ask again
     */
    BusyException(Response.Status status, String message, int seconds) {
        super(message);
        this.status = status;
        this.seconds = seconds;
    }

    Response.Status status() {
        return status;
    }

    int seconds() {
        return seconds;
    }
}
