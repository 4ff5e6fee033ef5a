package org.interregnum.orchestrator.adapter.grpc;

import java.util.Arrays;
import java.util.Optional;
import org.interregnum.agent.BundledAgent;
import org.interregnum.agent.PackedRequest;
import org.interregnum.agent.v1.DecidePriceRequest;
import org.interregnum.agent.v1.DecidePriceResponse;
import org.interregnum.agent.v1.MarketView;
import org.interregnum.orchestrator.adapter.grpc.AgentClient.Answered;
import org.interregnum.orchestrator.agent.AgentAddress;
import org.interregnum.orchestrator.agent.AgentFailureException;
import org.interregnum.orchestrator.agent.AgentProfile;
import org.interregnum.orchestrator.agent.DecisionOutcome;
import org.interregnum.orchestrator.agent.PriceDecision;
import org.interregnum.orchestrator.agent.PricingQuestion;
import org.interregnum.orchestrator.agent.SellerAgents;
import org.interregnum.orchestrator.model.PricePremiums;

/** Sellers whose prices an agent service decides, asked over gRPC. Belongs to one run, hence to one thread. */
public final class GrpcSellerAgents implements SellerAgents {
    private final AgentClient client;
    private final GrpcAgentOptions options;

    private GrpcSellerAgents(AgentClient client, GrpcAgentOptions options) {
        this.client = client;
        this.options = options;
    }

    /**
     * Connects to an agent and learns who it is.
     *
     * @throws AgentFailureException when nothing listens there, or no seller agent
     */
    public static GrpcSellerAgents connect(AgentAddress address, GrpcAgentOptions options) {
        AgentClient client = new AgentClient(BundledAgent.SELLER, address, options.strategy());
        try {
            client.connect(options.connectDeadline());
            return new GrpcSellerAgents(client, options);
        } catch (AgentFailureException e) {
            client.close();
            throw e;
        }
    }

    @Override
    public PriceDecision decidePrice(PricingQuestion question) {
        String subject = AgentWords.subject(question.step());
        Answered<DecidePriceResponse> answered =
                client.ask(PackedRequest.DECIDE_PRICE, encode(question), subject, options.deadline());
        DecidePriceResponse response = answered.answer();
        double price = AnswerRules.price(response.getPrice(), subject, client.words());
        DecisionOutcome outcome = AgentIdentity.outcome(response.getOutcome(), subject, client.words());
        return new PriceDecision(price, answered.by().decider(outcome, response.getReason()));
    }

    private PackedRequest<DecidePriceRequest> encode(PricingQuestion question) {
        DecidePriceRequest head = DecidePriceRequest.newBuilder()
                .setRunId(options.runId())
                .setStep(question.step())
                .setSeller(question.seller())
                .setMarket(view(question.prices(), question.shares()))
                .setUnitCost(question.unitCost())
                .setCostCap(question.costCap())
                .setPriceNoise(question.priceNoise())
                .setStrategy(options.strategy())
                .build();
        PricePremiums premiums = question.premiums();
        return new PackedRequest<>(head, Arrays.copyOf(premiums.values(), premiums.count()));
    }

    static MarketView view(double[] prices, double[] shares) {
        MarketView.Builder view = MarketView.newBuilder();
        for (int seller = 0; seller < prices.length; seller++) {
            view.addPrices(prices[seller]).addShares(shares[seller]);
        }
        return view.build();
    }

    @Override
    public Optional<AgentProfile> profile() {
        return Optional.of(client.latest().profile());
    }

    @Override
    public void close() {
        client.close();
    }
}
