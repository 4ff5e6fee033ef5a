package org.interregnum.orchestrator.adapter.grpc;

import io.grpc.CallOptions;
import io.grpc.ClientCall;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.StreamObserver;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import org.interregnum.orchestrator.agent.AgentFailureException;

/**
 * One question to rules on its way, with all its repetitions. Whoever is asked is first asked who it is, unless that is
 * known. Who cannot be reached is passed over; who does not answer in the usual time is not waited for alone. The first
 * answer counts. A rule always answers the same, so it may be asked twice.
 *
 * <p>Belongs to the thread that asks; attempts come back to it through a queue.
 */
final class Flight<Q, A> {
    private final AgentClient client;
    private final MethodDescriptor<Q, A> method;
    private final int number;
    private final Q question;
    private final String subject;
    private final Duration deadline;
    private final long begin;
    private final long deadlineAt;
    private final BlockingQueue<Attempt> landed;
    private final List<Attempt> underWay = new ArrayList<>(1);
    private int pauses;
    private boolean paused;
    private long dueAt;
    private long patience;
    private Status absence;
    private A answer;
    private AgentIdentity identity;

    /** @param method what is asked; null to ask nothing but who the agent is */
    Flight(
            AgentClient client,
            MethodDescriptor<Q, A> method,
            int number,
            Q question,
            String subject,
            Duration deadline,
            BlockingQueue<Attempt> landed) {
        this.client = client;
        this.method = method;
        this.number = number;
        this.question = question;
        this.subject = subject;
        this.deadline = deadline;
        this.begin = System.nanoTime();
        this.deadlineAt = begin + deadline.toNanos();
        this.landed = landed;
        this.patience = client.hedgeNanos();
    }

    int number() {
        return number;
    }

    boolean isAnswered() {
        return identity != null;
    }

    A answer() {
        return answer;
    }

    /** Who gave the answer. */
    AgentIdentity identity() {
        return identity;
    }

    long nanos() {
        return System.nanoTime() - begin;
    }

    /** Asks whoever is best asked now. */
    void take() {
        paused = false;
        dueAt = System.nanoTime() + patience;
        try {
            Replica replica = client.replicas().choose();
            if (method != null && replica.identity() != null) {
                new Attempt(replica).ask();
            } else {
                new Attempt(replica).greet(client.greeting());
            }
        } catch (UnknownHostException e) {
            repeat(Status.UNAVAILABLE.withDescription("no such host").withCause(e));
        }
    }

    /** How long until there is something to be done, if nothing lands; 0 when it is time. */
    long nanosUntilDue(long now) {
        return Math.max(0, dueAt - now);
    }

    /** Does it: ends the pause, or asks somebody else as well. */
    void askAgain() {
        if (!paused) {
            for (Attempt attempt : underWay) {
                attempt.replica.suspect(attempt.connection);
            }
            patience *= 2;
        }
        take();
    }

    /** Plans a repetition, at once if there is somebody else. */
    private void repeat(Status status) {
        absence = status;
        if (!underWay.isEmpty()) {
            return;
        }
        long now = System.nanoTime();
        dueAt = now;
        if (!client.replicas().isAnyFit()) {
            dueAt += Absence.pauseNanos(pauses++);
        }
        paused = true;
        if (dueAt - deadlineAt >= 0) {
            throw client.words().failure(status, subject, deadline);
        }
    }

    void giveUp() {
        List.copyOf(underWay).forEach(attempt -> attempt.call.cancel("given up", null));
    }

    /** The question, or the one who it is, on its way to one process. */
    final class Attempt {
        private final Replica replica;
        private final Object connection;
        private ClientCall<?, ?> call;
        private Runnable arrival;
        private boolean isGreeting;
        // Written by the connection's thread, and read by the asking one after the queue has handed the attempt over.
        private Status status;
        private int absences;

        private Attempt(Replica replica) {
            this.replica = replica;
            this.connection = replica.connection();
        }

        private void ask() {
            start(method, question, value -> settle(value));
        }

        private <G, D> void greet(Greeting<G, D> greeting) {
            isGreeting = true;
            start(greeting.method(), greeting.question(), description -> {
                replica.learn(client.introduce(greeting, description), absences);
                if (method == null) {
                    answered(null, replica.lastIdentity());
                } else {
                    new Attempt(replica).ask();
                }
            });
        }

        /** An answer has come; it counts when it is known whose it is. */
        private void settle(A value) {
            AgentIdentity known = replica.identity();
            if (known != null) {
                answered(value, known);
            } else {
                new Attempt(replica).ascribe(client.greeting(), value, absences);
            }
        }

        /** Asks who gave an answer, for another may have taken the place of the one that was known. */
        private <G, D> void ascribe(Greeting<G, D> greeting, A value, int answeredAt) {
            start(greeting.method(), greeting.question(), description -> {
                AgentIdentity now = client.introduce(greeting, description);
                replica.learn(now, absences);
                if (absences == answeredAt) {
                    answered(value, now);
                } else {
                    // Whoever answered is gone, and nobody can say any more who it was.
                    repeat(Status.UNAVAILABLE);
                }
            });
        }

        private <G, D> void start(MethodDescriptor<G, D> asked, G what, AnswerTaker<D> taker) {
            CallOptions options =
                    CallOptions.DEFAULT.withDeadlineAfter(deadlineAt - System.nanoTime(), TimeUnit.NANOSECONDS);
            ClientCall<G, D> started = replica.newCall(asked, options);
            call = started;
            underWay.add(this);
            ClientCalls.asyncUnaryCall(started, what, new StreamObserver<D>() {
                private D value;

                @Override
                public void onNext(D next) {
                    value = next;
                }

                @Override
                public void onError(Throwable failure) {
                    land(Absence.asUnavailableIfReset(Status.fromThrowable(failure)));
                }

                @Override
                public void onCompleted() {
                    if (value == null) {
                        land(Status.INTERNAL.withDescription("an empty answer"));
                    } else {
                        arrival = () -> taker.take(value);
                        land(Status.OK);
                    }
                }
            });
        }

        private void land(Status ended) {
            status = ended;
            absences = replica.absences();
            replica.landed(ended.isOk());
            landed.add(this);
        }

        /**
         * Goes on from here, in the asking thread.
         *
         * @throws AgentFailureException when there is no going on
         */
        Flight<Q, A> moveOn() {
            // Of a question that was answered by another, nothing is left.
            if (underWay.remove(this)) {
                if (status.isOk()) {
                    arrival.run();
                } else if (status.getCode() == Status.Code.UNAVAILABLE) {
                    replica.failed(System.nanoTime());
                    repeat(status);
                } else {
                    // Who did not even get to say who it is has not failed to answer; it was away until the end.
                    boolean away = isGreeting && absence != null && status.getCode() == Status.Code.DEADLINE_EXCEEDED;
                    throw client.words().failure(away ? absence : status, subject, deadline);
                }
            }
            return Flight.this;
        }
    }

    private void answered(A value, AgentIdentity by) {
        answer = value;
        identity = by;
        giveUp();
        underWay.clear();
    }

    private interface AnswerTaker<D> {
        void take(D answer);
    }
}
