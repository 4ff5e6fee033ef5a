package org.interregnum.orchestrator.adapter.grpc;

import io.grpc.Attributes;
import io.grpc.CallOptions;
import io.grpc.ClientCall;
import io.grpc.ClientTransportFilter;
import io.grpc.ManagedChannel;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.StreamObserver;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntFunction;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.interregnum.agent.BundledAgent;
import org.interregnum.agent.ObservedCalls;
import org.interregnum.orchestrator.agent.AgentAddress;
import org.interregnum.orchestrator.agent.AgentFailureException;

/**
 * The connection to one agent: deadlines, repetition of what was unavailable, and the words for what went wrong.
 *
 * <p>Whoever asks a rule does all the work in its own thread, batch after batch; the connection's thread only hands over
 * answers. So nothing here is shared but the queue of answers. Models, which are waited for longer, are asked by a
 * {@link PatientCall}.
 */
final class AgentClient implements AutoCloseable {
    /** A rule answers sooner than a thread that sleeps is woken; a model does not, and is waited for asleep. */
    private static final long LONGEST_SPIN_NANOS = TimeUnit.MICROSECONDS.toNanos(300);

    // grpc-java would tell standard error of each failed attempt; what is worth saying is in the failure.
    private static final Logger CHANNEL_LOG = Logger.getLogger("io.grpc.internal.ManagedChannelImpl");

    static {
        CHANNEL_LOG.setLevel(Level.SEVERE);
    }

    private final AgentWords words;
    // Also counted by the connection's thread, before the answers of a new connection arrive.
    private final AtomicInteger absences = new AtomicInteger();
    private final ManagedChannel channel;

    AgentClient(BundledAgent agent, AgentAddress address) {
        this.words = new AgentWords(agent.kind(), address);
        // Repeating is done here, where it is counted against the deadline; grpc-java's own would keep a copy of each
        // message. Answers are handed over by the connection's own thread: that is one wake-up less for each call.
        this.channel = NettyChannelBuilder.forAddress(address.host(), address.port())
                .usePlaintext()
                .directExecutor()
                .disableRetry()
                .intercept(ObservedCalls.INTERCEPTOR)
                .addTransportFilter(new ClientTransportFilter() {
                    @Override
                    public Attributes transportReady(Attributes attributes) {
                        absences.incrementAndGet();
                        return attributes;
                    }
                })
                .build();
    }

    /** The words for this agent's failures. */
    AgentWords words() {
        return words;
    }

    /**
     * Counts the occasions on which another agent may have taken the place of the one before: new connections, and
     * questions repeated because the agent was unavailable, which behind a proxy need no new connection.
     */
    int absences() {
        return absences.get();
    }

    /** Counts a question that is going to be repeated because the agent was unavailable. */
    void countAbsence() {
        absences.incrementAndGet();
    }

    /** A call, not yet started. */
    <Q, A> ClientCall<Q, A> newCall(MethodDescriptor<Q, A> method, CallOptions options) {
        return channel.newCall(method, options);
    }

    /** Lets the next call try to connect at once, where the channel would refuse it until a longer pause is over. */
    void connectAtOnce() {
        channel.resetConnectBackoff();
    }

    /** Asks one question and waits for its answer. */
    <Q, A> A ask(MethodDescriptor<Q, A> method, Q question, String subject, Duration deadline) {
        List<A> answers = new ArrayList<>(1);
        askAll(method, 1, 1, index -> question, (index, answer) -> answers.add(answer), subject, deadline);
        return answers.get(0);
    }

    /**
     * Asks several questions, some at once, and waits for all answers.
     *
     * @param method what is asked
     * @param count number of questions
     * @param inFlight most questions under way at once
     * @param questions makes a question when its turn comes
     * @param answers receives each answer with the number of its question, in the order of arrival, in this thread
     * @param subject what the questions are about, such as "step 17"
     * @param deadline how long one question may take, repetitions included
     * @throws AgentFailureException when one of them could not be answered; the others are given up
     */
    <Q, A> void askAll(
            MethodDescriptor<Q, A> method,
            int count,
            int inFlight,
            IntFunction<Q> questions,
            AnswerReader<A> answers,
            String subject,
            Duration deadline) {
        BlockingQueue<Flight<Q, A>> landed = new LinkedBlockingQueue<>();
        List<Flight<Q, A>> underWay = new ArrayList<>(Math.min(count, inFlight));
        try {
            int asked = 0;
            while (asked < count || !underWay.isEmpty()) {
                while (asked < count && underWay.size() < inFlight) {
                    Flight<Q, A> flight = new Flight<>(method, asked, questions.apply(asked), deadline, landed);
                    underWay.add(flight);
                    flight.take(channel);
                    asked++;
                }
                Flight<Q, A> flight = nextLanded(landed, underWay);
                if (flight.status.isOk()) {
                    underWay.remove(flight);
                    answers.read(flight.number, flight.answer);
                } else if (!flight.postpone()) {
                    throw words.failure(flight.status, subject, deadline);
                } else {
                    countAbsence();
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AgentFailureException(words.says("was not waited for: the run was interrupted"), e);
        } finally {
            underWay.forEach(Flight::giveUp);
        }
    }

    /** Waits for the next answer, and meanwhile repeats the questions whose pause is over. */
    private <Q, A> Flight<Q, A> nextLanded(BlockingQueue<Flight<Q, A>> landed, List<Flight<Q, A>> underWay)
            throws InterruptedException {
        while (true) {
            long now = System.nanoTime();
            long pause = Long.MAX_VALUE;
            for (Flight<Q, A> flight : underWay) {
                if (flight.paused && flight.resumeAt - now <= 0) {
                    connectAtOnce();
                    flight.take(channel);
                } else if (flight.paused) {
                    pause = Math.min(pause, flight.resumeAt - now);
                }
            }
            Flight<Q, A> flight = spinFor(landed, Math.min(pause, LONGEST_SPIN_NANOS));
            if (flight == null) {
                flight = pause == Long.MAX_VALUE ? landed.take() : landed.poll(pause, TimeUnit.NANOSECONDS);
            }
            if (flight != null) {
                return flight;
            }
        }
    }

    /** Takes what lands within so short a time that sleeping would not pay; null if nothing does. */
    private static <T> T spinFor(BlockingQueue<T> queue, long nanos) {
        long begin = System.nanoTime();
        T landed = queue.poll();
        while (landed == null && System.nanoTime() - begin < nanos) {
            Thread.onSpinWait();
            landed = queue.poll();
        }
        return landed;
    }

    @Override
    public void close() {
        channel.shutdownNow();
    }

    /** Takes what an agent answered; refuses it by throwing. */
    @FunctionalInterface
    interface AnswerReader<A> {
        /** Reads the answer to one question. */
        void read(int number, A answer);
    }

    /** One question on its way, with all its repetitions. */
    private static final class Flight<Q, A> implements StreamObserver<A> {
        private final MethodDescriptor<Q, A> method;
        private final int number;
        private final Q question;
        private final long deadlineAt;
        private final BlockingQueue<Flight<Q, A>> landed;
        private ClientCall<Q, A> call;
        private int pauses;
        private boolean paused;
        private long resumeAt;
        // Written by the connection's thread, and read by the asking one after the queue has handed the flight over.
        private A answer;
        private Status status;

        Flight(
                MethodDescriptor<Q, A> method,
                int number,
                Q question,
                Duration deadline,
                BlockingQueue<Flight<Q, A>> landed) {
            this.method = method;
            this.number = number;
            this.question = question;
            this.deadlineAt = System.nanoTime() + deadline.toNanos();
            this.landed = landed;
        }

        void take(ManagedChannel channel) {
            paused = false;
            answer = null;
            CallOptions options =
                    CallOptions.DEFAULT.withDeadlineAfter(deadlineAt - System.nanoTime(), TimeUnit.NANOSECONDS);
            call = channel.newCall(method, options);
            ClientCalls.asyncUnaryCall(call, question, this);
        }

        /** Plans a repetition, unless that is no use or too late. */
        boolean postpone() {
            if (status.getCode() != Status.Code.UNAVAILABLE) {
                return false;
            }
            long pause = Absence.pauseNanos(pauses++);
            paused = true;
            resumeAt = System.nanoTime() + pause;
            return resumeAt - deadlineAt < 0;
        }

        void giveUp() {
            call.cancel("given up", null);
        }

        @Override
        public void onNext(A value) {
            answer = value;
        }

        @Override
        public void onError(Throwable failure) {
            status = Absence.asUnavailableIfReset(Status.fromThrowable(failure));
            landed.add(this);
        }

        @Override
        public void onCompleted() {
            status = answer == null ? Status.INTERNAL.withDescription("an empty answer") : Status.OK;
            landed.add(this);
        }
    }
}
