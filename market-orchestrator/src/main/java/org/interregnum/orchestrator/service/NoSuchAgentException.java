package org.interregnum.orchestrator.service;

/** There is no agent of this name. */
public final class NoSuchAgentException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    NoSuchAgentException(String name) {
        super("there is no agent " + name);
    }
}
