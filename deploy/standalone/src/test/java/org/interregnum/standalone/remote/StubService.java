package org.interregnum.standalone.remote;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Somebody who answers in place of an orchestrator service, each call with what was laid down for it. */
public final class StubService implements AutoCloseable {
    /** Writes an answer. */
    public interface Answer {
        void write(HttpExchange exchange) throws IOException;
    }

    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool(work -> {
        Thread thread = new Thread(work, "stub");
        thread.setDaemon(true);
        return thread;
    });
    private final Map<String, Deque<Answer>> answers = new HashMap<>();
    private final List<String> heard = new CopyOnWriteArrayList<>();

    public StubService() throws IOException {
        this(0);
    }

    /** @param port where it listens; 0 for any */
    public StubService(int port) throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
        server.setExecutor(threads);
        server.createContext("/", this::answer);
        server.start();
    }

    public int port() {
        return server.getAddress().getPort();
    }

    public String url() {
        return "http://127.0.0.1:" + port();
    }

    /** Lays down the next answer to a call, such as {@code GET /api/v1/runs}; the last one is given again and again. */
    public StubService on(String call, Answer answer) {
        synchronized (answers) {
            answers.computeIfAbsent(call, any -> new ArrayDeque<>()).add(answer);
        }
        return this;
    }

    /** The same with a text. */
    public StubService on(String call, int status, String type, String body) {
        return on(call, exchange -> send(exchange, status, type, body));
    }

    /** The same with JSON. */
    public StubService on(String call, String json) {
        return on(call, 200, "application/json", json);
    }

    /** The same with a problem. */
    public StubService onProblem(String call, int status, String detail) {
        return on(call, status, "application/problem+json", "{\"title\":\"x\",\"detail\":\"" + detail + "\"}");
    }

    /** The same with a stream of events that breaks off behind what there is. */
    public StubService onStream(String call, String events) {
        return on(call, exchange -> {
            exchange.getResponseHeaders().set("Content-Type", "text/event-stream");
            exchange.sendResponseHeaders(200, 0);
            OutputStream body = exchange.getResponseBody();
            body.write(events.getBytes(StandardCharsets.UTF_8));
            body.flush();
            exchange.close();
        });
    }

    /** What was called, with queries, bodies, and the headers that matter. */
    public List<String> heard() {
        return heard;
    }

    private void answer(HttpExchange exchange) throws IOException {
        String call =
                exchange.getRequestMethod() + " " + exchange.getRequestURI().getPath();
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        String query = exchange.getRequestURI().getRawQuery();
        heard.add(call
                + (query == null ? "" : "?" + query)
                + header(exchange, "Authorization")
                + header(exchange, "Last-Event-ID")
                + (body.isEmpty() ? "" : " " + body));
        Answer answer;
        synchronized (answers) {
            Deque<Answer> laid = answers.getOrDefault(call, new ArrayDeque<>());
            answer = laid.size() > 1 ? laid.remove() : laid.peek();
        }
        if (answer == null) {
            send(exchange, 404, "application/problem+json", "{\"detail\":\"there is no such thing\"}");
        } else {
            answer.write(exchange);
        }
    }

    private static String header(HttpExchange exchange, String name) {
        String value = exchange.getRequestHeaders().getFirst(name);
        return value == null ? "" : " " + name + "=" + value;
    }

    private static void send(HttpExchange exchange, int status, String type, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", type);
        exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
        if (bytes.length > 0) {
            exchange.getResponseBody().write(bytes);
        }
        exchange.close();
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
