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
     * Connects to the services that the request names, both before anything is asked. When one cannot be reached both
     * sides answer with that failure, so that the run ends as every run whose agents fail.
     */
    static Agents connect(RunRequest request, String runId) {
        SellerAgents sellers = new RuleSellerAgents();
        try {
            // Nothing of gRPC is loaded for a market without services.
            if (request.sellerTarget().isPresent()) {
                sellers = Remote.sellers(request, runId);
            }
            BuyerAgents buyers =
                    request.buyerTarget().isPresent() ? Remote.buyers(request, runId) : new RuleBuyerAgents();
            return new Agents(sellers, buyers);
        } catch (AgentFailureException e) {
            sellers.close();
            return failing(e);
        }
    }

    private static Agents failing(AgentFailureException failure) {
        return new Agents(
                question -> {
                    throw failure;
                },
                (question, choices) -> {
                    throw failure;
                });
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
