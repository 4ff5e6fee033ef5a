package org.interregnum.standalone.secrecy;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * An endpoint that says back what it was authorised with, in every way that an answer, an error or a breach of the protocol
 * leaves for it. Its first answer waits until a test allows it.
 */
final class EchoingEndpoint implements AutoCloseable {
    /** How often it answers before it refuses. */
    static final int ANSWERS = 36;

    private static final ObjectMapper JSON = new ObjectMapper();

    private final ServerSocket server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final List<Request> requests = new CopyOnWriteArrayList<>();
    private final AtomicInteger answers = new AtomicInteger();
    private final CountDownLatch begun = new CountDownLatch(1);
    private final CountDownLatch allowed = new CountDownLatch(1);
    private volatile boolean isMended;

    /** A request: where it was sent, and the whole header of this name. */
    record Request(String path, String authorization) {}

    EchoingEndpoint() throws IOException {
        server = new ServerSocket(0, 100, InetAddress.getByName("127.0.0.1"));
        threads.execute(this::accept);
    }

    String url() {
        return "http://127.0.0.1:" + server.getLocalPort();
    }

    List<Request> requests() {
        return requests;
    }

    /** Waits for the first request. */
    void awaitBegin() throws InterruptedException {
        begun.await();
    }

    /** Allows the first answer. */
    void allow() {
        allowed.countDown();
    }

    /** From now on everything is answered; the key is still said back. */
    void mend() {
        isMended = true;
    }

    private void accept() {
        try {
            while (true) {
                Socket connection = server.accept();
                threads.execute(() -> serve(connection));
            }
        } catch (IOException e) {
            // It was closed.
        }
    }

    private void serve(Socket connection) {
        try (connection) {
            InputStream in = new BufferedInputStream(connection.getInputStream());
            String[] first = line(in).split(" ");
            if (first.length < 3) {
                return;
            }
            String authorization = "none";
            int length = 0;
            for (String header = line(in); !header.isEmpty(); header = line(in)) {
                String value = header.substring(header.indexOf(':') + 1).strip();
                if (header.regionMatches(true, 0, "authorization:", 0, 14)) {
                    authorization = value;
                } else if (header.regionMatches(true, 0, "content-length:", 0, 15)) {
                    length = Integer.parseInt(value);
                }
            }
            JsonNode question = JSON.readTree(in.readNBytes(length));
            requests.add(new Request(first[1], authorization));
            begun.countDown();
            allowed.await();
            String kind = question.at("/response_format/json_schema/name").asText();
            connection.getOutputStream().write(reply(kind, authorization).getBytes(UTF_8));
        } catch (IOException e) {
            // The client has gone.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private String reply(String kind, String key) {
        int number = answers.getAndIncrement();
        if (isMended) {
            return completion(answer(kind, key), key);
        }
        if (number >= ANSWERS) {
            return http(
                    401, "{\"error\": {\"message\": \"Incorrect API key provided: " + key + ". Get another.\"}}", key);
        }
        // Trouble alternates with answers, so that no pause before a repetition becomes long.
        return switch (number % 9) {
            case 0 -> completion(answer(kind, "no reason"), "fixed-2024");
            case 1 -> key + "\r\n\r\n";
            case 2 -> completion(answer(kind, key), key);
            case 3 -> http(500, "{\"headers\": {\"Authorization\": \"" + escaped(key) + "\"}}", key);
            case 4 -> completion("I was called with " + key, key);
            case 5 -> http(200, "x".repeat(150) + key, key);
            case 6 -> completion(answer(kind, escaped(key)), key);
            case 7 -> "";
            default -> completion("{\"" + escaped(key) + "\": \"" + key + "\"}", key);
        };
    }

    /** An answer in form, but for an impression, which knows no reason. */
    private static String answer(String kind, String reason) {
        return switch (kind) {
            case "price" -> "{\"reason\": \"" + reason + "\", \"price\": 0.4}";
            case "choice" -> "{\"reason\": \"" + reason + "\", \"seller\": 0}";
            default ->
                reason.contains("no reason") ? "{\"impression\": \"good\"}" : reason + "{\"impression\": \"good\"}";
        };
    }

    /** As some writers of JSON do it: what is not a letter or digit by its number. */
    private static String escaped(String text) {
        StringBuilder escaped = new StringBuilder();
        text.chars()
                .forEach(any -> escaped.append(
                        Character.isLetterOrDigit(any) ? Character.toString(any) : String.format("\\u%04x", any)));
        return escaped.toString();
    }

    private static String completion(String text, String key) {
        ObjectNode completion = JSON.createObjectNode();
        completion
                .put("id", key)
                .put("object", "chat.completion")
                .put("model", key)
                .put("system_fingerprint", key);
        ObjectNode choice = completion.putArray("choices").addObject();
        choice.put("index", 0).put("finish_reason", "stop");
        choice.putObject("message").put("role", "assistant").put("content", text);
        return http(200, completion.toString(), key);
    }

    private static String http(int status, String body, String key) {
        return "HTTP/1.1 " + status + " " + key + "\r\nContent-Type: application/json\r\nX-Authorization: " + key
                + "\r\nSet-Cookie: key=" + key + "\r\nConnection: close\r\nContent-Length: "
                + body.getBytes(UTF_8).length + "\r\n\r\n" + body;
    }

    private static String line(InputStream in) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int next = in.read(); next >= 0 && next != '\n'; next = in.read()) {
            line.write(next);
        }
        return line.toString(UTF_8).stripTrailing();
    }

    @Override
    public void close() {
        threads.shutdownNow();
        try {
            server.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
