package org.interregnum.orchestrator.agent;

/**
 * Who an agent is, before it has decided anything.
 *
 * @param name name of the agent's implementation
 * @param version version of the agent's implementation
 * @param strategy strategy that it follows, such as {@code rule}
 */
public record AgentProfile(String name, String version, String strategy) {}
