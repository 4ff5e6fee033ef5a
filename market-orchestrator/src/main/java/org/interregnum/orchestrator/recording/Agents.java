package org.interregnum.orchestrator.recording;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.interregnum.orchestrator.adapter.grpc.GrpcAgentOptions;
import org.interregnum.orchestrator.adapter.grpc.GrpcBuyerAgents;
import org.interregnum.orchestrator.adapter.grpc.GrpcSellerAgents;
import org.interregnum.orchestrator.agent.AgentFailureException;
import org.interregnum.orchestrator.agent.BuyerAgents;
import org.interregnum.orchestrator.agent.ModelAgents;
import org.interregnum.orchestrator.agent.SellerAgents;
import org.interregnum.orchestrator.request.RunRequest;

/**
 * The agents of a market as a request names them.
 *
 * @param sellers whoever decides prices by the rule
 * @param buyers whoever decides choices by the rule
 * @param models whoever asks models; empty in a market without
 */
public record Agents(SellerAgents sellers, BuyerAgents buyers, Optional<ModelAgents> models) implements AutoCloseable {
    /**
     * Connects to the services that the request names, all before anything is asked. When one cannot be reached the
     * answers are that failure, so that the run ends as every run whose agents fail.
     */
    static Agents connect(RunRequest request, String runId, LocalAgents local) {
        Optional<ModelAgents> models;
        try {
            models = request.spec().models().isEmpty()
                    ? Optional.empty()
                    : Optional.of(Remote.models(request, runId, local));
        } catch (AgentFailureException e) {
            return new Agents(
                    local.sellers(),
                    failing(e),
                    Optional.of((question, model, allowance) -> CompletableFuture.failedFuture(e)));
        }
        return connect(request, runId, local, models);
    }

    /** The same with other agents to ask models. */
    static Agents connect(RunRequest request, String runId, LocalAgents local, Optional<ModelAgents> models) {
        SellerAgents sellers;
        try {
            // Nothing of gRPC is loaded for a market without services.
            sellers = request.sellerTarget().isPresent() && request.hasRuleSellers()
                    ? Remote.sellers(request, runId)
                    : local.sellers();
        } catch (AgentFailureException e) {
            return new Agents(
                    question -> {
                        throw e;
                    },
                    failing(e),
                    models);
        }
        try {
            return new Agents(
                    sellers,
                    request.buyerTarget().isPresent() ? Remote.buyers(request, runId) : local.buyers(),
                    models);
        } catch (AgentFailureException e) {
            // Buyers are asked first; the sellers stay only to say who they are.
            return new Agents(sellers, failing(e), models);
        }
    }

    private static BuyerAgents failing(AgentFailureException failure) {
        return (question, choices) -> {
            throw failure;
        };
    }

    @Override
    public void close() {
        sellers.close();
        buyers.close();
        models.ifPresent(ModelAgents::close);
    }

    private static final class Remote {
        static SellerAgents sellers(RunRequest request, String runId) {
            return GrpcSellerAgents.connect(request.sellerTarget().orElseThrow(), options(request, runId));
        }

        static BuyerAgents buyers(RunRequest request, String runId) {
            return GrpcBuyerAgents.connect(request.buyerTarget().orElseThrow(), options(request, runId));
        }

        static ModelAgents models(RunRequest request, String runId, LocalAgents local) {
            GrpcAgentOptions options =
                    GrpcAgentOptions.defaults().withRunId(runId).withConnectDeadline(request.connectDeadline());
            return RoutedModelAgents.connect(request.spec().models(), options, local);
        }

        private static GrpcAgentOptions options(RunRequest request, String runId) {
            return GrpcAgentOptions.defaults()
                    .withRunId(runId)
                    .withDeadline(request.deadline())
                    .withConnectDeadline(request.connectDeadline())
                    .withBatches(request.batchSize(), GrpcAgentOptions.DEFAULT_BATCHES_IN_FLIGHT);
        }
    }
}
