package org.interregnum.orchestrator.service;

/** There is no run of this name. */
public final class NoSuchRunException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    NoSuchRunException(String id) {
        super("there is no run " + id);
    }
}
