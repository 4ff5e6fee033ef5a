package org.interregnum.orchestrator.adapter.grpc;

import io.grpc.Attributes;
import io.grpc.CallOptions;
import io.grpc.ClientCall;
import io.grpc.ClientStreamTracer;
import io.grpc.Context;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.StreamObserver;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.interregnum.orchestrator.agent.AgentFailureException;

/**
 * One question that nobody waits for in a thread, repeated as it is while the agent is unavailable. As long as the
 * connection to whoever has it stands, nobody else is asked, since the answer of a model is paid for.
 *
 * @param <Q> the question
 * @param <A> the answer
 */
final class PatientCall<Q, A> {
    private final AgentClient client;
    private final Introductions introductions;
    private final ScheduledExecutorService executor;
    private final MethodDescriptor<Q, A> method;
    private final Q question;
    private final String subject;
    private final Duration deadline;
    private final Duration reconnectLimit;
    private final long askUntil;
    private final CompletableFuture<Landed<A>> landed = new CompletableFuture<>();
    // Whoever sees the first call is to see those that repeat it.
    private final Context context = Context.current();
    // Guarded by this: a call can be given up by any thread.
    private ClientCall<Q, A> current;
    private int pauses;
    private int lost;

    /**
     * @param introductions learns who is asked
     * @param executor takes answers and ends pauses
     * @param subject what the question is about, such as "step 17"
     * @param deadline longest wait for the answer to one attempt
     * @param reconnectLimit how long after its first attempt the question may be repeated
     */
    PatientCall(
            AgentClient client,
            Introductions introductions,
            ScheduledExecutorService executor,
            MethodDescriptor<Q, A> method,
            Q question,
            String subject,
            Duration deadline,
            Duration reconnectLimit) {
        this.client = client;
        this.introductions = introductions;
        this.executor = executor;
        this.method = method;
        this.question = question;
        this.subject = subject;
        this.deadline = deadline;
        this.reconnectLimit = reconnectLimit;
        this.askUntil = System.nanoTime() + reconnectLimit.toNanos();
    }

    /** Asks; what is returned fails with an {@link AgentFailureException} when there is no answer. */
    CompletableFuture<Landed<A>> start() {
        take();
        return landed;
    }

    /** Ends the question, if it is still open, with this failure. */
    void giveUp(AgentFailureException reason) {
        if (landed.completeExceptionally(reason)) {
            synchronized (this) {
                if (current != null) {
                    current.cancel("given up", null);
                }
            }
        }
    }

    @SuppressWarnings("FutureReturnValueIgnored") // what comes of it is in the future that is returned
    private void take() {
        Replica replica;
        try {
            replica = client.replicas().choose();
        } catch (UnknownHostException e) {
            repeat(Status.UNAVAILABLE.withDescription("no such host").withCause(e));
            return;
        }
        if (replica.identity() != null) {
            ask(replica);
            return;
        }
        introductions.ask(replica).whenComplete((heard, failure) -> {
            if (failure == null) {
                ask(replica);
            } else {
                unintroduced(replica, failure);
            }
        });
    }

    private void unintroduced(Replica replica, Throwable failure) {
        if (cause(failure) instanceof AgentFailureException unusable) {
            landed.completeExceptionally(unusable);
            return;
        }
        Status status = Absence.asUnavailableIfReset(Status.fromThrowable(failure));
        switch (status.getCode()) {
            case UNAVAILABLE -> {
                replica.failed(System.nanoTime());
                repeat(status);
            }
            case DEADLINE_EXCEEDED -> {
                // It stands still, and has not seen the question.
                replica.suspect(replica.connection());
                repeat(Status.UNAVAILABLE.withDescription("it does not say who it is"));
            }
            default -> landed.completeExceptionally(client.words().failure(status, subject, deadline));
        }
    }

    private synchronized void ask(Replica replica) {
        if (landed.isDone()) {
            return;
        }
        Attempt attempt = new Attempt(replica);
        CallOptions options = CallOptions.DEFAULT
                .withExecutor(executor)
                .withDeadlineAfter(deadline.toNanos(), TimeUnit.NANOSECONDS)
                .withStreamTracerFactory(attempt);
        current = replica.newCall(method, options);
        ClientCalls.asyncUnaryCall(current, question, attempt);
    }

    private synchronized void ended(Status status, Attempt attempt) {
        if (landed.isDone()) {
            return;
        }
        if (status.getCode() != Status.Code.UNAVAILABLE) {
            landed.completeExceptionally(client.words().failure(status, subject, deadline));
            return;
        }
        attempt.replica.failed(System.nanoTime());
        lost += attempt.sent ? 1 : 0;
        repeat(status);
    }

    /** Asks somebody else at once, or again after a pause. */
    @SuppressWarnings("FutureReturnValueIgnored") // a repetition tells of itself by how it ends
    private synchronized void repeat(Status status) {
        if (landed.isDone()) {
            return;
        }
        long pause = client.replicas().isAnyFit() ? 0 : Absence.pauseNanos(pauses++);
        if (System.nanoTime() + pause - askUntil >= 0) {
            landed.completeExceptionally(client.words().failure(status, subject, reconnectLimit));
        } else {
            executor.schedule(this::takeAgain, pause, TimeUnit.NANOSECONDS);
        }
    }

    private void takeAgain() {
        try {
            context.run(this::take);
        } catch (RuntimeException e) {
            // Nobody sees what this thread throws, and somebody waits for the answer.
            landed.completeExceptionally(e);
        }
    }

    /** An answer has come. It has been paid for, so it counts even if whoever gave it cannot be asked any more. */
    @SuppressWarnings("FutureReturnValueIgnored") // what comes of it is in the future that is returned
    private void answered(A answer, Replica replica) {
        AgentIdentity identity = replica.identity();
        if (identity != null) {
            landed.complete(new Landed<>(answer, identity, lost()));
            return;
        }
        introductions.ask(replica).whenComplete((heard, failure) -> {
            if (failure == null) {
                landed.complete(new Landed<>(answer, heard.identity(), lost()));
            } else if (cause(failure) instanceof AgentFailureException unusable) {
                landed.completeExceptionally(unusable);
            } else {
                landed.complete(new Landed<>(answer, replica.lastIdentity(), lost()));
            }
        });
    }

    private static Throwable cause(Throwable failure) {
        return failure instanceof CompletionException wrapped ? wrapped.getCause() : failure;
    }

    private synchronized int lost() {
        return lost;
    }

    /**
     * An answer.
     *
     * @param answer the answer
     * @param by who gave it
     * @param lost number of earlier attempts that an agent may have received, and never answered
     */
    record Landed<A>(A answer, AgentIdentity by, int lost) {}

    /** The question on its way once. */
    private final class Attempt extends ClientStreamTracer.Factory implements StreamObserver<A> {
        private final Replica replica;

        /** Whether there was a connection to send the question by. Otherwise no agent can have received it. */
        private volatile boolean sent;

        private A answer;

        Attempt(Replica replica) {
            this.replica = replica;
        }

        @Override
        public ClientStreamTracer newClientStreamTracer(ClientStreamTracer.StreamInfo info, Metadata headers) {
            return new ClientStreamTracer() {
                @Override
                public void streamCreated(Attributes transport, Metadata sentHeaders) {
                    sent = true;
                }
            };
        }

        @Override
        public void onNext(A value) {
            answer = value;
        }

        @Override
        public void onError(Throwable failure) {
            replica.landed(false);
            ended(Absence.asUnavailableIfReset(Status.fromThrowable(failure)), this);
        }

        @Override
        public void onCompleted() {
            replica.landed(true);
            if (answer == null) {
                ended(Status.INTERNAL.withDescription("an empty answer"), this);
            } else {
                answered(answer, replica);
            }
        }
    }
}
