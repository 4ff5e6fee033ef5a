package org.interregnum.orchestrator.adapter.grpc;

import java.time.Duration;
import java.util.function.Function;
import org.interregnum.agent.v1.AgentDescription;

/**
 * Who the agent of a connection is. It may have been replaced whenever it was unavailable or connected to anew, so it is
 * then asked again before its next decision is ascribed to anybody.
 */
final class KnownAgent {
    private final AgentClient client;
    private final GrpcAgentOptions options;
    private final Function<Duration, AgentDescription> question;
    private AgentIdentity identity;
    private int absences;

    /** Asks who the agent is; {@code question} asks it with a deadline. */
    KnownAgent(AgentClient client, GrpcAgentOptions options, Function<Duration, AgentDescription> question) {
        this.client = client;
        this.options = options;
        this.question = question;
        learn(options.connectDeadline());
    }

    /** Who the agent was when last asked. */
    AgentIdentity lastKnown() {
        return identity;
    }

    /** Who gave the answers that have just arrived: after an absence, whoever is there now. */
    AgentIdentity current() {
        if (client.absences() != absences) {
            learn(options.deadline());
        }
        return identity;
    }

    private void learn(Duration deadline) {
        AgentDescription description = question.apply(deadline);
        absences = client.absences();
        identity = AgentIdentity.of(description, options.strategy(), client.words());
    }
}
