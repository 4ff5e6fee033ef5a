package org.interregnum.seller.grpc;

import static io.grpc.stub.ServerCalls.asyncUnaryCall;
import static org.interregnum.agent.BundledAgent.MODEL;
import static org.interregnum.agent.BundledAgent.RULE;
import static org.interregnum.agent.BundledAgent.SELLER;
import static org.interregnum.agent.RequestRules.require;
import static org.interregnum.agent.RequestRules.requireAtLeast;
import static org.interregnum.agent.RequestRules.requireFinite;
import static org.interregnum.agent.RequestRules.requireMarket;
import static org.interregnum.agent.RequestRules.requireStrategy;

import io.grpc.BindableService;
import io.grpc.ServerServiceDefinition;
import io.grpc.ServiceDescriptor;
import io.grpc.stub.StreamObserver;
import io.quarkus.grpc.GrpcService;
import jakarta.enterprise.inject.Instance;
import java.util.List;
import org.interregnum.agent.BuildVersion;
import org.interregnum.agent.InvalidRequestException;
import org.interregnum.agent.PackedRequest;
import org.interregnum.agent.v1.AgentDescription;
import org.interregnum.agent.v1.DecidePriceRequest;
import org.interregnum.agent.v1.DecidePriceResponse;
import org.interregnum.agent.v1.DecisionOutcome;
import org.interregnum.agent.v1.DescribeSellerAgentRequest;
import org.interregnum.agent.v1.DescribeSellerAgentResponse;
import org.interregnum.agent.v1.SellerAgentServiceGrpc;
import org.interregnum.seller.pricing.BestResponse;

/**
 * The seller agent's contract. The best-response rule takes microseconds, so it runs where a call arrives; a model is asked
 * elsewhere.
 */
@GrpcService
final class SellerAgentEndpoint implements BindableService {
    private static final List<String> STRATEGIES = List.of(RULE, MODEL);

    private static final DescribeSellerAgentResponse DESCRIPTION = DescribeSellerAgentResponse.newBuilder()
            .setAgent(AgentDescription.newBuilder()
                    .setName(SELLER.agentName())
                    .setVersion(BuildVersion.get())
                    .addAllStrategies(STRATEGIES))
            .build();

    private final Instance<ModelPricing> models;

    // The rule keeps working space and belongs to one thread.
    private final ThreadLocal<BestResponse> rules = ThreadLocal.withInitial(BestResponse::new);

    // Most agents are never asked for a model, and what that takes is not made until one is.
    SellerAgentEndpoint(Instance<ModelPricing> models) {
        this.models = models;
    }

    @Override
    public ServerServiceDefinition bindService() {
        ServiceDescriptor contract = SellerAgentServiceGrpc.getServiceDescriptor();
        ServiceDescriptor service = ServiceDescriptor.newBuilder(contract.getName())
                .setSchemaDescriptor(contract.getSchemaDescriptor())
                .addMethod(SellerAgentServiceGrpc.getDescribeSellerAgentMethod())
                .addMethod(PackedRequest.DECIDE_PRICE)
                .build();
        return ServerServiceDefinition.builder(service)
                .addMethod(SellerAgentServiceGrpc.getDescribeSellerAgentMethod(), asyncUnaryCall(this::describe))
                .addMethod(PackedRequest.DECIDE_PRICE, asyncUnaryCall(this::decidePrice))
                .build();
    }

    private void describe(DescribeSellerAgentRequest request, StreamObserver<DescribeSellerAgentResponse> answer) {
        if (request.hasModel()) {
            models.get().require(request.getModel());
        }
        answer.onNext(DESCRIPTION);
        answer.onCompleted();
    }

    private void decidePrice(PackedRequest<DecidePriceRequest> request, StreamObserver<DecidePriceResponse> answer) {
        requireSituation(request.head(), request.values());
        if (request.head().getStrategy().equals(MODEL)) {
            models.get().decide(request.head(), request.values(), answer);
            return;
        }
        answer.onNext(DecidePriceResponse.newBuilder()
                .setPrice(price(request.head(), request.values()))
                .setOutcome(DecisionOutcome.DECISION_OUTCOME_RULE)
                .build());
        answer.onCompleted();
    }

    private static void requireSituation(DecidePriceRequest request, double[] premiums) {
        requireStrategy(request.getStrategy(), STRATEGIES);
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
        requireFinite("price_premiums", premiums);
    }

    private double price(DecidePriceRequest request, double[] premiums) {
        double price = rules.get()
                .price(
                        premiums,
                        premiums.length,
                        request.getMarket().getPrices(request.getSeller()),
                        request.getUnitCost(),
                        request.getCostCap(),
                        request.getPriceNoise());
        if (!Double.isFinite(price)) {
            throw new InvalidRequestException("the numbers are so large that the price overflows");
        }
        return price;
    }
}
