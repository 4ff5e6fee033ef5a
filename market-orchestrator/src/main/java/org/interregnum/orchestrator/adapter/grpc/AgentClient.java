package org.interregnum.orchestrator.adapter.grpc;

import io.grpc.MethodDescriptor;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.IntFunction;
import org.interregnum.agent.BundledAgent;
import org.interregnum.orchestrator.agent.AgentAddress;
import org.interregnum.orchestrator.agent.AgentFailureException;

/**
 * The connection to one agent, however many processes it has: deadlines, repetition of what was unavailable, and the words
 * for what went wrong.
 *
 * <p>Whoever asks a rule does all the work in its own thread, batch after batch; the connections' threads only hand over
 * answers. So nothing here is shared but the queue of answers. Models, which are waited for longer, are asked by a
 * {@link PatientCall}.
 */
final class AgentClient implements AutoCloseable {
    /** A rule answers sooner than a thread that sleeps is woken; a model does not, and is waited for asleep. */
    private static final long LONGEST_SPIN_NANOS = TimeUnit.MICROSECONDS.toNanos(300);

    private static final Semaphore SPINNERS =
            new Semaphore(Math.max(1, Runtime.getRuntime().availableProcessors() / 2));

    private final AgentWords words;
    private final String strategy;
    private final Greeting<?, ?> greeting;
    private final Replicas replicas;
    private final UsualTime usualTime = new UsualTime();
    private volatile AgentIdentity latest;

    /** @param strategy strategy that its agents must offer; empty for each one's default */
    AgentClient(BundledAgent agent, AgentAddress address, String strategy) {
        this.words = new AgentWords(agent.kind(), address);
        this.strategy = strategy;
        this.greeting = Greeting.of(agent);
        this.replicas = new Replicas(address, greeting);
    }

    /** The words for this agent's failures. */
    AgentWords words() {
        return words;
    }

    /** The processes behind the agent's name. */
    Replicas replicas() {
        return replicas;
    }

    /** How the agent is asked who it is. */
    Greeting<?, ?> greeting() {
        return greeting;
    }

    /** Who answered last. */
    AgentIdentity latest() {
        return latest;
    }

    /**
     * Learns who the agent is.
     *
     * @throws AgentFailureException when there is nobody, or an agent that cannot be used
     */
    void connect(Duration deadline) {
        this.<Void, Void>askAll(
                null, 1, 1, index -> null, (index, answer, identity) -> {}, AgentWords.GREETING, deadline);
    }

    /** Reads what a process says of itself. */
    <A> AgentIdentity introduce(Greeting<?, A> asked, A answer) {
        AgentIdentity identity = AgentIdentity.of(asked.reading().apply(answer), strategy, words);
        latest = identity;
        return identity;
    }

    /** Asks one question and waits for its answer. */
    <Q, A> Answered<A> ask(MethodDescriptor<Q, A> method, Q question, String subject, Duration deadline) {
        List<Answered<A>> answers = new ArrayList<>(1);
        askAll(
                method,
                1,
                1,
                index -> question,
                (index, answer, identity) -> answers.add(new Answered<>(answer, identity)),
                subject,
                deadline);
        return answers.get(0);
    }

    /**
     * Asks several questions, some at once, and waits for all answers. A question may be asked several times, and of
     * several processes at once.
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
        BlockingQueue<Flight<Q, A>.Attempt> landed = new LinkedBlockingQueue<>();
        List<Flight<Q, A>> underWay = new ArrayList<>(Math.min(count, inFlight));
        try {
            int asked = 0;
            while (asked < count || !underWay.isEmpty()) {
                while (asked < count && underWay.size() < inFlight) {
                    Flight<Q, A> flight =
                            new Flight<>(this, method, asked, questions.apply(asked), subject, deadline, landed);
                    underWay.add(flight);
                    flight.take();
                    asked++;
                }
                Flight<Q, A> flight = nextLanded(landed, underWay);
                if (flight.isAnswered() && underWay.remove(flight)) {
                    usualTime.add(flight.nanos());
                    latest = flight.identity();
                    answers.read(flight.number(), flight.answer(), flight.identity());
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AgentFailureException(words.says("was not waited for: the run was interrupted"), e);
        } finally {
            underWay.forEach(Flight::giveUp);
        }
    }

    /** How long an answer may take before it is not waited for alone. */
    long hedgeNanos() {
        return usualTime.tooLongNanos();
    }

    /** Waits until something lands, and meanwhile asks again what is due. Returns what has moved on. */
    private static <Q, A> Flight<Q, A> nextLanded(
            BlockingQueue<Flight<Q, A>.Attempt> landed, List<Flight<Q, A>> underWay) throws InterruptedException {
        while (true) {
            long now = System.nanoTime();
            long pause = Long.MAX_VALUE;
            for (Flight<Q, A> flight : underWay) {
                pause = Math.min(pause, flight.nanosUntilDue(now));
            }
            Flight<Q, A>.Attempt attempt = spinFor(landed, Math.min(pause, LONGEST_SPIN_NANOS));
            if (attempt == null) {
                attempt = landed.poll(pause, TimeUnit.NANOSECONDS);
            }
            if (attempt != null) {
                return attempt.moveOn();
            }
            long then = System.nanoTime();
            for (Flight<Q, A> flight : underWay) {
                if (flight.nanosUntilDue(then) == 0) {
                    flight.askAgain();
                }
            }
        }
    }

    /**
     * Takes what lands within so short a time that sleeping would not pay; null if nothing does, or if so many runs wait
     * in this way that they would keep each other, and the agents on this machine, from the processors.
     */
    private static <T> T spinFor(BlockingQueue<T> queue, long nanos) {
        T landed = queue.poll();
        if (landed != null || !SPINNERS.tryAcquire()) {
            return landed;
        }
        try {
            long begin = System.nanoTime();
            while (landed == null && System.nanoTime() - begin < nanos) {
                Thread.onSpinWait();
                landed = queue.poll();
            }
            return landed;
        } finally {
            SPINNERS.release();
        }
    }

    @Override
    public void close() {
        replicas.close();
    }

    /** Takes what an agent answered; refuses it by throwing. */
    @FunctionalInterface
    interface AnswerReader<A> {
        /** Reads the answer to one question, which this agent gave. */
        void read(int number, A answer, AgentIdentity identity);
    }

    /**
     * An answer.
     *
     * @param answer the answer
     * @param by who gave it
     */
    record Answered<A>(A answer, AgentIdentity by) {}
}
