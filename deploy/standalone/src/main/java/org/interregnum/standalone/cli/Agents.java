package org.interregnum.standalone.cli;

import org.interregnum.orchestrator.adapter.grpc.GrpcAgentOptions;
import org.interregnum.orchestrator.adapter.grpc.GrpcBuyerAgents;
import org.interregnum.orchestrator.adapter.grpc.GrpcSellerAgents;
import org.interregnum.orchestrator.agent.AgentFailureException;
import org.interregnum.orchestrator.agent.BuyerAgents;
import org.interregnum.orchestrator.agent.SellerAgents;
import org.interregnum.standalone.RuleBuyerAgents;
import org.interregnum.standalone.RuleSellerAgents;

/**
 * The two sides of a market as a request names them.
 *
 * @param sellers whoever decides prices
 * @param buyers whoever decides choices
 */
record Agents(SellerAgents sellers, BuyerAgents buyers) implements AutoCloseable {
    /**
     * Connects to the services that the request names, both before anything is asked. When one cannot be reached the
     * answers are that failure, so that the run ends as every run whose agents fail.
     */
    static Agents connect(RunRequest request, String runId) {
        SellerAgents sellers;
        try {
            // Nothing of gRPC is loaded for a market without services.
            sellers = request.sellerTarget().isPresent() ? Remote.sellers(request, runId) : new RuleSellerAgents();
        } catch (AgentFailureException e) {
            return new Agents(
                    question -> {
                        throw e;
                    },
                    failing(e));
        }
        try {
            return new Agents(
                    sellers, request.buyerTarget().isPresent() ? Remote.buyers(request, runId) : new RuleBuyerAgents());
        } catch (AgentFailureException e) {
            // Buyers are asked first; the sellers stay only to say who they are.
            return new Agents(sellers, failing(e));
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
    }

    private static final class Remote {
        static SellerAgents sellers(RunRequest request, String runId) {
            return GrpcSellerAgents.connect(request.sellerTarget().orElseThrow(), options(request, runId));
        }

        static BuyerAgents buyers(RunRequest request, String runId) {
            return GrpcBuyerAgents.connect(request.buyerTarget().orElseThrow(), options(request, runId));
        }

        private static GrpcAgentOptions options(RunRequest request, String runId) {
            return GrpcAgentOptions.defaults()
                    .withRunId(runId)
                    .withDeadline(request.deadline())
                    .withBatches(request.batchSize(), GrpcAgentOptions.DEFAULT_BATCHES_IN_FLIGHT);
        }
    }
}
