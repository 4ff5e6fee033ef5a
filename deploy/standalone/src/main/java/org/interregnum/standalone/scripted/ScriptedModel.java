package org.interregnum.standalone.scripted;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * An endpoint of OpenAI's chat protocol that answers by rules instead of a language model: for trying things without a
 * key, for tests and for load. A waiting answer holds no thread.
 */
public final class ScriptedModel implements AutoCloseable {
    static {
        // Read once, when the server's classes are loaded. A server that closes idle connections before its clients
        // do makes them fail now and then.
        presetProperty("sun.net.httpserver.maxIdleConnections", "100000");
        presetProperty("sun.net.httpserver.idleInterval", "300");
        presetProperty("sun.net.httpserver.nodelay", "true");
        // Otherwise a client that never finishes its request would hold a thread for ever.
        presetProperty("sun.net.httpserver.maxReqTime", "60");
    }

    private static final int BACKLOG = 4096;
    private static final int LARGEST_BODY = 16 << 20;
    private static final int READERS = 4;
    private static final int SWEEP_SECONDS = 10;
    private static final String BAD_REQUEST = "invalid_request_error";

    private final ScriptedModelOptions options;
    private final TroubleDraws draws;
    private final HungExchanges hung = new HungExchanges();
    private final Map<AnswerKind, AtomicLong> answers = new EnumMap<>(AnswerKind.class);
    private final AtomicLong completions = new AtomicLong();
    private final AtomicLong oddAnswers = new AtomicLong();
    private final HttpServer server;
    private final ExecutorService readers;
    private final ScheduledExecutorService sweeper;
    /** Runs what it is given after the latency. */
    private final Executor afterLatency;

    private ScriptedModel(ScriptedModelOptions options, HttpServer server) {
        this.options = options;
        this.server = server;
        draws = new TroubleDraws(options);
        readers = Executors.newFixedThreadPool(READERS, daemons("scripted-model-reader"));
        sweeper = Executors.newSingleThreadScheduledExecutor(daemons("scripted-model-sweeper"));
        afterLatency = options.latency().isZero()
                ? Runnable::run
                : CompletableFuture.delayedExecutor(options.latency().toNanos(), TimeUnit.NANOSECONDS, readers);
        for (AnswerKind kind : AnswerKind.values()) {
            answers.put(kind, new AtomicLong());
        }
    }

    /**
     * Starts an endpoint.
     *
     * @param host address to listen on
     * @param port port to listen on, 0 for any that is free
     * @throws IOException when it cannot listen there
     */
    public static ScriptedModel start(ScriptedModelOptions options, String host, int port) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(host, port), BACKLOG);
        ScriptedModel model = new ScriptedModel(options, server);
        server.setExecutor(model.readers);
        server.createContext("/", model::handle);
        ScheduledFuture<?> unused = model.sweeper.scheduleWithFixedDelay(
                () -> model.hung.sweep(System.nanoTime()), SWEEP_SECONDS, SWEEP_SECONDS, TimeUnit.SECONDS);
        server.start();
        return model;
    }

    /** The port that it listens on. */
    public int port() {
        return server.getAddress().getPort();
    }

    /** How many chat completions it was asked for, the malformed requests included. */
    public long requests() {
        return answers.values().stream().mapToLong(AtomicLong::get).sum();
    }

    /** What became of how many of the {@link #requests()}; counted when they arrive. */
    public long answers(AnswerKind kind) {
        return count(kind).get();
    }

    /** Stops, and breaks off what is unanswered. */
    @Override
    public void close() {
        server.stop(0);
        readers.shutdownNow();
        sweeper.shutdownNow();
    }

    private void handle(HttpExchange exchange) {
        String path = exchange.getRequestURI().getPath();
        String method = exchange.getRequestMethod();
        boolean isRead = method.equals("GET") || method.equals("HEAD");
        switch (path) {
            case "/v1/chat/completions", "/chat/completions" -> {
                if (method.equals("POST")) {
                    complete(exchange);
                } else {
                    notAllowed("POST").to(exchange);
                }
            }
            case "/v1/models", "/models" -> (isRead ? Reply.models() : notAllowed("GET")).to(exchange);
            case "/health" -> (isRead ? Reply.health() : notAllowed("GET")).to(exchange);
            default ->
                Reply.error(404, BAD_REQUEST, "there is only /v1/chat/completions, /v1/models and /health")
                        .to(exchange);
        }
    }

    private void complete(HttpExchange exchange) {
        ChatQuestion question;
        try {
            question = ChatQuestion.read(body(exchange));
        } catch (MalformedRequestException e) {
            count(AnswerKind.REFUSED).incrementAndGet();
            Reply.error(400, BAD_REQUEST, e.getMessage()).to(exchange);
            return;
        } catch (IOException e) {
            exchange.close(); // The client went away in the middle of its question.
            return;
        }
        AnswerKind kind = draws.next();
        count(kind).incrementAndGet();
        if (kind == AnswerKind.HUNG) {
            hung.add(exchange, System.nanoTime());
            return;
        }
        Reply reply = reply(kind, question);
        afterLatency.execute(() -> reply.to(exchange));
    }

    private static byte[] body(HttpExchange exchange) throws IOException, MalformedRequestException {
        byte[] body = exchange.getRequestBody().readNBytes(LARGEST_BODY + 1);
        if (body.length > LARGEST_BODY) {
            throw new MalformedRequestException("the body: must be at most 16 MiB");
        }
        return body;
    }

    private Reply reply(AnswerKind kind, ChatQuestion question) {
        return switch (kind) {
            case RATE_LIMITED ->
                Reply.error(429, "requests", "rate limit reached, as this scripted model was told to pretend")
                        .with("Retry-After", Integer.toString(options.retryAfter()));
            case FAILED -> Reply.error(500, "server_error", "failed, as this scripted model was told to pretend");
            default -> {
                String answer = answer(kind, Rules.decide(question.form(), question.text()));
                yield Reply.completion(
                        completions.incrementAndGet(), System.currentTimeMillis() / 1000, question.text(), answer);
            }
        };
    }

    private String answer(AnswerKind kind, Decision decision) {
        return switch (kind) {
            case PROSE -> decision.inProse();
            case GARBAGE -> decision.asGarbage(oddAnswers.getAndIncrement());
            case MISFIT -> decision.asMisfit(oddAnswers.getAndIncrement());
            default -> decision.inForm();
        };
    }

    private AtomicLong count(AnswerKind kind) {
        return Objects.requireNonNull(answers.get(kind));
    }

    private static Reply notAllowed(String method) {
        return Reply.error(405, BAD_REQUEST, "only " + method + " is allowed here")
                .with("Allow", method);
    }

    private static ThreadFactory daemons(String name) {
        return task -> {
            Thread thread = new Thread(task, name);
            thread.setDaemon(true);
            return thread;
        };
    }

    private static void presetProperty(String name, String value) {
        if (System.getProperty(name) == null) {
            System.setProperty(name, value);
        }
    }
}
