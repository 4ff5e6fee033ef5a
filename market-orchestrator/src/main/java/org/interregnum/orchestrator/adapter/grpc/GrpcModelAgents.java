package org.interregnum.orchestrator.adapter.grpc;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.interregnum.agent.BundledAgent;
import org.interregnum.agent.PackedRequest;
import org.interregnum.agent.v1.BuyerAgentServiceGrpc;
import org.interregnum.agent.v1.ModelOptions;
import org.interregnum.orchestrator.agent.AgentAddress;
import org.interregnum.orchestrator.agent.AgentFailureException;
import org.interregnum.orchestrator.agent.Allowance;
import org.interregnum.orchestrator.agent.ModelAgents;
import org.interregnum.orchestrator.agent.ModelAnswer;
import org.interregnum.orchestrator.agent.ModelQuestion;
import org.interregnum.orchestrator.agent.ModelSettings;

/**
 * Models that agent services ask, over gRPC: prices by way of a seller agent, what buyers decide by way of a buyer agent.
 * May be used by several threads. Answers arrive in one thread of its own; what depends on one must not wait there for
 * another.
 *
 * <p>A question is repeated while its agent is away. What the agent had spent on it by then is known to nobody. So for each
 * time that it was sent and not answered, a limited allowance counts as spent in full: the answer's report charges its tokens
 * and money, and counts its calls as lost; the report's list of calls has those that are known.
 */
public final class GrpcModelAgents implements ModelAgents {
    private static final long IDLE_SECONDS = 5;

    private final GrpcAgentOptions options;
    private final Optional<ModelAgentConnection> sellers;
    private final Optional<ModelAgentConnection> buyers;

    private GrpcModelAgents(
            GrpcAgentOptions options, Optional<ModelAgentConnection> sellers, Optional<ModelAgentConnection> buyers) {
        this.options = options;
        this.sellers = sellers;
        this.buyers = buyers;
    }

    /**
     * Connects to agents and learns who they are.
     *
     * @param sellers where prices are decided; empty when no seller is a model
     * @param buyers where buyers decide; empty when no buyer is a model
     * @param options identifier of the run and deadlines of the question who an agent is; the strategy is always
     *     {@code llm}, and a decision brings its own deadline
     * @throws AgentFailureException when nothing listens there, or an agent that asks no models
     */
    public static GrpcModelAgents connect(
            Optional<AgentAddress> sellers, Optional<AgentAddress> buyers, GrpcAgentOptions options) {
        return connect(sellers, buyers, options, Patience.DEFAULT);
    }

    static GrpcModelAgents connect(
            Optional<AgentAddress> sellers,
            Optional<AgentAddress> buyers,
            GrpcAgentOptions options,
            Patience patience) {
        ScheduledThreadPoolExecutor executor = executor();
        Optional<ModelAgentConnection> ofSellers = sellers.map(
                address -> ModelAgentConnection.open(BundledAgent.SELLER, address, options, patience, executor));
        try {
            Optional<ModelAgentConnection> ofBuyers = buyers.map(
                    address -> ModelAgentConnection.open(BundledAgent.BUYER, address, options, patience, executor));
            return new GrpcModelAgents(options, ofSellers, ofBuyers);
        } catch (AgentFailureException e) {
            ofSellers.ifPresent(ModelAgentConnection::close);
            throw e;
        }
    }

    /** Its thread ends by itself, since the last answers arrive after the connections were given back. */
    private static ScheduledThreadPoolExecutor executor() {
        ScheduledThreadPoolExecutor executor = new ScheduledThreadPoolExecutor(1, task -> {
            Thread thread = new Thread(task, "model-answers");
            thread.setDaemon(true);
            return thread;
        });
        executor.setKeepAliveTime(IDLE_SECONDS, TimeUnit.SECONDS);
        executor.allowCoreThreadTimeOut(true);
        return executor;
    }

    @Override
    public CompletableFuture<ModelAnswer> ask(ModelQuestion question, ModelSettings model, Allowance allowance) {
        boolean ofSeller = question instanceof ModelQuestion.Price;
        Optional<ModelAgentConnection> connection = ofSeller ? sellers : buyers;
        if (connection.isEmpty()) {
            return CompletableFuture.failedFuture(new AgentFailureException(
                    "there is no agent to ask models for " + (ofSeller ? "sellers" : "buyers")));
        }
        return ask(connection.get(), question, model, allowance);
    }

    private CompletableFuture<ModelAnswer> ask(
            ModelAgentConnection agent, ModelQuestion question, ModelSettings model, Allowance allowance) {
        ModelOptions settings = ModelQuestionMessages.options(model, allowance);
        ModelAnswerReader reader = new ModelAnswerReader(question, agent.words());
        String run = options.runId();
        if (question instanceof ModelQuestion.Price price) {
            return agent.ask(
                    PackedRequest.DECIDE_PRICE,
                    ModelQuestionMessages.price(run, price, settings),
                    question.step(),
                    model.deadline(),
                    allowance,
                    reader::price);
        }
        if (question instanceof ModelQuestion.OfImpression impression) {
            return agent.ask(
                    BuyerAgentServiceGrpc.getUpdateImpressionMethod(),
                    ModelQuestionMessages.impression(run, impression, settings),
                    question.step(),
                    model.deadline(),
                    allowance,
                    reader::impression);
        }
        return agent.ask(
                BuyerAgentServiceGrpc.getChooseSellerMethod(),
                ModelQuestionMessages.choice(run, (ModelQuestion.Choice) question, settings),
                question.step(),
                model.deadline(),
                allowance,
                reader::choice);
    }

    @Override
    public void close() {
        sellers.ifPresent(ModelAgentConnection::close);
        buyers.ifPresent(ModelAgentConnection::close);
    }
}
