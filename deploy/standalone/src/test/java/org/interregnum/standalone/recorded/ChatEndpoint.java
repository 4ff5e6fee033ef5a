package org.interregnum.standalone.recorded;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** An endpoint of OpenAI's chat protocol that does what a test says, and remembers every request. */
public final class ChatEndpoint implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpServer server;
    private final ExecutorService threads;
    private final Script script;
    private final List<Request> requests = new CopyOnWriteArrayList<>();

    private ChatEndpoint(HttpServer server, ExecutorService threads, Script script) {
        this.server = server;
        this.threads = threads;
        this.script = script;
    }

    /** What the endpoint does. */
    @FunctionalInterface
    public interface Script {
        /** Answers the request with this number, from 0. */
        Reply answer(int number, Request request);
    }

    /**
     * A request as it came over the wire.
     *
     * @param path where it was sent
     * @param authorization the header of this name; null without
     * @param body what was asked
     */
    public record Request(String path, String authorization, JsonNode body) {
        /** Name of the schema that the answer must have. */
        public String kind() {
            return body.at("/response_format/json_schema/name").asText();
        }

        /** The last message, in which the question is. */
        public String question() {
            JsonNode messages = body.path("messages");
            return messages.path(messages.size() - 1).path("content").asText();
        }
    }

    /**
     * A response.
     *
     * @param status its HTTP status
     * @param body its body
     */
    public record Reply(int status, String body) {
        /** A completion whose text is an answer. */
        public static Reply saying(String answer) {
            ObjectNode completion = JSON.createObjectNode();
            completion.put("id", "chatcmpl-1").put("object", "chat.completion").put("model", "fixed-2024");
            ObjectNode choice = completion.putArray("choices").addObject();
            choice.put("index", 0).put("finish_reason", "stop");
            choice.putObject("message").put("role", "assistant").put("content", answer);
            completion
                    .putObject("usage")
                    .put("prompt_tokens", 10)
                    .put("completion_tokens", 5)
                    .put("total_tokens", 15);
            return new Reply(200, completion.toString());
        }
    }

    /** Starts an endpoint on a free port of this machine that takes one request after the other. */
    public static ChatEndpoint start(Script script) throws IOException {
        return start(script, Executors.newSingleThreadExecutor());
    }

    /** Starts one that takes many requests at once, each in a thread of its own, where the script may wait. */
    public static ChatEndpoint startForMany(Script script) throws IOException {
        return start(script, Executors.newCachedThreadPool());
    }

    private static ChatEndpoint start(Script script, ExecutorService threads) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 4096);
        ChatEndpoint endpoint = new ChatEndpoint(server, threads, script);
        server.setExecutor(threads);
        server.createContext("/", endpoint::handle);
        server.start();
        return endpoint;
    }

    /** Its address below a folder, such as {@code http://127.0.0.1:12345/v1}. */
    public String url(String folder) {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/" + folder;
    }

    /** All requests so far, in the order in which they came. */
    public List<Request> requests() {
        return requests;
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            Request request = new Request(
                    exchange.getRequestURI().getPath(),
                    exchange.getRequestHeaders().getFirst("Authorization"),
                    JSON.readTree(exchange.getRequestBody().readAllBytes()));
            Reply reply = script.answer(add(request), request);
            byte[] body = reply.body().getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(reply.status(), body.length);
            exchange.getResponseBody().write(body);
        }
    }

    /** Remembers a request, and says which it is. */
    private synchronized int add(Request request) {
        requests.add(request);
        return requests.size() - 1;
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
