package org.interregnum.orchestrator.adapter.grpc;

import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.interregnum.agent.v1.AgentDescription;

/**
 * Who the agent of a connection is, when many threads want to know: as {@link KnownAgent}, it is asked again after an
 * absence before a decision is ascribed to anybody, but once for all decisions that wait for it.
 */
final class SharedIdentity {
    private final AgentClient client;
    private final String strategy;
    private final Supplier<CompletableFuture<AgentDescription>> question;
    private AgentIdentity identity;
    private int absences;
    private CompletableFuture<AgentIdentity> learning;

    /** @param question asks the agent who it is */
    SharedIdentity(
            AgentClient client,
            String strategy,
            AgentDescription first,
            Supplier<CompletableFuture<AgentDescription>> question) {
        this.client = client;
        this.strategy = strategy;
        this.question = question;
        learn(first);
    }

    /** Who gave an answer that has just arrived: after an absence, whoever is there now. */
    @SuppressWarnings("FutureReturnValueIgnored") // what comes of it is in the future that is returned
    synchronized CompletableFuture<AgentIdentity> current() {
        if (learning != null) {
            return learning;
        }
        if (client.absences() == absences) {
            return CompletableFuture.completedFuture(identity);
        }
        CompletableFuture<AgentIdentity> asked = question.get().thenApply(this::learn);
        learning = asked;
        // It may have ended already, and then this forgets it at once.
        asked.whenComplete((known, failure) -> learnt());
        return asked;
    }

    private synchronized AgentIdentity learn(AgentDescription description) {
        AgentIdentity learnt = AgentIdentity.of(description, strategy, client.words());
        absences = client.absences();
        identity = learnt;
        return learnt;
    }

    private synchronized void learnt() {
        learning = null;
    }
}
