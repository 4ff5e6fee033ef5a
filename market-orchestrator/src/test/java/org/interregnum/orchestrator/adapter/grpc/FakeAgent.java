package org.interregnum.orchestrator.adapter.grpc;

import io.grpc.BindableService;
import io.grpc.Server;
import io.grpc.Status;
import io.grpc.netty.NettyServerBuilder;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;
import org.interregnum.agent.v1.AgentDescription;
import org.interregnum.agent.v1.BuyerAgentServiceGrpc;
import org.interregnum.agent.v1.ChooseSellerRequest;
import org.interregnum.agent.v1.ChooseSellerResponse;
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
import org.interregnum.agent.v1.UpdateImpressionRequest;
import org.interregnum.agent.v1.UpdateImpressionResponse;
import org.interregnum.orchestrator.agent.AgentAddress;

/** Agents behind a real socket that answer what a test wants; sound unless told otherwise. */
final class FakeAgent implements AutoCloseable {
    volatile AgentDescription description = AgentDescription.newBuilder()
            .setName("fake")
            .setVersion("7")
            .addStrategies("rule")
            .addStrategies("whim")
            .addStrategies("llm")
            .build();
    BiConsumer<DecidePriceRequest, StreamObserver<DecidePriceResponse>> pricing = answeringPrice(1.5);
    BiConsumer<ChooseSellersRequest, StreamObserver<ChooseSellersResponse>> choosing = FakeAgent::chooseByNumber;

    BiConsumer<UpdateImpressionRequest, StreamObserver<UpdateImpressionResponse>> impressing =
            (request, answer) -> answer.onError(Status.UNIMPLEMENTED.asRuntimeException());
    BiConsumer<ChooseSellerRequest, StreamObserver<ChooseSellerResponse>> choosingOne =
            (request, answer) -> answer.onError(Status.UNIMPLEMENTED.asRuntimeException());

    /** Whether it does not even say who it is. */
    volatile boolean isSilent;

    final AtomicInteger descriptions = new AtomicInteger();
    final ConcurrentLinkedQueue<DecidePriceRequest> priceRequests = new ConcurrentLinkedQueue<>();
    final ConcurrentLinkedQueue<ChooseSellersRequest> choiceRequests = new ConcurrentLinkedQueue<>();

    final ConcurrentLinkedQueue<UpdateImpressionRequest> impressionRequests = new ConcurrentLinkedQueue<>();
    final ConcurrentLinkedQueue<ChooseSellerRequest> oneChoiceRequests = new ConcurrentLinkedQueue<>();

    private final Server server;
    private final int port;

    FakeAgent() {
        this(0);
    }

    FakeAgent(int port) {
        this("127.0.0.1", port);
    }

    FakeAgent(String host, int port) {
        server = serve(host, port, new Sellers(), new Buyers());
        this.port = server.getPort();
    }

    /** From now on it says that it is of this version. */
    void becomeVersion(String version) {
        description = description.toBuilder().setVersion(version).build();
    }

    static Server serve(int port, BindableService... services) {
        return serve("127.0.0.1", port, services);
    }

    private static Server serve(String host, int port, BindableService... services) {
        NettyServerBuilder builder = NettyServerBuilder.forAddress(new InetSocketAddress(host, port));
        for (BindableService service : services) {
            builder.addService(service);
        }
        try {
            return builder.build().start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Where it listens, or listened. */
    int port() {
        return port;
    }

    AgentAddress address() {
        return new AgentAddress("127.0.0.1", port);
    }

    static BiConsumer<DecidePriceRequest, StreamObserver<DecidePriceResponse>> answeringPrice(double price) {
        return (request, answer) -> {
            answer.onNext(DecidePriceResponse.newBuilder()
                    .setPrice(price)
                    .setOutcome(DecisionOutcome.DECISION_OUTCOME_RULE)
                    .build());
            answer.onCompleted();
        };
    }

    /** Fails so many times with a status before it behaves. */
    static <Q, A> BiConsumer<Q, StreamObserver<A>> failing(
            int times, Status status, BiConsumer<Q, StreamObserver<A>> afterwards) {
        AtomicInteger calls = new AtomicInteger();
        return (request, answer) -> {
            if (calls.incrementAndGet() <= times) {
                answer.onError(status.asRuntimeException());
            } else {
                afterwards.accept(request, answer);
            }
        };
    }

    /** Each buyer takes the seller that its number gives, so that a misplaced answer shows. */
    static void chooseByNumber(ChooseSellersRequest request, StreamObserver<ChooseSellersResponse> answer) {
        ChooseSellersResponse.Builder response = ChooseSellersResponse.newBuilder();
        int sellers = request.getMarket().getPricesCount();
        for (int buyer : request.getBuyersList()) {
            response.addChoices(choiceOf(buyer, sellers));
        }
        answer.onNext(response.setOutcome(DecisionOutcome.DECISION_OUTCOME_RULE).build());
        answer.onCompleted();
    }

    static int choiceOf(int buyer, int sellers) {
        return buyer % (sellers + 1) - 1;
    }

    @Override
    public void close() {
        server.shutdownNow();
        try {
            server.awaitTermination();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private final class Sellers extends SellerAgentServiceGrpc.SellerAgentServiceImplBase {
        @Override
        public void describeSellerAgent(
                DescribeSellerAgentRequest request, StreamObserver<DescribeSellerAgentResponse> answer) {
            descriptions.incrementAndGet();
            if (isSilent) {
                return;
            }
            answer.onNext(DescribeSellerAgentResponse.newBuilder()
                    .setAgent(description)
                    .build());
            answer.onCompleted();
        }

        @Override
        public void decidePrice(DecidePriceRequest request, StreamObserver<DecidePriceResponse> answer) {
            priceRequests.add(request);
            pricing.accept(request, answer);
        }
    }

    private final class Buyers extends BuyerAgentServiceGrpc.BuyerAgentServiceImplBase {
        @Override
        public void describeBuyerAgent(
                DescribeBuyerAgentRequest request, StreamObserver<DescribeBuyerAgentResponse> answer) {
            descriptions.incrementAndGet();
            if (isSilent) {
                return;
            }
            answer.onNext(DescribeBuyerAgentResponse.newBuilder()
                    .setAgent(description)
                    .build());
            answer.onCompleted();
        }

        @Override
        public void chooseSellers(ChooseSellersRequest request, StreamObserver<ChooseSellersResponse> answer) {
            choiceRequests.add(request);
            choosing.accept(request, answer);
        }

        @Override
        public void updateImpression(UpdateImpressionRequest request, StreamObserver<UpdateImpressionResponse> answer) {
            impressionRequests.add(request);
            impressing.accept(request, answer);
        }

        @Override
        public void chooseSeller(ChooseSellerRequest request, StreamObserver<ChooseSellerResponse> answer) {
            oneChoiceRequests.add(request);
            choosingOne.accept(request, answer);
        }
    }
}
