package org.interregnum.standalone.service;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/** The orchestrator's API as somebody without any library of ours calls it. */
public class OrchestratorApi {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private static final Duration ANSWER = Duration.ofSeconds(30);

    private final String base;
    private final Optional<String> token;
    private final Duration patience;

    /**
     * An API that need not be there yet.
     *
     * @param base address before the path, such as {@code http://127.0.0.1:8080}
     * @param token sent with each request, if any
     * @param patience how long runs are waited for
     */
    public OrchestratorApi(String base, Optional<String> token, Duration patience) {
        this.base = base;
        this.token = token;
        this.patience = patience;
    }

    /** What is told when a wait was in vain. */
    protected String said() throws IOException {
        return "";
    }

    /** A request for a path. */
    public HttpRequest.Builder request(String path) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(base + path));
        token.ifPresent(secret -> request.header("Authorization", "Bearer " + secret));
        return request;
    }

    HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return HTTP.send(request.build(), BodyHandlers.ofString());
    }

    /** What a path answers. */
    public HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return get(path, BodyHandlers.ofString());
    }

    /** The same in another form. */
    public <T> HttpResponse<T> get(String path, BodyHandler<T> handler) throws IOException, InterruptedException {
        return HTTP.send(request(path).timeout(ANSWER).GET().build(), handler);
    }

    /** What a path answers to something that is sent to it. */
    public HttpResponse<String> post(String path, String body) throws IOException, InterruptedException {
        return send(request(path)
                .timeout(ANSWER)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(body)));
    }

    /** Creates a run, and returns what the service says of it. */
    public JsonNode create(String query, String body) throws IOException, InterruptedException {
        HttpResponse<String> response = post("/api/v1/runs" + query, body);
        assertThat(response.statusCode()).as(response.body()).isEqualTo(201);
        return JSON.readTree(response.body());
    }

    /** Does something with a run. */
    public JsonNode act(String id, String action) throws IOException, InterruptedException {
        HttpResponse<String> response = post("/api/v1/runs/" + id + "/" + action, "");
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        return JSON.readTree(response.body());
    }

    /** What the service says of a run. */
    public JsonNode run(String id) throws IOException, InterruptedException {
        HttpResponse<String> response = get("/api/v1/runs/" + id);
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        return JSON.readTree(response.body());
    }

    /** Waits until a run is as wanted. */
    public JsonNode await(String id, Predicate<JsonNode> wanted) throws IOException, InterruptedException {
        long until = System.nanoTime() + patience.toNanos();
        JsonNode run = run(id);
        while (!wanted.test(run)) {
            assertThat(System.nanoTime()).as(run + said()).isLessThan(until);
            TimeUnit.MILLISECONDS.sleep(10);
            run = run(id);
        }
        return run;
    }

    JsonNode awaitState(String id, String state) throws IOException, InterruptedException {
        return await(id, run -> run.get("state").asText().equals(state));
    }

    /** Waits until a run has taken a step. */
    public JsonNode awaitStep(String id, long step) throws IOException, InterruptedException {
        return await(id, run -> run.get("step").asLong() >= step);
    }

    /** Whether the service says that it is ready. */
    public boolean isReady() throws InterruptedException {
        try {
            return get("/q/health/ready").statusCode() == 200;
        } catch (IOException e) {
            return false;
        }
    }
}
