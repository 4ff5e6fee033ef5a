package org.interregnum.orchestrator.recording;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.interregnum.orchestrator.adapter.grpc.GrpcAgentOptions;
import org.interregnum.orchestrator.adapter.grpc.GrpcBuyerAgents;
import org.interregnum.orchestrator.adapter.grpc.GrpcSellerAgents;
import org.interregnum.orchestrator.agent.AgentAddress;
import org.interregnum.orchestrator.agent.AgentAssignment;
import org.interregnum.orchestrator.agent.AgentFailureException;
import org.interregnum.orchestrator.agent.AssignedAgent;
import org.interregnum.orchestrator.agent.BuyerAgents;
import org.interregnum.orchestrator.agent.ChoiceQuestion;
import org.interregnum.orchestrator.agent.Decider;
import org.interregnum.orchestrator.agent.ModelAgents;
import org.interregnum.orchestrator.agent.PriceDecision;
import org.interregnum.orchestrator.agent.PricingQuestion;
import org.interregnum.orchestrator.agent.SellerAgents;
import org.interregnum.orchestrator.request.RunRequest;
import org.interregnum.orchestrator.run.RunInstruments;

/**
 * The agents of a market as a request and its log name them.
 *
 * @param sellers whoever decides prices by the rule
 * @param buyers whoever decides choices by the rule
 * @param models whoever asks models; empty in a market without
 */
public record Agents(SellerAgents sellers, BuyerAgents buyers, Optional<ModelAgents> models) implements AutoCloseable {
    /**
     * Connects to the services that decide first, all before anything is asked. When one cannot be reached the answers are
     * that failure, so that the run ends as every run whose agents fail. Those that are assigned later are connected to
     * when they are asked.
     *
     * @param assignment who decides for whom when the run goes on
     * @param opened whether the market has opened; the run's own agent decides that
     * @param hasModels whether anybody is a model, at any time, or may become one
     */
    static Agents connect(
            RunRequest request,
            String runId,
            LocalAgents local,
            AgentAssignment assignment,
            boolean opened,
            boolean hasModels) {
        Optional<ModelAgents> models;
        try {
            models = hasModels ? Optional.of(Remote.models(request, assignment, runId, local)) : Optional.empty();
        } catch (AgentFailureException e) {
            return new Agents(
                    failingSellers(e),
                    failing(e),
                    Optional.of((question, model, allowance) -> CompletableFuture.failedFuture(e)));
        }
        RoutedSellerAgents sellers = new RoutedSellerAgents(
                assignment,
                // Nothing of gRPC is loaded for a market without services.
                () -> request.sellerTarget().isPresent() ? Remote.sellers(request, runId) : local.sellers(),
                agent -> Remote.sellers(request, runId, agent));
        RoutedBuyerAgents buyers = new RoutedBuyerAgents(
                assignment,
                () -> request.buyerTarget().isPresent() ? Remote.buyers(request, runId) : local.buyers(),
                agent -> Remote.buyers(request, runId, agent));
        boolean needsSellers = assignment.leavesSellers(request.spec().market().sellers());
        boolean needsBuyers =
                !opened || assignment.leavesBuyers(request.spec().market().buyers());
        return connectOwn(sellers, needsSellers, buyers, needsBuyers, models);
    }

    private static Agents connectOwn(
            RoutedSellerAgents sellers,
            boolean needsSellers,
            RoutedBuyerAgents buyers,
            boolean needsBuyers,
            Optional<ModelAgents> models) {
        try {
            connectIf(needsSellers, sellers::own);
        } catch (AgentFailureException e) {
            return new Agents(failingSellers(e), failing(e), models);
        }
        try {
            connectIf(needsBuyers, buyers::own);
            return new Agents(sellers, buyers, models);
        } catch (AgentFailureException e) {
            // Buyers are asked first; the sellers stay only to say who they are.
            return new Agents(sellers, failing(e), models);
        }
    }

    /** The same, measured. */
    Agents watchedBy(RunInstruments instruments) {
        return new Agents(instruments.sellers(sellers), instruments.buyers(buyers), models.map(instruments::models));
    }

    private static void connectIf(boolean isNeeded, Supplier<? extends AutoCloseable> own) {
        if (isNeeded) {
            var unused = own.get();
        }
    }

    private static SellerAgents failingSellers(AgentFailureException failure) {
        return new SellerAgents() {
            @Override
            public void assign(AgentAssignment assignment) {
                // Whoever it is, nobody is asked.
            }

            @Override
            public PriceDecision decidePrice(PricingQuestion question) {
                throw failure;
            }
        };
    }

    private static BuyerAgents failing(AgentFailureException failure) {
        return new BuyerAgents() {
            @Override
            public void assign(AgentAssignment assignment) {
                // Whoever it is, nobody is asked.
            }

            @Override
            public Decider choose(ChoiceQuestion question, int[] choices) {
                throw failure;
            }
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

        static SellerAgents sellers(RunRequest request, String runId, AssignedAgent agent) {
            return GrpcSellerAgents.connect(
                    AgentAddress.parse(agent.address()), options(request, runId).withStrategy(agent.strategy()));
        }

        static BuyerAgents buyers(RunRequest request, String runId) {
            return GrpcBuyerAgents.connect(request.buyerTarget().orElseThrow(), options(request, runId));
        }

        static BuyerAgents buyers(RunRequest request, String runId, AssignedAgent agent) {
            return GrpcBuyerAgents.connect(
                    AgentAddress.parse(agent.address()), options(request, runId).withStrategy(agent.strategy()));
        }

        static ModelAgents models(RunRequest request, AgentAssignment assignment, String runId, LocalAgents local) {
            GrpcAgentOptions options =
                    GrpcAgentOptions.defaults().withRunId(runId).withConnectDeadline(request.connectDeadline());
            return RoutedModelAgents.connect(assignment.models(), options, local);
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
