package org.interregnum.agent.server;

import io.grpc.Status;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import io.opentelemetry.context.Context;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.interregnum.agent.AgentStatus;
import org.jboss.logging.Logger;

/**
 * Answers calls that wait for others, each on a thread of its own, so that the threads on which calls arrive stay free.
 * A call that is cancelled or runs out of time interrupts its thread. Calls beyond the largest number of threads are
 * told to ask again.
 */
public final class LongCalls implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger("org.interregnum.agent");
    private static final int MOST_THREADS = 2000;
    private static final long IDLE_SECONDS = 30;

    // The threads wait nearly all the time and are many; a default stack would be 1 MiB each.
    private static final long STACK_BYTES = 512 * 1024;

    private static final long PAUSE_MILLIS = 20;

    private final AtomicLong started = new AtomicLong();
    private final AtomicInteger underWay = new AtomicInteger();
    private final ThreadPoolExecutor threads = new ThreadPoolExecutor(
            0, MOST_THREADS, IDLE_SECONDS, TimeUnit.SECONDS, new SynchronousQueue<>(), this::thread);

    private Thread thread(Runnable work) {
        Thread thread = new Thread(null, work, "long-call-" + started.incrementAndGet(), STACK_BYTES);
        thread.setDaemon(true);
        thread.setContextClassLoader(LongCalls.class.getClassLoader());
        return thread;
    }

    /**
     * Answers a call with what some work returns, or with the status of the exception that it throws.
     *
     * @param call where the answer goes; as gRPC handed it to the service, whose method has not returned yet
     * @param run identifier of the run that asks, for the log; may be empty
     * @param step number of the step that the question belongs to, for the log
     * @param work what takes long; heeds interruption
     */
    public <A> void answer(StreamObserver<A> call, String run, long step, Callable<A> work) {
        Context trace = ServerSpans.current();
        FutureTask<Void> task =
                new FutureTask<>(trace.wrap(() -> LogFields.during(run, step, () -> complete(call, work))), null);
        ((ServerCallStreamObserver<A>) call).setOnCancelHandler(() -> task.cancel(true));
        underWay.incrementAndGet();
        try {
            threads.execute(() -> {
                task.run();
                underWay.decrementAndGet();
            });
        } catch (RejectedExecutionException e) {
            underWay.decrementAndGet();
            throw e;
        }
    }

    /** Waits until no call is under way, which is what an agent owes to a model that was paid for; or for so long. */
    public void awaitIdle(Duration longest) {
        long begun = System.nanoTime();
        while (underWay.get() > 0 && System.nanoTime() - begun < longest.toNanos()) {
            try {
                Thread.sleep(PAUSE_MILLIS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }

    private <A> void complete(StreamObserver<A> call, Callable<A> work) {
        A answer;
        try {
            answer = work.call();
        } catch (InterruptedException e) {
            // Nobody waits any more, or the agent stops.
            call.onError(AgentStatus.of(new RejectedExecutionException(e)).asRuntimeException());
            return;
        } catch (Exception | LinkageError | StackOverflowError e) {
            Status status = AgentStatus.of(e);
            if (AgentStatus.isFault(status)) {
                LOG.error("A call failed", e);
            }
            call.onError(status.asRuntimeException());
            return;
        }
        if (threads.isShutdown()) {
            // What was interrupted may look like a decision that failed; another agent can still take it.
            call.onError(AgentStatus.of(new RejectedExecutionException()).asRuntimeException());
            return;
        }
        call.onNext(answer);
        call.onCompleted();
    }

    /** Interrupts the calls under way and takes no further ones. */
    @Override
    public void close() {
        threads.shutdownNow();
    }
}
