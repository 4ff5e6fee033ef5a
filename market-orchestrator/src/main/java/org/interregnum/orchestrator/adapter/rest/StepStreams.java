package org.interregnum.orchestrator.adapter.rest;

import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.ServiceUnavailableException;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.sse.OutboundSseEvent;
import jakarta.ws.rs.sse.Sse;
import jakarta.ws.rs.sse.SseEventSink;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.interregnum.orchestrator.event.EventLogException;
import org.interregnum.orchestrator.service.StepLine;
import org.interregnum.orchestrator.service.StepWatch;
import org.jboss.logging.Logger;

/** Sends steps to those who watch, each in a thread of its own, and no faster than they take them. */
@ApplicationScoped
class StepStreams {
    private static final Logger LOG = Logger.getLogger("org.interregnum.orchestrator");
    private static final int AT_ONCE = 64;
    private static final long LOOK_MILLIS = 50;
    private static final long PATIENCE_SECONDS = 30;

    /** A line now and then keeps proxies from ending a quiet connection, and shows whether anybody listens. */
    private static final long COMMENT_NANOS = TimeUnit.SECONDS.toNanos(15);

    private final ThreadPoolExecutor threads;

    StepStreams(OrchestratorSettings settings) {
        // A setting that is not in its range ends the service, but not before this.
        int most = Math.max(1, settings.watchers());
        threads = new ThreadPoolExecutor(0, most, 30, TimeUnit.SECONDS, new SynchronousQueue<>(), work -> {
            Thread thread = new Thread(work, "watcher");
            thread.setDaemon(true);
            return thread;
        });
    }

    void send(StepWatch watch, SseEventSink sink, Sse sse) {
        try {
            threads.execute(() -> stream(watch, sink, sse));
        } catch (RejectedExecutionException e) {
            watch.close();
            throw new ServiceUnavailableException(30L, e);
        }
    }

    private static void stream(StepWatch watch, SseEventSink sink, Sse sse) {
        try (watch;
                sink) {
            long spoken = System.nanoTime();
            while (!sink.isClosed()) {
                List<StepLine> lines = watch.next(AT_ONCE);
                for (StepLine line : lines) {
                    await(sink, step(sse, line));
                    spoken = System.nanoTime();
                }
                if (watch.isOver()) {
                    if (!watch.goesOnLater()) {
                        await(sink, end(sse, watch));
                    }
                    return;
                }
                if (lines.isEmpty()) {
                    TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
                }
                if (System.nanoTime() - spoken > COMMENT_NANOS) {
                    await(sink, sse.newEventBuilder().comment("still here").build());
                    spoken = System.nanoTime();
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException | CompletionException | IllegalStateException e) {
            // Whoever watched has gone away, or takes nothing any more.
            LOG.debugf("a watcher is gone: %s", e.getMessage());
        } catch (EventLogException e) {
            LOG.warnf("a watcher was sent away: %s", e.getMessage());
        }
    }

    private static void await(SseEventSink sink, OutboundSseEvent event)
            throws ExecutionException, InterruptedException, TimeoutException {
        Object unused = sink.send(event).toCompletableFuture().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    }

    private static OutboundSseEvent step(Sse sse, StepLine line) {
        return sse.newEventBuilder()
                .id(Long.toString(line.step()))
                .name("step")
                .mediaType(MediaType.APPLICATION_JSON_TYPE)
                .data(line)
                .build();
    }

    private static OutboundSseEvent end(Sse sse, StepWatch watch) {
        return sse.newEventBuilder()
                .name("end")
                .mediaType(MediaType.APPLICATION_JSON_TYPE)
                .data(RunJson.of(watch.run()))
                .build();
    }

    @PreDestroy
    void close() {
        threads.shutdownNow();
    }
}
