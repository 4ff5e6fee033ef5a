package org.interregnum.buyer.grpc;

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
import org.interregnum.agent.v1.BuyerAgentServiceGrpc;
import org.interregnum.agent.v1.ChooseSellersRequest;
import org.interregnum.agent.v1.ChooseSellersResponse;
import org.interregnum.agent.v1.DecisionOutcome;
import org.interregnum.agent.v1.DescribeBuyerAgentRequest;
import org.interregnum.agent.v1.MarketView;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

@QuarkusTest
class BuyerAgentEndpointTest {
    private static ManagedChannel channel;
    private static BuyerAgentServiceGrpc.BuyerAgentServiceBlockingStub buyer;

    @BeforeAll
    static void connect() {
        int port = ConfigProvider.getConfig().getValue("quarkus.grpc.server.test-port", Integer.class);
        channel = ManagedChannelBuilder.forAddress("127.0.0.1", port)
                .usePlaintext()
                .build();
        buyer = BuyerAgentServiceGrpc.newBlockingStub(channel);
    }

    @AfterAll
    static void disconnect() {
        channel.shutdownNow();
    }

    @Test
    void shouldSayWhoItIs() {
        AgentDescription agent = buyer.describeBuyerAgent(DescribeBuyerAgentRequest.getDefaultInstance())
                .getAgent();
        assertThat(agent.getName()).isEqualTo("interregnum-buyer");
        assertThat(agent.getVersion()).matches("\\d+\\.\\d+\\.\\d+.*");
        assertThat(agent.getStrategiesList()).containsExactly("rule", "llm");
    }

    @Test
    void shouldDecideByTheRule() {
        ChooseSellersResponse response = buyer.chooseSellers(question().build());
        // Utilities: 2.5, 4.5, 2 for the first buyer; negative for the second; a tie of 1.5 for the third.
        assertThat(response.getChoicesList()).containsExactly(1, -1, 0);
        assertThat(response.getOutcome()).isEqualTo(DecisionOutcome.DECISION_OUTCOME_RULE);
        assertThat(response.getReason()).isEmpty();
    }

    @Test
    void shouldAcceptItsStrategyByName() {
        assertThat(buyer.chooseSellers(question().setStrategy("rule").build()).getOutcome())
                .isEqualTo(DecisionOutcome.DECISION_OUTCOME_RULE);
    }

    @Test
    void shouldAcceptTheOpeningOfTheMarketAndNumbersUpToTheLargest() {
        ChooseSellersRequest question = question().setStep(0).setBuyers(2, -1).build();
        assertThat(buyer.chooseSellers(question).getChoicesCount()).isEqualTo(3);
    }

    @Test
    void shouldTakeMoreThanFourMebibytes() {
        ChooseSellersRequest.Builder question = question().clearBuyers().clearPreferences();
        for (int number = 0; number < 300_000; number++) {
            question.addBuyers(number).addPreferences(-9).addPreferences(-9).addPreferences(-9);
        }
        assertThat(buyer.chooseSellers(question.build()).getChoicesList())
                .hasSize(300_000)
                .containsOnly(-1);
    }

    @ParameterizedTest
    @MethodSource("brokenQuestions")
    void shouldRefuseWhatBreaksTheContract(String message, UnaryOperator<ChooseSellersRequest.Builder> breaking) {
        assertThatThrownBy(() -> buyer.chooseSellers(breaking.apply(question()).build()))
                .isInstanceOfSatisfying(StatusRuntimeException.class, refusal -> {
                    assertThat(refusal.getStatus().getCode()).isEqualTo(Status.Code.INVALID_ARGUMENT);
                    assertThat(refusal.getStatus().getDescription()).isEqualTo(message);
                });
    }

    static Stream<Arguments> brokenQuestions() {
        return Stream.of(
                broken("step is -1; it must be at least 0", question -> question.setStep(-1)),
                broken("market is missing", ChooseSellersRequest.Builder::clearMarket),
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
                broken(
                        "network_effect is NaN; it must be finite and at least 0",
                        question -> question.setNetworkEffect(Double.NaN)),
                broken(
                        "network_effect is -1.0; it must be finite and at least 0",
                        question -> question.setNetworkEffect(-1)),
                broken(
                        "buyers is empty; it must have at least one element",
                        question -> question.clearBuyers().clearPreferences()),
                broken("buyers[2] is 7; it must be above the one before it", question -> question.setBuyers(1, 7)),
                broken("buyers[1] is 2; it must be above the one before it", question -> question.setBuyers(0, -1)),
                broken(
                        "the number of preferences is 10; it must be buyers times sellers, 9",
                        question -> question.addPreferences(0)),
                broken(
                        "preferences[4] is Infinity; it must be finite",
                        question -> question.setPreferences(4, Double.POSITIVE_INFINITY)));
    }

    @Test
    void shouldRefuseWhatIsNoMessageOfTheContract() {
        assertThatThrownBy(() -> ClientCalls.blockingUnaryCall(
                        channel,
                        BuyerAgentServiceGrpc.getChooseSellersMethod().toBuilder(
                                        new PlainBytes(),
                                        BuyerAgentServiceGrpc.getChooseSellersMethod()
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
                        () -> buyer.chooseSellers(question().setStrategy("llm").build()))
                .isInstanceOfSatisfying(StatusRuntimeException.class, refusal -> {
                    assertThat(refusal.getStatus().getCode()).isEqualTo(Status.Code.FAILED_PRECONDITION);
                    assertThat(refusal.getStatus().getDescription())
                            .isEqualTo("this agent does not offer the strategy 'llm'; it offers: rule");
                });
    }

    @Test
    void shouldSayThatItIsHealthy() {
        HealthGrpc.HealthBlockingStub health = HealthGrpc.newBlockingStub(channel);
        for (String service : new String[] {"", "interregnum.agent.v1.BuyerAgentService"}) {
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
                .contains("interregnum.agent.v1.BuyerAgentService", "grpc.health.v1.Health");
        asking.onCompleted();
    }

    private static Arguments broken(String message, UnaryOperator<ChooseSellersRequest.Builder> breaking) {
        return Arguments.of(message, breaking);
    }

    private static ChooseSellersRequest.Builder question() {
        ChooseSellersRequest.Builder question = ChooseSellersRequest.newBuilder()
                .setStep(1)
                .setMarket(MarketView.newBuilder()
                        .addPrices(1)
                        .addPrices(1)
                        .addPrices(1)
                        .addShares(0.25)
                        .addShares(0.5)
                        .addShares(0.25))
                .setNetworkEffect(2)
                .addBuyers(0)
                .addBuyers(2)
                .addBuyers(7);
        for (double preference : new double[] {3, -9, 2, 4.5, -9, 0, 2.5, -9, 2}) {
            question.addPreferences(preference);
        }
        return question;
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
