package org.interregnum.orchestrator.service;

/** Somebody names an address that the service must not ask. The message is one line. */
public final class AgentAddressException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    AgentAddressException(String message) {
        super(message);
    }
}
