package org.interregnum.orchestrator.adapter.grpc;

import io.grpc.Status;
import io.grpc.health.v1.HealthCheckRequest;
import io.grpc.health.v1.HealthCheckResponse;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.health.v1.HealthGrpc;
import java.time.Duration;
import java.util.function.Supplier;
import org.interregnum.agent.BundledAgent;
import org.interregnum.agent.v1.AgentDescription;
import org.interregnum.agent.v1.BuyerAgentServiceGrpc;
import org.interregnum.agent.v1.DescribeBuyerAgentRequest;
import org.interregnum.agent.v1.DescribeSellerAgentRequest;
import org.interregnum.agent.v1.SellerAgentServiceGrpc;
import org.interregnum.orchestrator.agent.AgentAddress;
import org.interregnum.orchestrator.agent.AgentCheckException;
import org.interregnum.orchestrator.agent.AgentCheckException.Kind;
import org.interregnum.orchestrator.agent.AgentFailureException;
import org.interregnum.orchestrator.agent.AgentRole;
import org.interregnum.orchestrator.agent.DescribedAgent;

/** Looks at an agent before it is asked to decide: whether it is well ({@code grpc.health.v1}), and who it says it is. */
public final class GrpcAgentCheck {
    private static final String HEALTH = "the question how it is";

    private final AgentClient client;
    private final Duration deadline;

    private GrpcAgentCheck(AgentClient client, Duration deadline) {
        this.client = client;
        this.deadline = deadline;
    }

    /**
     * Looks at an agent.
     *
     * @param role which side of the market it is to decide for
     * @param deadline how long each of the two questions may take
     * @return what it says of itself
     * @throws AgentCheckException when it does not answer, is not well, or is no such agent
     */
    public static DescribedAgent check(AgentRole role, AgentAddress address, Duration deadline) {
        BundledAgent kind = role == AgentRole.SELLER ? BundledAgent.SELLER : BundledAgent.BUYER;
        try (AgentClient client = new AgentClient(kind, address)) {
            GrpcAgentCheck check = new GrpcAgentCheck(client, deadline);
            check.requireHealth();
            return check.description(role);
        }
    }

    private void requireHealth() {
        HealthCheckResponse health = ask(
                () -> client.ask(
                        HealthGrpc.getCheckMethod(), HealthCheckRequest.getDefaultInstance(), HEALTH, deadline),
                "does not serve grpc.health.v1");
        if (health.getStatus() != ServingStatus.SERVING) {
            throw new AgentCheckException(
                    Kind.AWAY, client.words().says("says of its health: " + health.getStatus()), null);
        }
    }

    private DescribedAgent description(AgentRole role) {
        AgentDescription said = ask(() -> describe(role), "serves no " + role.word() + "s");
        if (said.getName().isEmpty() || said.getVersion().isEmpty() || said.getStrategiesCount() == 0) {
            throw new AgentCheckException(
                    Kind.UNSUITABLE, client.words().says("does not say its name, version and strategies"), null);
        }
        return new DescribedAgent(said.getName(), said.getVersion(), said.getStrategiesList());
    }

    private AgentDescription describe(AgentRole role) {
        return role == AgentRole.SELLER
                ? client.ask(
                                SellerAgentServiceGrpc.getDescribeSellerAgentMethod(),
                                DescribeSellerAgentRequest.getDefaultInstance(),
                                AgentWords.GREETING,
                                deadline)
                        .getAgent()
                : client.ask(
                                BuyerAgentServiceGrpc.getDescribeBuyerAgentMethod(),
                                DescribeBuyerAgentRequest.getDefaultInstance(),
                                AgentWords.GREETING,
                                deadline)
                        .getAgent();
    }

    private <A> A ask(Supplier<A> question, String unknown) {
        try {
            return question.get();
        } catch (AgentFailureException e) {
            boolean isUnknown =
                    e.getCause() != null && Status.fromThrowable(e.getCause()).getCode() == Status.Code.UNIMPLEMENTED;
            throw isUnknown
                    ? new AgentCheckException(Kind.UNSUITABLE, client.words().says(unknown), e)
                    : new AgentCheckException(Kind.AWAY, e.getMessage(), e);
        }
    }
}
