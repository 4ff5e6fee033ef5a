package org.interregnum.orchestrator.adapter.rest;

import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;
import java.io.BufferedOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Logs and files on their way to callers: few at once, each in a thread that waits for its caller, and none for a caller
 * that does not take them.
 */
@ApplicationScoped
class Downloads {
    /** Most at once. */
    static final int AT_ONCE = 32;

    /** How long a caller may take for a piece; two kilobytes a second are enough. */
    static final int PATIENCE_SECONDS = 30;

    private static final int PIECE = 1 << 16;

    private final Semaphore places = new Semaphore(AT_ONCE);
    private final ScheduledThreadPoolExecutor clock = new ScheduledThreadPoolExecutor(1, work -> {
        Thread thread = new Thread(work, "downloads");
        thread.setDaemon(true);
        return thread;
    });

    Downloads() {
        // There is one for each piece, and thousands of pieces in a second.
        clock.setRemoveOnCancelPolicy(true);
    }

    /** Something that is open, and can be written. */
    interface Content extends AutoCloseable {
        void writeTo(OutputStream out) throws IOException;

        @Override
        void close();
    }

    /**
     * Something to send. It takes a place and is opened at once, since what goes wrong later has no status any more. Both are
     * given back when nobody begins to write it, because the caller has gone; for a HEAD nothing is opened.
     *
     * @throws BusyException when there is no place
     */
    StreamingOutput of(HttpServerRequest caller, Supplier<Content> opening) {
        if (caller.method().equals(HttpMethod.HEAD)) {
            return out -> {};
        }
        if (!places.tryAcquire()) {
            throw new BusyException(
                    Response.Status.SERVICE_UNAVAILABLE, AT_ONCE + " logs and files are being sent already", 5);
        }
        Content content;
        try {
            content = opening.get();
        } catch (RuntimeException e) {
            places.release();
            throw e;
        }
        ScheduledFuture<?> unwanted = clock.schedule(() -> end(content), PATIENCE_SECONDS, TimeUnit.SECONDS);
        return out -> {
            if (!unwanted.cancel(false)) {
                throw new IOException("nobody began to send it within " + PATIENCE_SECONDS + " s");
            }
            try {
                BufferedOutputStream pieces = new BufferedOutputStream(new Patient(out, caller), PIECE);
                content.writeTo(pieces);
                pieces.flush();
            } finally {
                end(content);
            }
        };
    }

    private void end(Content content) {
        try {
            content.close();
        } finally {
            places.release();
        }
    }

    @PreDestroy
    void close() {
        clock.shutdownNow();
    }

    /** Ends the connection of a caller that has not taken a piece in time, which ends the wait for it. */
    private final class Patient extends FilterOutputStream {
        private final HttpServerRequest caller;

        Patient(OutputStream out, HttpServerRequest caller) {
            super(out);
            this.caller = caller;
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            ScheduledFuture<?> end = clock.schedule(this::giveUp, PATIENCE_SECONDS, TimeUnit.SECONDS);
            try {
                out.write(bytes, offset, length);
            } finally {
                end.cancel(false);
            }
        }

        private void giveUp() {
            if (caller.version() == HttpVersion.HTTP_2) {
                // Other calls share the connection.
                boolean unused = caller.response().reset();
            } else {
                caller.connection().close();
            }
        }
    }
}
