package org.interregnum.orchestrator.agent;

/** An agent is down, too slow, or answers nonsense. The message is one line for the user: who, where, what. */
public final class AgentFailureException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String address;

    /** @param message one line that names the agent, its address and what went wrong */
    public AgentFailureException(String message) {
        this(message, null, "");
    }

    /** @param message one line that names the agent, its address and what went wrong */
    public AgentFailureException(String message, Throwable cause) {
        this(message, cause, "");
    }

    /**
     * The failure of an agent somewhere else.
     *
     * @param message one line that names the agent, its address and what went wrong
     * @param address where it listens, as {@code host:port}
     */
    public AgentFailureException(String message, Throwable cause, String address) {
        super(message, cause);
        this.address = address;
    }

    /** Where the agent listens, as {@code host:port}; empty for one in this process, and where that is not known. */
    public String address() {
        return address;
    }
}
