package org.interregnum.standalone.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.protobuf.ByteString;
import com.google.protobuf.BytesValue;
import com.google.protobuf.StringValue;
import io.grpc.CallOptions;
import io.grpc.ManagedChannel;
import io.grpc.ManagedChannelBuilder;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.ProtoUtils;
import io.grpc.stub.ClientCalls;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.interregnum.agent.v1.AgentDescription;
import org.interregnum.agent.v1.DecidePriceRequest;
import org.interregnum.agent.v1.DecidePriceResponse;
import org.interregnum.agent.v1.DecisionOutcome;
import org.interregnum.agent.v1.DescribeSellerAgentRequest;
import org.interregnum.agent.v1.MarketView;
import org.interregnum.agent.v1.SellerAgentServiceGrpc;
import org.interregnum.standalone.cli.CommandRun;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The seller agent of deploy/examples/python-agent, with the system's Python and the stubs of its README. */
@Timeout(120)
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "the example is made for Debian's packages")
class PythonAgentIT {
    private static final String LISTENS = "seller agent listens on ";

    @TempDir
    private static Path directory;

    private static Optional<String> hindrance;
    private static Process agent;
    private static String address;
    private static ManagedChannel channel;

    @BeforeAll
    static void start() throws Exception {
        hindrance = PythonExample.hindrance("grpc", "google.protobuf");
        if (hindrance.isPresent()) {
            System.err.println("the agent in Python is not tried: " + hindrance.get());
            return;
        }
        agent = PythonExample.copy("python-agent", directory).start("seller_agent.py", "--port", "0");
        BufferedReader said = agent.inputReader();
        String line = said.readLine();
        assertThat(line).startsWith(LISTENS);
        address = line.substring(LISTENS.length());
        channel = ManagedChannelBuilder.forTarget(address).usePlaintext().build();
    }

    @BeforeEach
    void skipWithoutPython() {
        assumeTrue(hindrance.isEmpty(), hindrance::get);
    }

    @AfterAll
    static void stop() throws Exception {
        if (channel == null) {
            return;
        }
        channel.shutdownNow();
        agent.toHandle().destroy();
        assertThat(agent.waitFor(20, TimeUnit.SECONDS)).isTrue();
        assertThat(agent.exitValue()).isZero();
    }

    @Test
    void shouldPriceAMarketExactlyAsItsRuleSays() throws Exception {
        String run = directory.resolve("run").toString();
        CommandRun market = CommandRun.of(
                "run",
                "--J=1",
                "--rho=0.8",
                "--Nt=200",
                "--num-buyers=500",
                "--unit-cost=0.1",
                "--seller-target=" + address,
                "--no-fig",
                "--quiet",
                "--out=" + run);
        assertThat(market.exitCode()).as(market.err()).isZero();

        List<JsonNode> events = CommandRun.of("events", run)
                .out()
                .lines()
                .map(PythonAgentIT::json)
                .toList();
        JsonNode shares = events.get(1).get("market_opened").get("shares");
        int steps = 0;
        for (JsonNode event : events) {
            JsonNode step = event.get("step_taken");
            if (step != null) {
                double share = shares.get(step.get("seller").asInt()).asDouble();
                assertThat(step.get("new_price").asDouble()).isEqualTo(0.1 + 0.1 + 8.0 * share);
                JsonNode decider = step.get("price_decider");
                assertThat(decider.get("agent").asText()).isEqualTo("python-markup-seller");
                assertThat(decider.get("version").asText()).isEqualTo("1.0.0");
                assertThat(decider.get("strategy").asText()).isEqualTo("markup");
                assertThat(decider.get("outcome").asText()).isEqualTo("DECISION_OUTCOME_RULE");
                shares = step.get("shares");
                steps++;
            }
        }
        assertThat(steps).isEqualTo(199);
    }

    @Test
    void shouldSayWhoItIs() {
        AgentDescription description = seller().describeSellerAgent(DescribeSellerAgentRequest.getDefaultInstance())
                .getAgent();

        assertThat(description.getName()).isEqualTo("python-markup-seller");
        assertThat(description.getVersion()).isEqualTo("1.0.0");
        assertThat(description.getStrategiesList()).containsExactly("markup");
    }

    @Test
    void shouldAddTheNoiseThatItIsGivenButNeverGoBelowTheCost() {
        DecidePriceResponse noisy =
                seller().decidePrice(question().setPriceNoise(0.01).build());
        assertThat(noisy.getPrice()).isEqualTo(0.3 + 0.1 + 8.0 * 0.25 + 0.01);
        assertThat(noisy.getOutcome()).isEqualTo(DecisionOutcome.DECISION_OUTCOME_RULE);

        assertThat(seller().decidePrice(question().setPriceNoise(-9).build()).getPrice())
                .isEqualTo(0.3);
    }

    @Test
    void shouldTakeAMillionPremiums() {
        DecidePriceRequest.Builder question = question();
        for (int buyer = 0; buyer < 1_000_000; buyer++) {
            question.addPricePremiums(0.5);
        }
        assertThat(seller().decidePrice(question.build()).getPrice()).isEqualTo(0.3 + 0.1 + 8.0 * 0.25);
    }

    @ParameterizedTest
    @MethodSource("brokenQuestions")
    void shouldRefuseWhatBreaksTheContract(DecidePriceRequest.Builder broken) {
        assertThatThrownBy(() -> seller().decidePrice(broken.build()))
                .isInstanceOfSatisfying(StatusRuntimeException.class, refusal -> {
                    assertThat(refusal.getStatus().getCode()).isEqualTo(Status.Code.INVALID_ARGUMENT);
                    assertThat(refusal.getStatus().getDescription())
                            .isNotBlank()
                            .hasLineCount(1)
                            .doesNotContain("Error", "Exception");
                });
    }

    static Stream<DecidePriceRequest.Builder> brokenQuestions() {
        MarketView market = question().getMarket();
        return Stream.of(
                DecidePriceRequest.newBuilder(),
                question().setStep(0),
                question().clearMarket(),
                question().setMarket(MarketView.newBuilder().addPrices(1).addShares(1)),
                question().setMarket(market.toBuilder().addPrices(1)),
                question().setMarket(market.toBuilder().setPrices(0, -1)),
                question().setMarket(market.toBuilder().setPrices(0, Double.NaN)),
                question().setMarket(market.toBuilder().setPrices(0, Double.POSITIVE_INFINITY)),
                question().setMarket(market.toBuilder().setShares(0, 1.01)),
                question().setMarket(market.toBuilder().setShares(0, Double.NaN)),
                question().setSeller(3),
                question().setSeller(-1),
                question().addPricePremiums(Double.NaN),
                question().setUnitCost(-0.1),
                question().setUnitCost(Double.POSITIVE_INFINITY),
                question().setCostCap(1.5),
                question().setPriceNoise(Double.NEGATIVE_INFINITY),
                question().setUnitCost(Double.MAX_VALUE).setPriceNoise(Double.MAX_VALUE));
    }

    @Test
    void shouldLackAStrategyThatItDoesNotOffer() {
        assertThatThrownBy(() ->
                        seller().decidePrice(question().setStrategy("best").build()))
                .isInstanceOfSatisfying(StatusRuntimeException.class, refusal -> {
                    assertThat(refusal.getStatus().getCode()).isEqualTo(Status.Code.FAILED_PRECONDITION);
                    assertThat(refusal.getStatus().getDescription()).isEqualTo("this agent offers: markup");
                });
    }

    @Test
    void shouldSayThatItIsHealthy() {
        // HealthCheckResponse{status: SERVING}, on the wire
        ByteString serving = ByteString.copyFrom(new byte[] {1 << 3, 1});
        assertThat(health("")).isEqualTo(serving);
        assertThat(health("interregnum.agent.v1.SellerAgentService")).isEqualTo(serving);
        assertThatThrownBy(() -> health("unheard.of"))
                .isInstanceOfSatisfying(
                        StatusRuntimeException.class,
                        refusal -> assertThat(refusal.getStatus().getCode()).isEqualTo(Status.Code.NOT_FOUND));
    }

    /** What the health service says of a service, as bytes: there are no stubs of it on this class path. */
    private static ByteString health(String service) {
        // StringValue is a message of one text with the number 1, as is HealthCheckRequest.
        MethodDescriptor<StringValue, BytesValue> check = MethodDescriptor.<StringValue, BytesValue>newBuilder()
                .setType(MethodDescriptor.MethodType.UNARY)
                .setFullMethodName("grpc.health.v1.Health/Check")
                .setRequestMarshaller(ProtoUtils.marshaller(StringValue.getDefaultInstance()))
                .setResponseMarshaller(ProtoUtils.marshaller(BytesValue.getDefaultInstance()))
                .build();
        BytesValue answer = ClientCalls.blockingUnaryCall(channel, check, CallOptions.DEFAULT, StringValue.of(service));
        return answer.toByteString();
    }

    private static DecidePriceRequest.Builder question() {
        return DecidePriceRequest.newBuilder()
                .setStep(1)
                .setSeller(1)
                .setMarket(MarketView.newBuilder()
                        .addAllPrices(List.of(1.0, 1.0, 1.0))
                        .addAllShares(List.of(0.5, 0.25, 0.25)))
                .addAllPricePremiums(List.of(0.2, -0.5))
                .setUnitCost(0.3)
                .setCostCap(0.1);
    }

    private static SellerAgentServiceGrpc.SellerAgentServiceBlockingStub seller() {
        return SellerAgentServiceGrpc.newBlockingStub(channel).withDeadlineAfter(20, TimeUnit.SECONDS);
    }

    private static JsonNode json(String line) {
        try {
            return new ObjectMapper().readTree(line);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
