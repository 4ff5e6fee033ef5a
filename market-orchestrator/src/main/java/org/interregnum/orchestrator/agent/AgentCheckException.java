package org.interregnum.orchestrator.agent;

/** An agent cannot be used as it is. The message is one line for the user: who, where, what. */
public final class AgentCheckException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final Kind kind;

    /** What is wrong with an agent. */
    public enum Kind {
        /** It does not answer, or says that it is not well; that may pass. */
        AWAY,
        /** It is not what it is to be: another role, or without what is wanted of it. */
        UNSUITABLE
    }

    /** @param message one line that names the agent, its address and what is wrong */
    public AgentCheckException(Kind kind, String message, Throwable cause) {
        super(message, cause);
        this.kind = kind;
    }

    public Kind kind() {
        return kind;
    }
}
