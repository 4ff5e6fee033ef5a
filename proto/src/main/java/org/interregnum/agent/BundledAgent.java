package org.interregnum.agent;

/** The two agents that come with the house, by the names and ports that people know them by. */
public enum BundledAgent {
    /** Decides prices. */
    SELLER("seller", "interregnum-seller", 9001),
    /** Decides where buyers buy. */
    BUYER("buyer", "interregnum-buyer", 9002);

    /** The strategy that both follow unless asked otherwise: the rule of the published model. */
    public static final String RULE = "rule";

    /** The strategy of asking a language model. */
    public static final String MODEL = "llm";

    private final String kind;
    private final String agentName;
    private final int defaultPort;

    BundledAgent(String kind, String agentName, int defaultPort) {
        this.kind = kind;
        this.agentName = agentName;
        this.defaultPort = defaultPort;
    }

    /** What it is in plain words: {@code seller} or {@code buyer}. */
    public String kind() {
        return kind;
    }

    /** Name of the implementation, as it is recorded with every decision. */
    public String agentName() {
        return agentName;
    }

    /** Port that it listens on unless told otherwise. */
    public int defaultPort() {
        return defaultPort;
    }
}
