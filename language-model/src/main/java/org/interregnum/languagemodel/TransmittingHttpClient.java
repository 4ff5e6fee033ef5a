package org.interregnum.languagemodel;

import dev.langchain4j.exception.LangChain4jException;
import dev.langchain4j.http.client.HttpClient;
import dev.langchain4j.http.client.HttpRequest;
import dev.langchain4j.http.client.SuccessfulHttpResponse;
import dev.langchain4j.http.client.sse.ServerSentEventListener;
import dev.langchain4j.http.client.sse.ServerSentEventParser;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.channels.UnresolvedAddressException;
import java.time.Duration;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/**
 * Sends LangChain4j's requests: each once, without redirection, and with the time-out, the key and the record of the
 * {@linkplain #during call} that its thread is about.
 */
final class TransmittingHttpClient implements HttpClient {
    /** Below any sensible time-out of a call; else attempts to connect that were given up would go on for minutes. */
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(15);
    /** Ours: LangChain4j is given no key, and what it sends in its place must not be. */
    private static final Set<String> KEY_HEADERS = Set.of("authorization", "x-api-key");
    /** LangChain4j hands a request nothing of ours, but stays in the thread. */
    private static final ThreadLocal<Transmission> CURRENT = new ThreadLocal<>();

    // One for all endpoints: it keeps connections by address, and its threads end with it. HTTP/1.1, since hosted and
    // local servers alike speak it, and a connection that breaks then breaks one call.
    private final java.net.http.HttpClient client = java.net.http.HttpClient.newBuilder()
            .version(java.net.http.HttpClient.Version.HTTP_1_1)
            .followRedirects(java.net.http.HttpClient.Redirect.NEVER)
            .connectTimeout(CONNECT_TIMEOUT)
            .build();

    /** Runs a call of LangChain4j, in whose course this thread executes at most one request. */
    <T> T during(Transmission transmission, Supplier<T> call) {
        CURRENT.set(transmission);
        try {
            return call.get();
        } finally {
            CURRENT.remove();
        }
    }

    @Override
    public SuccessfulHttpResponse execute(HttpRequest request) {
        Transmission transmission = CURRENT.get();
        if (transmission.isBegun) {
            throw new IllegalStateException("a call may send one request");
        }
        transmission.isBegun = true;
        transmit(request, transmission);
        if (!transmission.isSuccess()) {
            throw new NoAnswerException();
        }
        return SuccessfulHttpResponse.builder()
                .statusCode(transmission.status)
                .body(transmission.body)
                .build();
    }

    @Override
    public void execute(HttpRequest request, ServerSentEventParser parser, ServerSentEventListener listener) {
        throw new UnsupportedOperationException("answers are not streamed");
    }

    private void transmit(HttpRequest request, Transmission transmission) {
        java.net.http.HttpRequest wire;
        try {
            wire = wireRequest(request, transmission);
        } catch (IllegalArgumentException unsendable) {
            // Neither its text nor itself is kept: it may quote the key.
            transmission.trouble = Transmission.Trouble.UNSENDABLE;
            return;
        }
        long start = System.nanoTime();
        CompletableFuture<HttpResponse<String>> answer = client.sendAsync(wire, headers -> new LimitedBody());
        try {
            // The time-out of java.net.http ends with the headers; this one covers the body.
            HttpResponse<String> response = answer.get(transmission.timeoutNanos, TimeUnit.NANOSECONDS);
            transmission.status = response.statusCode();
            transmission.body = response.body();
            transmission.retryAfter = response.headers().firstValue("Retry-After");
        } catch (TimeoutException late) {
            transmission.trouble = Transmission.Trouble.TIMED_OUT;
            answer.cancel(true);
        } catch (InterruptedException interrupted) {
            transmission.trouble = Transmission.Trouble.INTERRUPTED;
            answer.cancel(true);
            Thread.currentThread().interrupt();
        } catch (ExecutionException failed) {
            describe(failed.getCause(), transmission);
        }
        transmission.latencyNanos = System.nanoTime() - start;
    }

    private static java.net.http.HttpRequest wireRequest(HttpRequest request, Transmission transmission) {
        java.net.http.HttpRequest.Builder wire = java.net.http.HttpRequest.newBuilder(URI.create(request.url()))
                .method(request.method().name(), BodyPublishers.ofString(request.body()));
        request.headers().forEach((name, values) -> {
            if (!KEY_HEADERS.contains(name.toLowerCase(Locale.ROOT))) {
                values.forEach(value -> wire.header(name, value));
            }
        });
        transmission.key.ifPresent(key -> {
            switch (transmission.provider) {
                case OPENAI, OLLAMA -> wire.header("Authorization", "Bearer " + key);
                case ANTHROPIC -> wire.header("x-api-key", key);
            }
        });
        return wire.build();
    }

    private static void describe(Throwable failure, Transmission transmission) {
        if (failure instanceof Error error) {
            throw error;
        }
        if (isTooLarge(failure)) {
            transmission.trouble = Transmission.Trouble.TOO_LARGE;
            transmission.details = new LimitedBody.TooLargeException().getMessage();
            return;
        }
        if (failure instanceof IllegalArgumentException) {
            // The address passed for one until it was to be connected to, such as a port beyond 65535.
            transmission.trouble = Transmission.Trouble.UNSENDABLE;
            return;
        }
        boolean isUnconnected = failure instanceof ConnectException || failure instanceof HttpConnectTimeoutException;
        transmission.trouble = isUnconnected ? Transmission.Trouble.UNCONNECTED : Transmission.Trouble.BROKEN;
        if (failure.getCause() instanceof UnresolvedAddressException) {
            transmission.details = "the host is unknown";
        } else if (failure instanceof IOException && failure.getMessage() != null) {
            transmission.details = failure.getMessage();
        } else {
            transmission.details = failure.getClass().getSimpleName();
        }
    }

    /** The client wraps what its subscribers throw, how often is its own matter. */
    private static boolean isTooLarge(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof LimitedBody.TooLargeException) {
                return true;
            }
        }
        return false;
    }

    /** Ends LangChain4j's part in a call; the transmission says why. */
    private static final class NoAnswerException extends LangChain4jException {
        NoAnswerException() {
            super("no answer");
        }
    }
}
