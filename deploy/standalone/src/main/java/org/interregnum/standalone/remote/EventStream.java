package org.interregnum.standalone.remote;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Flow;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * Events of a body that is still coming. One piece of it is asked for at a time, so that a reader that is slow slows the
 * sender down. Read by one thread, which may be interrupted.
 */
final class EventStream implements Flow.Subscriber<List<ByteBuffer>>, AutoCloseable {
    /** What came: a piece, the end, or a failure. */
    private record Arrival(List<ByteBuffer> piece, boolean isEnd, Throwable failure) {}

    private final BlockingQueue<Arrival> arrivals = new LinkedBlockingQueue<>();
    private final ServerSentEvents parser = new ServerSentEvents();
    private final Deque<ServerSentEvent> events = new ArrayDeque<>();
    private volatile Flow.Subscription subscription;
    private volatile boolean closed;

    @Override
    public void onSubscribe(Flow.Subscription source) {
        subscription = source;
        if (closed) {
            source.cancel();
        } else {
            source.request(1);
        }
    }

    @Override
    public void onNext(List<ByteBuffer> piece) {
        arrivals.add(new Arrival(piece, false, null));
    }

    @Override
    public void onError(Throwable failure) {
        arrivals.add(new Arrival(List.of(), true, failure));
    }

    @Override
    public void onComplete() {
        arrivals.add(new Arrival(List.of(), true, null));
    }

    /**
     * The next event.
     *
     * @param silence how long nothing may come, not even a comment
     * @return empty when the stream has ended
     * @throws IOException when it broke off, was silent for too long, or is no stream of events
     */
    Optional<ServerSentEvent> next(Duration silence) throws IOException, InterruptedException {
        while (events.isEmpty()) {
            Arrival arrival = arrivals.poll(silence.toMillis(), TimeUnit.MILLISECONDS);
            if (arrival == null) {
                throw new IOException("nothing came for " + silence.toSeconds() + " s");
            }
            if (arrival.failure() != null) {
                throw new IOException(arrival.failure().getMessage(), arrival.failure());
            }
            if (arrival.isEnd()) {
                return Optional.empty();
            }
            for (ByteBuffer part : arrival.piece()) {
                events.addAll(parser.read(part));
            }
            subscription.request(1);
        }
        return Optional.of(events.remove());
    }

    @Override
    public void close() {
        closed = true;
        Flow.Subscription source = subscription;
        if (source != null) {
            source.cancel();
        }
    }
}
