package org.interregnum.orchestrator.adapter.grpc;

import io.grpc.CallOptions;
import io.grpc.ClientTransportFilter;
import io.grpc.ManagedChannel;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.health.v1.HealthCheckRequest;
import io.grpc.health.v1.HealthCheckResponse;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.health.v1.HealthGrpc;
import io.grpc.stub.ClientCalls;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.interregnum.agent.BundledAgent;
import org.interregnum.agent.v1.AgentDescription;
import org.interregnum.orchestrator.adapter.protobuf.ModelOptionsMessages;
import org.interregnum.orchestrator.agent.AgentAddress;
import org.interregnum.orchestrator.agent.AgentCheckException;
import org.interregnum.orchestrator.agent.AgentCheckException.Kind;
import org.interregnum.orchestrator.agent.AgentRole;
import org.interregnum.orchestrator.agent.DescribedAgent;
import org.interregnum.orchestrator.agent.ModelSettings;

/** Looks at an agent before it is asked to decide: whether it is well ({@code grpc.health.v1}), and who it says it is. */
public final class GrpcAgentCheck {
    private static final String HEALTH = "the question how it is";

    private final ManagedChannel channel;
    private final AgentWords words;
    private final Duration deadline;

    private GrpcAgentCheck(ManagedChannel channel, AgentWords words, Duration deadline) {
        this.channel = channel;
        this.words = words;
        this.deadline = deadline;
    }

    /**
     * Looks at an agent; at the first of its replicas that answers, where its name stands for several.
     *
     * @param role which side of the market it is to decide for
     * @param model which model it is to ask, if any
     * @param deadline how long each of the two questions may take, and to find a replica that answers
     * @return what it says of itself
     * @throws AgentCheckException when it does not answer, is not well, is no such agent, or would not ask the model
     */
    public static DescribedAgent check(
            AgentRole role, AgentAddress address, Optional<ModelSettings> model, Duration deadline) {
        BundledAgent kind = role == AgentRole.SELLER ? BundledAgent.SELLER : BundledAgent.BUYER;
        AgentWords words = new AgentWords(kind.kind(), address);
        long until = System.nanoTime() + deadline.toNanos();
        AgentCheckException away = null;
        for (InetAddress replica : replicas(address, words, deadline)) {
            ManagedChannel channel = AgentChannels.open(
                    address, new InetSocketAddress(replica, address.port()), new ClientTransportFilter() {});
            try {
                GrpcAgentCheck check = new GrpcAgentCheck(channel, words, deadline);
                check.requireHealth();
                return check.description(role, model, Greeting.of(kind));
            } catch (AgentCheckException e) {
                if (e.kind() != Kind.AWAY || System.nanoTime() - until >= 0) {
                    throw e;
                }
                away = e;
            } finally {
                channel.shutdownNow();
            }
        }
        throw away;
    }

    private static Set<InetAddress> replicas(AgentAddress address, AgentWords words, Duration deadline) {
        try {
            return NameWatch.lookUp(address.host());
        } catch (UnknownHostException e) {
            String line = words.failure(Status.UNAVAILABLE.withCause(e), HEALTH, deadline)
                    .getMessage();
            throw new AgentCheckException(Kind.AWAY, line, e);
        }
    }

    private void requireHealth() {
        HealthCheckResponse health = ask(
                HealthGrpc.getCheckMethod(),
                HealthCheckRequest.getDefaultInstance(),
                HEALTH,
                "does not serve grpc.health.v1");
        if (health.getStatus() != ServingStatus.SERVING) {
            throw new AgentCheckException(Kind.AWAY, words.says("says of its health: " + health.getStatus()), null);
        }
    }

    private <Q, A> DescribedAgent description(AgentRole role, Optional<ModelSettings> model, Greeting<Q, A> greeting) {
        Q question = model.map(wanted -> greeting.aboutModel()
                        .apply(ModelOptionsMessages.toOptions(wanted).build()))
                .orElse(greeting.question());
        A answer = ask(greeting.method(), question, AgentWords.GREETING, "serves no " + role.word() + "s");
        AgentDescription said = greeting.reading().apply(answer);
        if (said.getName().isEmpty() || said.getVersion().isEmpty() || said.getStrategiesCount() == 0) {
            throw new AgentCheckException(
                    Kind.UNSUITABLE, words.says("does not say its name, version and strategies"), null);
        }
        return new DescribedAgent(said.getName(), said.getVersion(), said.getStrategiesList());
    }

    private <Q, A> A ask(MethodDescriptor<Q, A> method, Q question, String subject, String unknown) {
        CallOptions options = CallOptions.DEFAULT.withDeadlineAfter(deadline.toNanos(), TimeUnit.NANOSECONDS);
        try {
            return ClientCalls.blockingUnaryCall(channel, method, options, question);
        } catch (StatusRuntimeException e) {
            Status status = Absence.asUnavailableIfReset(e.getStatus());
            throw switch (status.getCode()) {
                case UNIMPLEMENTED -> new AgentCheckException(Kind.UNSUITABLE, words.says(unknown), e);
                case INVALID_ARGUMENT, FAILED_PRECONDITION ->
                    new AgentCheckException(
                            Kind.UNSUITABLE,
                            words.failure(status, subject, deadline).getMessage(),
                            e);
                default ->
                    new AgentCheckException(
                            Kind.AWAY, words.failure(status, subject, deadline).getMessage(), e);
            };
        }
    }
}
