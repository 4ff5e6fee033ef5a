package org.interregnum.standalone.cli;

import io.grpc.Server;
import io.grpc.netty.NettyServerBuilder;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.net.InetSocketAddress;
import org.interregnum.agent.v1.AgentDescription;
import org.interregnum.agent.v1.BuyerAgentServiceGrpc;
import org.interregnum.agent.v1.ChooseSellersRequest;
import org.interregnum.agent.v1.ChooseSellersResponse;
import org.interregnum.agent.v1.DecisionOutcome;
import org.interregnum.agent.v1.DescribeBuyerAgentRequest;
import org.interregnum.agent.v1.DescribeBuyerAgentResponse;
import org.interregnum.agent.v1.DescribeSellerAgentRequest;
import org.interregnum.agent.v1.DescribeSellerAgentResponse;
import org.interregnum.agent.v1.SellerAgentServiceGrpc;

/** Both agents on one port of this machine; all buyers buy nothing, as a model decided, and no price is decided. */
final class FakeAgents implements AutoCloseable {
    private static final AgentDescription DESCRIPTION = AgentDescription.newBuilder()
            .setName("fake")
            .setVersion("7")
            .addStrategies("whim")
            .build();

    private final Server server;

    FakeAgents() throws IOException {
        server = NettyServerBuilder.forAddress(new InetSocketAddress("127.0.0.1", 0))
                .addService(new Sellers())
                .addService(new Buyers())
                .build()
                .start();
    }

    String address() {
        return "127.0.0.1:" + server.getPort();
    }

    @Override
    public void close() {
        server.shutdownNow();
    }

    private static <A> void answer(StreamObserver<A> observer, A answer) {
        observer.onNext(answer);
        observer.onCompleted();
    }

    private static final class Sellers extends SellerAgentServiceGrpc.SellerAgentServiceImplBase {
        @Override
        public void describeSellerAgent(
                DescribeSellerAgentRequest request, StreamObserver<DescribeSellerAgentResponse> observer) {
            answer(
                    observer,
                    DescribeSellerAgentResponse.newBuilder()
                            .setAgent(DESCRIPTION)
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
                    ChooseSellersResponse.newBuilder().setOutcome(DecisionOutcome.DECISION_OUTCOME_MODEL);
            request.getBuyersList().forEach(buyer -> choices.addChoices(-1));
            answer(observer, choices.build());
        }
    }
}
