package org.interregnum.seller.grpc;

import static org.interregnum.agent.BundledAgent.RULE;
import static org.interregnum.agent.BundledAgent.SELLER;
import static org.interregnum.agent.RequestRules.refused;
import static org.interregnum.agent.RequestRules.require;
import static org.interregnum.agent.RequestRules.requireAtLeast;
import static org.interregnum.agent.RequestRules.requireMarket;
import static org.interregnum.agent.RequestRules.requireStrategy;

import io.grpc.stub.StreamObserver;
import io.quarkus.grpc.GrpcService;
import org.interregnum.agent.BuildVersion;
import org.interregnum.agent.InvalidRequestException;
import org.interregnum.agent.v1.AgentDescription;
import org.interregnum.agent.v1.DecidePriceRequest;
import org.interregnum.agent.v1.DecidePriceResponse;
import org.interregnum.agent.v1.DecisionOutcome;
import org.interregnum.agent.v1.DescribeSellerAgentRequest;
import org.interregnum.agent.v1.DescribeSellerAgentResponse;
import org.interregnum.agent.v1.SellerAgentServiceGrpc;
import org.interregnum.seller.pricing.BestResponse;

/** The seller agent's contract over the best-response rule. The rule takes microseconds, so it runs where a call arrives. */
@GrpcService
final class SellerAgentEndpoint extends SellerAgentServiceGrpc.SellerAgentServiceImplBase {
    private static final DescribeSellerAgentResponse DESCRIPTION = DescribeSellerAgentResponse.newBuilder()
            .setAgent(AgentDescription.newBuilder()
                    .setName(SELLER.agentName())
                    .setVersion(BuildVersion.get())
                    .addStrategies(RULE))
            .build();

    private final ThreadLocal<Desk> desks = ThreadLocal.withInitial(Desk::new);

    @Override
    public void describeSellerAgent(
            DescribeSellerAgentRequest request, StreamObserver<DescribeSellerAgentResponse> answer) {
        answer.onNext(DESCRIPTION);
        answer.onCompleted();
    }

    @Override
    public void decidePrice(DecidePriceRequest request, StreamObserver<DecidePriceResponse> answer) {
        double price = desks.get().price(request);
        answer.onNext(DecidePriceResponse.newBuilder()
                .setPrice(price)
                .setOutcome(DecisionOutcome.DECISION_OUTCOME_RULE)
                .build());
        answer.onCompleted();
    }

    /** The rule and its working space, one a thread. */
    private static final class Desk {
        private final BestResponse rule = new BestResponse();
        private double[] premiums = new double[0];

        double price(DecidePriceRequest request) {
            requireStrategy(request.getStrategy());
            require(request.getStep() >= 1, "step", request.getStep(), "must be at least 1");
            requireMarket(request.hasMarket(), request.getMarket());
            int sellers = request.getMarket().getPricesCount();
            int seller = request.getSeller();
            require(seller >= 0 && seller < sellers, "seller", seller, "must be one of the sellers of the market");
            requireAtLeast(0, "unit_cost", request.getUnitCost());
            double costCap = request.getCostCap();
            require(costCap >= 0 && costCap <= 1, "cost_cap", costCap, "must be from 0 to 1");
            double noise = request.getPriceNoise();
            require(Double.isFinite(noise), "price_noise", noise, "must be finite");

            int seen = request.getPricePremiumsCount();
            if (premiums.length < seen) {
                premiums = new double[seen];
            }
            for (int index = 0; index < seen; index++) {
                double premium = request.getPricePremiums(index);
                if (!Double.isFinite(premium)) {
                    throw refused("price_premiums", index, premium, "must be finite");
                }
                premiums[index] = premium;
            }
            double price = rule.price(
                    premiums, seen, request.getMarket().getPrices(seller), request.getUnitCost(), costCap, noise);
            if (!Double.isFinite(price)) {
                throw new InvalidRequestException("the numbers are so large that the price overflows");
            }
            return price;
        }
    }
}
