package org.interregnum.standalone.service;

import io.grpc.Server;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.netty.NettyServerBuilder;
import io.grpc.protobuf.services.HealthStatusManager;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.net.InetSocketAddress;
import org.interregnum.agent.v1.AgentDescription;
import org.interregnum.agent.v1.BuyerAgentServiceGrpc;
import org.interregnum.agent.v1.ChooseSellersRequest;
import org.interregnum.agent.v1.ChooseSellersResponse;
import org.interregnum.agent.v1.DecidePriceRequest;
import org.interregnum.agent.v1.DecidePriceResponse;
import org.interregnum.agent.v1.DecisionOutcome;
import org.interregnum.agent.v1.DescribeBuyerAgentRequest;
import org.interregnum.agent.v1.DescribeBuyerAgentResponse;
import org.interregnum.agent.v1.DescribeSellerAgentRequest;
import org.interregnum.agent.v1.DescribeSellerAgentResponse;
import org.interregnum.agent.v1.SellerAgentServiceGrpc;

/**
 * Agents on one port of this machine that look well and are not: sellers ask for a price that is none from a step on, buyers
 * answer for one buyer too few.
 */
final class StrangeAgents implements AutoCloseable {
    private static final AgentDescription DESCRIPTION = AgentDescription.newBuilder()
            .setName("strange")
            .setVersion("7")
            .addStrategies("whim")
            .build();

    private final Server server;
    private final HealthStatusManager health = new HealthStatusManager();
    private volatile long sound;

    StrangeAgents() throws IOException {
        server = NettyServerBuilder.forAddress(new InetSocketAddress("127.0.0.1", 0))
                .addService(new Sellers())
                .addService(new Buyers())
                .addService(health.getHealthService())
                .build()
                .start();
    }

    String address() {
        return "127.0.0.1:" + server.getPort();
    }

    /** What it says of its health from now on. */
    void say(ServingStatus status) {
        health.setStatus(HealthStatusManager.SERVICE_NAME_ALL_SERVICES, status);
    }

    /** Lets sellers decide so many more prices as the unit cost. */
    void decide(long prices) {
        sound = prices;
    }

    @Override
    public void close() {
        server.shutdownNow();
    }

    private static <A> void answer(StreamObserver<A> observer, A answer) {
        observer.onNext(answer);
        observer.onCompleted();
    }

    private final class Sellers extends SellerAgentServiceGrpc.SellerAgentServiceImplBase {
        @Override
        public void describeSellerAgent(
                DescribeSellerAgentRequest request, StreamObserver<DescribeSellerAgentResponse> observer) {
            answer(
                    observer,
                    DescribeSellerAgentResponse.newBuilder()
                            .setAgent(DESCRIPTION)
                            .build());
        }

        @Override
        public void decidePrice(DecidePriceRequest request, StreamObserver<DecidePriceResponse> observer) {
            double price = sound-- > 0 ? request.getUnitCost() : Double.NaN;
            answer(
                    observer,
                    DecidePriceResponse.newBuilder()
                            .setPrice(price)
                            .setOutcome(DecisionOutcome.DECISION_OUTCOME_RULE)
                            .build());
        }
    }

    private static final class Buyers extends BuyerAgentServiceGrpc.BuyerAgentServiceImplBase {
        @Override
        public void describeBuyerAgent(
                DescribeBuyerAgentRequest request, StreamObserver<DescribeBuyerAgentResponse> observer) {
            answer(
                    observer,
                    DescribeBuyerAgentResponse.newBuilder()
                            .setAgent(DESCRIPTION)
                            .build());
        }

        @Override
        public void chooseSellers(ChooseSellersRequest request, StreamObserver<ChooseSellersResponse> observer) {
            ChooseSellersResponse.Builder choices =
                    ChooseSellersResponse.newBuilder().setOutcome(DecisionOutcome.DECISION_OUTCOME_RULE);
            request.getBuyersList().stream().skip(1).forEach(buyer -> choices.addChoices(-1));
            answer(observer, choices.build());
        }
    }
}
