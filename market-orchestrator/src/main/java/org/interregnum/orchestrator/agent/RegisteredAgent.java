package org.interregnum.orchestrator.agent;

import java.time.Instant;
import java.util.Optional;

/**
 * An agent that an orchestrator service knows by name.
 *
 * @param role which side of the market it decides for
 * @param agent its name, its address, and how it is asked
 * @param description what it last said of itself
 * @param checked when it was last looked at; empty when it never was
 * @param problem what was wrong with it then, in one line; empty when nothing was
 */
public record RegisteredAgent(
        AgentRole role, AssignedAgent agent, DescribedAgent description, Optional<Instant> checked, String problem) {
    /** What it is called. */
    public String name() {
        return agent.name();
    }

    /** The same after it was looked at. */
    public RegisteredAgent found(DescribedAgent now, Instant when) {
        return new RegisteredAgent(role, agent, now, Optional.of(when), "");
    }

    /** The same after something was wrong with it. */
    public RegisteredAgent failed(String what, Instant when) {
        return new RegisteredAgent(role, agent, description, Optional.of(when), what);
    }
}
