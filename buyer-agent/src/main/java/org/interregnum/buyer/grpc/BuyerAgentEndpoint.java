package org.interregnum.buyer.grpc;

import static io.grpc.stub.ServerCalls.asyncUnaryCall;
import static org.interregnum.agent.BundledAgent.BUYER;
import static org.interregnum.agent.BundledAgent.MODEL;
import static org.interregnum.agent.BundledAgent.RULE;
import static org.interregnum.agent.RequestRules.refused;
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
import java.util.Arrays;
import java.util.List;
import org.interregnum.agent.BuildVersion;
import org.interregnum.agent.InvalidRequestException;
import org.interregnum.agent.PackedRequest;
import org.interregnum.agent.v1.AgentDescription;
import org.interregnum.agent.v1.BuyerAgentServiceGrpc;
import org.interregnum.agent.v1.ChooseSellerRequest;
import org.interregnum.agent.v1.ChooseSellerResponse;
import org.interregnum.agent.v1.ChooseSellersRequest;
import org.interregnum.agent.v1.ChooseSellersResponse;
import org.interregnum.agent.v1.DecisionOutcome;
import org.interregnum.agent.v1.DescribeBuyerAgentRequest;
import org.interregnum.agent.v1.DescribeBuyerAgentResponse;
import org.interregnum.agent.v1.MarketView;
import org.interregnum.agent.v1.UpdateImpressionRequest;
import org.interregnum.agent.v1.UpdateImpressionResponse;
import org.interregnum.buyer.choice.UtilityMaximisation;

/**
 * The buyer agent's contract. The utility rule takes microseconds, so it runs where a call arrives; a model is asked
 * elsewhere.
 */
@GrpcService
final class BuyerAgentEndpoint implements BindableService {
    private static final DescribeBuyerAgentResponse DESCRIPTION = DescribeBuyerAgentResponse.newBuilder()
            .setAgent(AgentDescription.newBuilder()
                    .setName(BUYER.agentName())
                    .setVersion(BuildVersion.get())
                    .addStrategies(RULE)
                    .addStrategies(MODEL))
            .build();

    private final Instance<ModelBuying> models;

    // Most agents are never asked for a model, and what that takes is not made until one is.
    BuyerAgentEndpoint(Instance<ModelBuying> models) {
        this.models = models;
    }

    @Override
    public ServerServiceDefinition bindService() {
        ServiceDescriptor contract = BuyerAgentServiceGrpc.getServiceDescriptor();
        ServiceDescriptor service = ServiceDescriptor.newBuilder(contract.getName())
                .setSchemaDescriptor(contract.getSchemaDescriptor())
                .addMethod(BuyerAgentServiceGrpc.getDescribeBuyerAgentMethod())
                .addMethod(BuyerAgentServiceGrpc.getUpdateImpressionMethod())
                .addMethod(BuyerAgentServiceGrpc.getChooseSellerMethod())
                .addMethod(PackedRequest.CHOOSE_SELLERS)
                .build();
        return ServerServiceDefinition.builder(service)
                .addMethod(BuyerAgentServiceGrpc.getDescribeBuyerAgentMethod(), asyncUnaryCall(this::describe))
                .addMethod(BuyerAgentServiceGrpc.getUpdateImpressionMethod(), asyncUnaryCall(this::updateImpression))
                .addMethod(BuyerAgentServiceGrpc.getChooseSellerMethod(), asyncUnaryCall(this::chooseSeller))
                .addMethod(PackedRequest.CHOOSE_SELLERS, asyncUnaryCall(this::chooseSellers))
                .build();
    }

    private void describe(DescribeBuyerAgentRequest request, StreamObserver<DescribeBuyerAgentResponse> answer) {
        if (request.hasModel()) {
            models.get().require(request.getModel());
        }
        answer.onNext(DESCRIPTION);
        answer.onCompleted();
    }

    private void updateImpression(UpdateImpressionRequest request, StreamObserver<UpdateImpressionResponse> answer) {
        models.get().updateImpression(request, answer);
    }

    private void chooseSeller(ChooseSellerRequest request, StreamObserver<ChooseSellerResponse> answer) {
        models.get().chooseSeller(request, answer);
    }

    private void chooseSellers(
            PackedRequest<ChooseSellersRequest> request, StreamObserver<ChooseSellersResponse> answer) {
        int[] choices = choose(request.head(), request.values());
        ChooseSellersResponse.Builder response = ChooseSellersResponse.newBuilder();
        for (int choice : choices) {
            response.addChoices(choice);
        }
        answer.onNext(response.setOutcome(DecisionOutcome.DECISION_OUTCOME_RULE).build());
        answer.onCompleted();
    }

    private static int[] choose(ChooseSellersRequest request, double[] preferences) {
        requireStrategy(request.getStrategy(), List.of(RULE));
        require(request.getStep() >= 0, "step", request.getStep(), "must be at least 0");
        requireMarket(request.hasMarket(), request.getMarket());
        requireAtLeast(0, "network_effect", request.getNetworkEffect());
        MarketView market = request.getMarket();
        int buyers = request.getBuyersCount();
        int sellers = market.getPricesCount();
        requireBuyers(request, preferences.length);
        requireFinite("preferences", preferences);

        double[][] columns = new double[sellers][];
        double[] shares = new double[sellers];
        double[] prices = new double[sellers];
        for (int seller = 0; seller < sellers; seller++) {
            columns[seller] = Arrays.copyOfRange(preferences, seller * buyers, (seller + 1) * buyers);
            shares[seller] = market.getShares(seller);
            prices[seller] = market.getPrices(seller);
        }
        int[] positions = new int[buyers];
        Arrays.setAll(positions, index -> index);
        int[] choices = new int[buyers];
        UtilityMaximisation.choose(columns, positions, buyers, request.getNetworkEffect(), shares, prices, choices);
        return choices;
    }

    private static void requireBuyers(ChooseSellersRequest request, int preferences) {
        int buyers = request.getBuyersCount();
        if (buyers == 0) {
            throw new InvalidRequestException("buyers is empty; it must have at least one element");
        }
        for (int index = 1; index < buyers; index++) {
            if (Integer.compareUnsigned(request.getBuyers(index - 1), request.getBuyers(index)) >= 0) {
                throw refused(
                        "buyers",
                        index,
                        Integer.toUnsignedString(request.getBuyers(index)),
                        "must be above the one before it");
            }
        }
        long wanted = (long) buyers * request.getMarket().getPricesCount();
        require(
                preferences == wanted,
                "the number of preferences",
                preferences,
                "must be buyers times sellers, " + wanted);
    }
}
