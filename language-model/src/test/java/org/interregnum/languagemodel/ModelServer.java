package org.interregnum.languagemodel;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/** A server of models on this machine that answers what a test tells it to, and remembers what it was asked. */
final class ModelServer implements AutoCloseable {
    static {
        System.setProperty("sun.net.httpserver.nodelay", "true");
        System.setProperty("sun.net.httpserver.maxIdleConnections", "2000");
    }

    private static final int ENDLESS = 1000;
    private static final ObjectMapper JSON = new ObjectMapper();

    /** One answer of it; a status of 0 breaks the connection. */
    record Response(int status, Map<String, String> headers, String body, Duration delay, boolean stalls) {
        /** Sends its body over and over, with a pause between, as long as it is listened to. */
        Response endless(Duration pause) {
            return new Response(ENDLESS + status, headers, body, pause, false);
        }

        Response after(Duration wait) {
            return new Response(status, headers, body, wait, stalls);
        }

        Response with(String header, String value) {
            return new Response(status, Map.of(header, value), body, delay, stalls);
        }

        /** Sends half of its body and then nothing for a while. */
        Response stalling(Duration wait) {
            return new Response(status, headers, body, wait, true);
        }
    }

    /** One request to it. */
    record Request(String path, Headers headers, JsonNode body, long atNanos) {
        String header(String name) {
            return headers.getFirst(name);
        }
    }

    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool(task -> {
        Thread thread = new Thread(task, "model-server");
        thread.setDaemon(true);
        return thread;
    });
    private final Queue<Response> script = new ConcurrentLinkedQueue<>();
    private final List<Request> requests = Collections.synchronizedList(new ArrayList<>());
    private final AtomicInteger underWay = new AtomicInteger();
    private final AtomicInteger mostUnderWay = new AtomicInteger();
    private volatile Response otherwise = answer("{\"price\": 1.5}");

    ModelServer() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 2000);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(threads);
        server.createContext("/", this::handle);
        server.start();
    }

    /** A chat completion as OpenAI sends it, with 100 tokens of the question and 10 of the answer. */
    static Response answer(String text) {
        return completion(text, "stop", 100, 10);
    }

    static Response completion(String text, String finish, int inputTokens, int outputTokens) {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        body.put("id", "c1").put("object", "chat.completion").put("created", 1).put("model", "served-model");
        ObjectNode choice = body.putArray("choices").addObject().put("index", 0).put("finish_reason", finish);
        choice.putObject("message").put("role", "assistant").put("content", text);
        if (inputTokens >= 0) {
            body.putObject("usage")
                    .put("prompt_tokens", inputTokens)
                    .put("completion_tokens", outputTokens)
                    .put("total_tokens", inputTokens + outputTokens);
        }
        return body(200, body.toString());
    }

    static Response error(int status) {
        return body(status, "{\"error\": {\"message\": \"said the server\"}}");
    }

    static Response broken() {
        return body(0, "");
    }

    static Response body(int status, String body) {
        return new Response(status, Map.of(), body, Duration.ZERO, false);
    }

    ModelServer then(Response... responses) {
        script.addAll(List.of(responses));
        return this;
    }

    /** What it answers when its script is at an end. */
    ModelServer otherwise(Response response) {
        otherwise = response;
        return this;
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    List<Request> requests() {
        return requests;
    }

    int mostUnderWay() {
        return mostUnderWay.get();
    }

    private void handle(HttpExchange exchange) throws IOException {
        byte[] question = exchange.getRequestBody().readAllBytes();
        requests.add(new Request(
                exchange.getRequestURI().getPath(),
                exchange.getRequestHeaders(),
                JSON.readTree(question),
                System.nanoTime()));
        Response scripted = script.poll();
        mostUnderWay.accumulateAndGet(underWay.incrementAndGet(), Math::max);
        try {
            send(exchange, scripted == null ? otherwise : scripted);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            exchange.close();
        }
    }

    private void send(HttpExchange exchange, Response response) throws IOException, InterruptedException {
        if (!response.stalls()) {
            Thread.sleep(response.delay().toMillis());
        }
        underWay.decrementAndGet();
        if (response.status() == 0) {
            return;
        }
        byte[] bytes = response.body().getBytes(StandardCharsets.UTF_8);
        if (response.status() > ENDLESS) {
            exchange.sendResponseHeaders(response.status() - ENDLESS, 0);
            while (true) {
                exchange.getResponseBody().write(bytes);
                Thread.sleep(response.delay().toMillis());
            }
        }
        exchange.getResponseHeaders().add("Content-Type", "application/json");
        response.headers().forEach(exchange.getResponseHeaders()::add);
        exchange.sendResponseHeaders(response.status(), bytes.length == 0 ? -1 : bytes.length);
        int half = bytes.length / 2;
        exchange.getResponseBody().write(bytes, 0, half);
        if (response.stalls()) {
            exchange.getResponseBody().flush();
            Thread.sleep(response.delay().toMillis());
        }
        exchange.getResponseBody().write(bytes, half, bytes.length - half);
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
