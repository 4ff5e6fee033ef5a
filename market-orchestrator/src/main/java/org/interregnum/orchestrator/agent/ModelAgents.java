package org.interregnum.orchestrator.agent;

import java.util.concurrent.CompletableFuture;

/** Port: whoever asks language models for decisions, many at once. */
public interface ModelAgents extends AutoCloseable {
    /**
     * Asks a model for one decision.
     *
     * @param question the situation
     * @param model which model, and how
     * @param allowance what may be spent
     * @return the answer, on any thread; it fails with an {@link AgentFailureException} when the agent itself is down, too
     *     slow or answers nonsense, which is no failure of the model. Cancelling it gives up the question.
     */
    CompletableFuture<ModelAnswer> ask(ModelQuestion question, ModelSettings model, Allowance allowance);

    /** From now on other sellers and buyers are models. Between two steps. */
    default void assign(ModelAssignment models) {}

    /** Gives back connections and threads; a failure to do so is nobody's concern. */
    @Override
    default void close() {}
}
