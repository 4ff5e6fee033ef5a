package org.interregnum.buyer.grpc;

import static org.interregnum.agent.BundledAgent.BUYER;
import static org.interregnum.agent.BundledAgent.RULE;
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
import org.interregnum.agent.v1.BuyerAgentServiceGrpc;
import org.interregnum.agent.v1.ChooseSellersRequest;
import org.interregnum.agent.v1.ChooseSellersResponse;
import org.interregnum.agent.v1.DecisionOutcome;
import org.interregnum.agent.v1.DescribeBuyerAgentRequest;
import org.interregnum.agent.v1.DescribeBuyerAgentResponse;
import org.interregnum.agent.v1.MarketView;
import org.interregnum.buyer.choice.UtilityMaximisation;

/** The buyer agent's contract over the utility rule. The rule takes microseconds, so it runs where a call arrives. */
@GrpcService
final class BuyerAgentEndpoint extends BuyerAgentServiceGrpc.BuyerAgentServiceImplBase {
    private static final DescribeBuyerAgentResponse DESCRIPTION = DescribeBuyerAgentResponse.newBuilder()
            .setAgent(AgentDescription.newBuilder()
                    .setName(BUYER.agentName())
                    .setVersion(BuildVersion.get())
                    .addStrategies(RULE))
            .build();

    private final ThreadLocal<Hall> halls = ThreadLocal.withInitial(Hall::new);

    @Override
    public void describeBuyerAgent(
            DescribeBuyerAgentRequest request, StreamObserver<DescribeBuyerAgentResponse> answer) {
        answer.onNext(DESCRIPTION);
        answer.onCompleted();
    }

    @Override
    public void chooseSellers(ChooseSellersRequest request, StreamObserver<ChooseSellersResponse> answer) {
        answer.onNext(halls.get().choose(request));
        answer.onCompleted();
    }

    /** Working space of the rule, one a thread. */
    private static final class Hall {
        private int[] positions = new int[0];
        private int[] choices = new int[0];
        private double[][] columns = new double[0][];

        ChooseSellersResponse choose(ChooseSellersRequest request) {
            requireStrategy(request.getStrategy());
            require(request.getStep() >= 0, "step", request.getStep(), "must be at least 0");
            requireMarket(request.hasMarket(), request.getMarket());
            requireAtLeast(0, "network_effect", request.getNetworkEffect());
            requireBuyers(request);
            MarketView market = request.getMarket();
            int buyers = request.getBuyersCount();
            int sellers = market.getPricesCount();
            makeRoom(buyers, sellers);
            readPreferences(request, buyers, sellers);

            double[] shares = new double[sellers];
            double[] prices = new double[sellers];
            for (int seller = 0; seller < sellers; seller++) {
                shares[seller] = market.getShares(seller);
                prices[seller] = market.getPrices(seller);
            }
            UtilityMaximisation.choose(columns, positions, buyers, request.getNetworkEffect(), shares, prices, choices);

            ChooseSellersResponse.Builder response = ChooseSellersResponse.newBuilder();
            for (int index = 0; index < buyers; index++) {
                response.addChoices(choices[index]);
            }
            return response.setOutcome(DecisionOutcome.DECISION_OUTCOME_RULE).build();
        }

        private static void requireBuyers(ChooseSellersRequest request) {
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
                    request.getPreferencesCount() == wanted,
                    "the number of preferences",
                    request.getPreferencesCount(),
                    "must be buyers times sellers, " + wanted);
        }

        private void makeRoom(int buyers, int sellers) {
            if (choices.length < buyers) {
                choices = new int[buyers];
                positions = new int[buyers];
                for (int index = 0; index < buyers; index++) {
                    positions[index] = index;
                }
            }
            if (columns.length != sellers || columns[0].length < buyers) {
                columns = new double[sellers][buyers];
            }
        }

        private void readPreferences(ChooseSellersRequest request, int buyers, int sellers) {
            int at = 0;
            for (int seller = 0; seller < sellers; seller++) {
                double[] column = columns[seller];
                for (int index = 0; index < buyers; index++) {
                    double preference = request.getPreferences(at);
                    if (!Double.isFinite(preference)) {
                        throw refused("preferences", at, preference, "must be finite");
                    }
                    column[index] = preference;
                    at++;
                }
            }
        }
    }
}
