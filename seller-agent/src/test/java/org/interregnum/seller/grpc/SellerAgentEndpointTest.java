package org.interregnum.seller.grpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import grpc.health.v1.HealthGrpc;
import grpc.health.v1.HealthOuterClass.HealthCheckRequest;
import grpc.health.v1.HealthOuterClass.HealthCheckResponse.ServingStatus;
import io.grpc.CallOptions;
import io.grpc.ManagedChannel;
import io.grpc.ManagedChannelBuilder;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.reflection.v1.ServerReflectionGrpc;
import io.grpc.reflection.v1.ServerReflectionRequest;
import io.grpc.reflection.v1.ServerReflectionResponse;
import io.grpc.reflection.v1.ServiceResponse;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.StreamObserver;
import io.quarkus.test.junit.QuarkusTest;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.eclipse.microprofile.config.ConfigProvider;
import org.interregnum.agent.v1.AgentDescription;
import org.interregnum.agent.v1.DecidePriceRequest;
import org.interregnum.agent.v1.DecidePriceResponse;
import org.interregnum.agent.v1.DecisionOutcome;
import org.interregnum.agent.v1.DescribeSellerAgentRequest;
import org.interregnum.agent.v1.MarketView;
import org.interregnum.agent.v1.SellerAgentServiceGrpc;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

@QuarkusTest
class SellerAgentEndpointTest {
    private static ManagedChannel channel;
    private static SellerAgentServiceGrpc.SellerAgentServiceBlockingStub seller;

    @BeforeAll
    static void connect() {
        int port = ConfigProvider.getConfig().getValue("quarkus.grpc.server.test-port", Integer.class);
        channel = ManagedChannelBuilder.forAddress("127.0.0.1", port)
                .usePlaintext()
                .build();
        seller = SellerAgentServiceGrpc.newBlockingStub(channel);
    }

    @AfterAll
    static void disconnect() {
        channel.shutdownNow();
    }

    @Test
    void shouldSayWhoItIs() {
        AgentDescription agent = seller.describeSellerAgent(DescribeSellerAgentRequest.getDefaultInstance())
                .getAgent();
        assertThat(agent.getName()).isEqualTo("interregnum-seller");
        assertThat(agent.getVersion()).matches("\\d+\\.\\d+\\.\\d+.*");
        assertThat(agent.getStrategiesList()).containsExactly("rule", "llm");
    }

    @Test
    void shouldDecideByTheRule() {
        DecidePriceResponse response = seller.decidePrice(question().build());
        // Of the prices 1.2, 1.5 and 2 the first sells to all three, the second to two, the third to one.
        assertThat(response.getPrice()).isEqualTo(1 + (0.2 - 0.00001));
        assertThat(response.getOutcome()).isEqualTo(DecisionOutcome.DECISION_OUTCOME_RULE);
        assertThat(response.getReason()).isEmpty();
    }

    @Test
    void shouldHoldPriceWhenNobodyIsSeen() {
        assertThat(seller.decidePrice(question().clearPricePremiums().build()).getPrice())
                .isEqualTo(1);
    }

    @Test
    void shouldAcceptItsStrategyByName() {
        assertThat(seller.decidePrice(question().setStrategy("rule").build()).getOutcome())
                .isEqualTo(DecisionOutcome.DECISION_OUTCOME_RULE);
    }

    @Test
    void shouldAcceptASumOfSharesThatRoundingTookAboveOne() {
        DecidePriceRequest.Builder question = question();
        question.getMarketBuilder().setShares(0, Math.nextUp(1.0));
        assertThat(seller.decidePrice(question.build()).getPrice()).isPositive();
    }

    @Test
    void shouldTakeAMillionPremiums() {
        DecidePriceRequest.Builder question = question();
        for (int buyer = 0; buyer < 1_000_000; buyer++) {
            question.addPricePremiums(0.5);
        }
        assertThat(seller.decidePrice(question.build()).getPrice()).isPositive();
    }

    @ParameterizedTest
    @MethodSource("brokenQuestions")
    void shouldRefuseWhatBreaksTheContract(String message, UnaryOperator<DecidePriceRequest.Builder> breaking) {
        assertThatThrownBy(() -> seller.decidePrice(breaking.apply(question()).build()))
                .isInstanceOfSatisfying(StatusRuntimeException.class, refusal -> {
                    assertThat(refusal.getStatus().getCode()).isEqualTo(Status.Code.INVALID_ARGUMENT);
                    assertThat(refusal.getStatus().getDescription()).isEqualTo(message);
                });
    }

    static Stream<Arguments> brokenQuestions() {
        return Stream.of(
                broken("step is 0; it must be at least 1", question -> question.setStep(0)),
                broken("market is missing", DecidePriceRequest.Builder::clearMarket),
                broken(
                        "market.prices has 2 elements; it must have at least 3",
                        question -> question.setMarket(MarketView.newBuilder()
                                .addPrices(1)
                                .addPrices(1)
                                .addShares(0)
                                .addShares(0))),
                broken("market.shares has 4 elements for 3 sellers; it must have one for each", question -> {
                    question.getMarketBuilder().addShares(0);
                    return question;
                }),
                broken("market.prices[1] is NaN; it must be finite and at least 0", question -> {
                    question.getMarketBuilder().setPrices(1, Double.NaN);
                    return question;
                }),
                broken("market.prices[0] is -1.0; it must be finite and at least 0", question -> {
                    question.getMarketBuilder().setPrices(0, -1);
                    return question;
                }),
                broken("market.prices[2] is Infinity; it must be finite and at least 0", question -> {
                    question.getMarketBuilder().setPrices(2, Double.POSITIVE_INFINITY);
                    return question;
                }),
                broken("market.shares[0] is 1.01; it must be from 0 to 1", question -> {
                    question.getMarketBuilder().setShares(0, 1.01);
                    return question;
                }),
                broken("market.shares[2] is -0.5; it must be from 0 to 1", question -> {
                    question.getMarketBuilder().setShares(2, -0.5);
                    return question;
                }),
                broken("seller is 3; it must be one of the sellers of the market", question -> question.setSeller(3)),
                broken("seller is -1; it must be one of the sellers of the market", question -> question.setSeller(-1)),
                broken(
                        "price_premiums[3] is NaN; it must be finite",
                        question -> question.addPricePremiums(Double.NaN)),
                broken("unit_cost is -0.1; it must be finite and at least 0", question -> question.setUnitCost(-0.1)),
                broken(
                        "unit_cost is Infinity; it must be finite and at least 0",
                        question -> question.setUnitCost(Double.POSITIVE_INFINITY)),
                broken("cost_cap is 1.5; it must be from 0 to 1", question -> question.setCostCap(1.5)),
                broken("cost_cap is NaN; it must be from 0 to 1", question -> question.setCostCap(Double.NaN)),
                broken(
                        "price_noise is -Infinity; it must be finite",
                        question -> question.setPriceNoise(Double.NEGATIVE_INFINITY)),
                broken(
                        "the numbers are so large that the price overflows",
                        question -> question.clearPricePremiums()
                                .addPricePremiums(Double.MAX_VALUE)
                                .setPriceNoise(Double.MAX_VALUE)));
    }

    @Test
    void shouldRefuseWhatIsNoMessageOfTheContract() {
        assertThatThrownBy(() -> ClientCalls.blockingUnaryCall(
                        channel,
                        SellerAgentServiceGrpc.getDecidePriceMethod().toBuilder(
                                        new PlainBytes(),
                                        SellerAgentServiceGrpc.getDecidePriceMethod()
                                                .getResponseMarshaller())
                                .build(),
                        CallOptions.DEFAULT,
                        new byte[] {6 << 3 | 2, 127, 0, 0}))
                .isInstanceOfSatisfying(StatusRuntimeException.class, refusal -> {
                    assertThat(refusal.getStatus().getCode()).isEqualTo(Status.Code.INVALID_ARGUMENT);
                    assertThat(refusal.getStatus().getDescription())
                            .isEqualTo("the request is not in the encoding of the contract");
                });
    }

    @Test
    void shouldLackAStrategyItDoesNotOffer() {
        assertThatThrownBy(
                        () -> seller.decidePrice(question().setStrategy("best").build()))
                .isInstanceOfSatisfying(StatusRuntimeException.class, refusal -> {
                    assertThat(refusal.getStatus().getCode()).isEqualTo(Status.Code.FAILED_PRECONDITION);
                    assertThat(refusal.getStatus().getDescription())
                            .isEqualTo("this agent does not offer the strategy 'best'; it offers: rule, llm");
                });
    }

    @Test
    void shouldSayThatItIsHealthy() {
        HealthGrpc.HealthBlockingStub health = HealthGrpc.newBlockingStub(channel);
        for (String service : new String[] {"", "interregnum.agent.v1.SellerAgentService"}) {
            assertThat(health.check(HealthCheckRequest.newBuilder()
                                    .setService(service)
                                    .build())
                            .getStatus())
                    .isEqualTo(ServingStatus.SERVING);
        }
    }

    @Test
    void shouldDescribeItsContractByReflection() throws Exception {
        CompletableFuture<ServerReflectionResponse> listed = new CompletableFuture<>();
        StreamObserver<ServerReflectionRequest> asking = ServerReflectionGrpc.newStub(channel)
                .serverReflectionInfo(new StreamObserver<>() {
                    @Override
                    public void onNext(ServerReflectionResponse response) {
                        listed.complete(response);
                    }

                    @Override
                    public void onError(Throwable failure) {
                        listed.completeExceptionally(failure);
                    }

                    @Override
                    public void onCompleted() {
                        listed.cancel(false);
                    }
                });
        asking.onNext(ServerReflectionRequest.newBuilder().setListServices("").build());
        assertThat(listed.get(10, TimeUnit.SECONDS).getListServicesResponse().getServiceList())
                .extracting(ServiceResponse::getName)
                .contains("interregnum.agent.v1.SellerAgentService", "grpc.health.v1.Health");
        asking.onCompleted();
    }

    private static Arguments broken(String message, UnaryOperator<DecidePriceRequest.Builder> breaking) {
        return Arguments.of(message, breaking);
    }

    private static DecidePriceRequest.Builder question() {
        return DecidePriceRequest.newBuilder()
                .setStep(1)
                .setSeller(1)
                .setMarket(MarketView.newBuilder()
                        .addPrices(1)
                        .addPrices(1)
                        .addPrices(1)
                        .addShares(0.25)
                        .addShares(0.5)
                        .addShares(0.25))
                .addPricePremiums(0.5)
                .addPricePremiums(1)
                .addPricePremiums(0.2)
                .setCostCap(0.1);
    }

    /** Sends bytes as they are. */
    private static final class PlainBytes implements MethodDescriptor.Marshaller<byte[]> {
        @Override
        public InputStream stream(byte[] bytes) {
            return new ByteArrayInputStream(bytes);
        }

        @Override
        public byte[] parse(InputStream stream) {
            throw new UnsupportedOperationException();
        }
    }
}
