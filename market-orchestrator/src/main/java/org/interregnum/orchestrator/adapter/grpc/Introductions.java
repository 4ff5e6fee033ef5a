package org.interregnum.orchestrator.adapter.grpc;

import io.grpc.CallOptions;
import io.grpc.Status;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.StreamObserver;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;

/** Asks processes who they are when many threads want to know: once for all questions that wait for it. */
final class Introductions {
    private final AgentClient client;
    private final Executor executor;
    private final Duration deadline;
    private final Map<Replica, CompletableFuture<Heard>> asking = new HashMap<>();

    /**
     * @param executor takes answers
     * @param deadline longest wait for one
     */
    Introductions(AgentClient client, Executor executor, Duration deadline) {
        this.client = client;
        this.executor = executor;
        this.deadline = deadline;
    }

    /**
     * Asks a process. What is returned fails with an {@code AgentFailureException} when it cannot be used, and with a
     * gRPC status when it does not answer.
     */
    CompletableFuture<Heard> ask(Replica replica) {
        CompletableFuture<Heard> heard;
        synchronized (asking) {
            CompletableFuture<Heard> underWay = asking.get(replica);
            if (underWay != null) {
                return underWay;
            }
            heard = new CompletableFuture<>();
            asking.put(replica, heard);
        }
        start(replica, client.greeting(), heard);
        return heard;
    }

    private <Q, A> void start(Replica replica, Greeting<Q, A> greeting, CompletableFuture<Heard> heard) {
        CallOptions options =
                CallOptions.DEFAULT.withExecutor(executor).withDeadlineAfter(deadline.toNanos(), TimeUnit.NANOSECONDS);
        ClientCalls.asyncUnaryCall(
                replica.newCall(greeting.method(), options), greeting.question(), new StreamObserver<A>() {
                    private A description;

                    @Override
                    public void onNext(A value) {
                        description = value;
                    }

                    @Override
                    public void onError(Throwable failure) {
                        replica.landed(false);
                        forget(replica);
                        heard.completeExceptionally(failure);
                    }

                    @Override
                    public void onCompleted() {
                        int absences = replica.absences();
                        replica.landed(true);
                        forget(replica);
                        try {
                            if (description == null) {
                                throw Status.INTERNAL
                                        .withDescription("an empty answer")
                                        .asRuntimeException();
                            }
                            AgentIdentity identity = client.introduce(greeting, description);
                            replica.learn(identity, absences);
                            heard.complete(new Heard(identity, absences));
                        } catch (RuntimeException e) {
                            heard.completeExceptionally(e);
                        }
                    }
                });
    }

    private void forget(Replica replica) {
        synchronized (asking) {
            asking.remove(replica);
        }
    }

    /**
     * Who a process is.
     *
     * @param absences how often it had been away when it said so
     */
    record Heard(AgentIdentity identity, int absences) {}
}
