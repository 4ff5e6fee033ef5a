package org.interregnum.standalone;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/**
 * An endpoint of OpenAI's chat protocol that gives every buyer the same answer after the same time: a good impression, and
 * seller 0. Nobody leaves the market, so a step of model buyers is always two rounds. A waiting answer holds no thread.
 */
final class FixedAnswers implements AutoCloseable {
    private static final byte[] IMPRESSION = completion("{\\\"impression\\\": \\\"good\\\"}");
    private static final byte[] CHOICE = completion("{\\\"reason\\\": \\\"fixed\\\", \\\"seller\\\": 0}");

    private final HttpServer server;
    private final ExecutorService threads = Executors.newFixedThreadPool(2);
    private final Executor afterLatency;

    /** Starts on any free port of this machine. */
    FixedAnswers(Duration latency) throws IOException {
        // Read once, when the server's classes are loaded.
        System.setProperty("sun.net.httpserver.maxIdleConnections", "10000");
        System.setProperty("sun.net.httpserver.nodelay", "true");
        afterLatency = latency.isZero()
                ? Runnable::run
                : CompletableFuture.delayedExecutor(latency.toNanos(), TimeUnit.NANOSECONDS, threads);
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 4096);
        server.setExecutor(threads);
        server.createContext("/", this::handle);
        server.start();
    }

    /** What a model's base URL is. */
    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/v1";
    }

    private void handle(HttpExchange exchange) throws IOException {
        String question = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        byte[] answer = question.contains("\"seller\"") ? CHOICE : IMPRESSION;
        afterLatency.execute(() -> answer(exchange, answer));
    }

    private static void answer(HttpExchange exchange, byte[] answer) {
        try (exchange) {
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(200, answer.length);
            exchange.getResponseBody().write(answer);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] completion(String answer) {
        return """
                {"id": "fixed", "object": "chat.completion", "model": "fixed", "choices": [{"index": 0,
                "finish_reason": "stop", "message": {"role": "assistant", "content": "%s"}}],
                "usage": {"prompt_tokens": 300, "completion_tokens": 10, "total_tokens": 310}}""".formatted(answer).getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
