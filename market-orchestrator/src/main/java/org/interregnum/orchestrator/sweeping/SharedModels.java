package org.interregnum.orchestrator.sweeping;

import java.util.concurrent.CompletableFuture;
import org.interregnum.orchestrator.agent.Allowance;
import org.interregnum.orchestrator.agent.BuyerAgents;
import org.interregnum.orchestrator.agent.ModelAgents;
import org.interregnum.orchestrator.agent.ModelAnswer;
import org.interregnum.orchestrator.agent.ModelQuestion;
import org.interregnum.orchestrator.agent.ModelSettings;
import org.interregnum.orchestrator.agent.SellerAgents;
import org.interregnum.orchestrator.recording.LocalAgents;

/**
 * Agents of which all runs of a sweep share those that ask models, and so the limits of calls in flight, pauses and
 * breakers of each endpoint.
 */
final class SharedModels implements LocalAgents, AutoCloseable {
    private final LocalAgents local;
    private ModelAgents models;

    SharedModels(LocalAgents local) {
        this.local = local;
    }

    @Override
    public SellerAgents sellers() {
        return local.sellers();
    }

    @Override
    public BuyerAgents buyers() {
        return local.buyers();
    }

    @Override
    public synchronized ModelAgents models() {
        if (models == null) {
            models = local.models();
        }
        ModelAgents shared = models;
        // What a run closes is its own: the others go on asking.
        return new ModelAgents() {
            @Override
            public CompletableFuture<ModelAnswer> ask(
                    ModelQuestion question, ModelSettings model, Allowance allowance) {
                return shared.ask(question, model, allowance);
            }

            @Override
            public void close() {}
        };
    }

    @Override
    public synchronized void close() {
        if (models != null) {
            models.close();
        }
    }
}
