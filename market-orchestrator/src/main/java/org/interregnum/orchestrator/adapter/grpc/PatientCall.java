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
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.interregnum.orchestrator.agent.AgentFailureException;

/**
 * One question that nobody waits for in a thread, repeated as it is while the agent is unavailable.
 *
 * @param <Q> the question
 * @param <A> the answer
 */
final class PatientCall<Q, A> {
    private final AgentClient client;
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
    private int repetitions;
    private int lost;

    /**
     * @param executor takes answers and ends pauses
     * @param subject what the question is about, such as "step 17"
     * @param deadline longest wait for the answer to one attempt
     * @param reconnectLimit how long after its first attempt the question may be repeated
     */
    PatientCall(
            AgentClient client,
            ScheduledExecutorService executor,
            MethodDescriptor<Q, A> method,
            Q question,
            String subject,
            Duration deadline,
            Duration reconnectLimit) {
        this.client = client;
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

    private synchronized void take() {
        if (landed.isDone()) {
            return;
        }
        Attempt attempt = new Attempt();
        CallOptions options = CallOptions.DEFAULT
                .withExecutor(executor)
                .withDeadlineAfter(deadline.toNanos(), TimeUnit.NANOSECONDS)
                .withStreamTracerFactory(attempt);
        current = client.newCall(method, options);
        ClientCalls.asyncUnaryCall(current, question, attempt);
    }

    @SuppressWarnings("FutureReturnValueIgnored") // a repetition tells of itself by how it ends
    private synchronized void ended(Status status, Attempt attempt) {
        if (landed.isDone()) {
            return;
        }
        boolean absent = status.getCode() == Status.Code.UNAVAILABLE;
        long pause = Absence.pauseNanos(repetitions);
        if (!absent || System.nanoTime() + pause - askUntil >= 0) {
            Duration waited = absent ? reconnectLimit : deadline;
            landed.completeExceptionally(client.words().failure(status, subject, waited));
            return;
        }
        client.countAbsence();
        repetitions++;
        lost += attempt.sent ? 1 : 0;
        executor.schedule(this::repeat, pause, TimeUnit.NANOSECONDS);
    }

    private void repeat() {
        try {
            client.connectAtOnce();
            context.run(this::take);
        } catch (RuntimeException e) {
            // Nobody sees what this thread throws, and somebody waits for the answer.
            landed.completeExceptionally(e);
        }
    }

    private synchronized int lost() {
        return lost;
    }

    /**
     * An answer.
     *
     * @param answer the answer
     * @param lost number of earlier attempts that an agent may have received, and never answered
     */
    record Landed<A>(A answer, int lost) {}

    /** The question on its way once. */
    private final class Attempt extends ClientStreamTracer.Factory implements StreamObserver<A> {
        /** Whether there was a connection to send the question by. Otherwise no agent can have received it. */
        private volatile boolean sent;

        private A answer;

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
            ended(Absence.asUnavailableIfReset(Status.fromThrowable(failure)), this);
        }

        @Override
        public void onCompleted() {
            if (answer == null) {
                ended(Status.INTERNAL.withDescription("an empty answer"), this);
            } else {
                landed.complete(new Landed<>(answer, lost()));
            }
        }
    }
}
