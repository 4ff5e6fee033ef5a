package org.interregnum.orchestrator.agent;

/** An agent is down, too slow, or answers nonsense. The message is one line for the user: who, where, what. */
public final class AgentFailureException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** @param message one line that names the agent, its address and what went wrong */
    public AgentFailureException(String message) {
        super(message);
    }

    /** @param message one line that names the agent, its address and what went wrong */
    public AgentFailureException(String message, Throwable cause) {
        super(message, cause);
    }
}
