package org.interregnum.standalone.service;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.interregnum.standalone.JavaCommand;
import org.interregnum.standalone.Market;
import org.interregnum.standalone.serve.ServiceApplication;

/** {@code market serve orchestrator} as a process, and its API as somebody without any library of ours calls it. */
final class OrchestratorProcess implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private static final long PATIENCE_MILLIS = TimeUnit.SECONDS.toMillis(90);

    private final Process process;
    private final int port;
    private final Path said;

    private OrchestratorProcess(Process process, int port, Path said) {
        this.process = process;
        this.port = port;
        this.said = said;
    }

    /** Starts it, and returns when it is ready. */
    static OrchestratorProcess start(Path folder, Map<String, String> environment, String... options)
            throws IOException, InterruptedException {
        return launch(folder, environment, options).awaitReady();
    }

    private OrchestratorProcess awaitReady() throws IOException, InterruptedException {
        long until = System.currentTimeMillis() + PATIENCE_MILLIS;
        while (!isReady()) {
            assertThat(process.isAlive() && System.currentTimeMillis() < until)
                    .as("ready: " + said())
                    .isTrue();
            TimeUnit.MILLISECONDS.sleep(50);
        }
        return this;
    }

    /** Starts it without waiting for anything. */
    static OrchestratorProcess launch(Path folder, Map<String, String> environment, String... options)
            throws IOException {
        return launch(folder, freePort(), environment, options);
    }

    /** Starts it where another one was, and returns when it is ready. */
    static OrchestratorProcess startInPlaceOf(
            OrchestratorProcess other, Path folder, Map<String, String> environment, String... options)
            throws IOException, InterruptedException {
        return launch(folder, other.port, environment, options).awaitReady();
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private static OrchestratorProcess launch(Path folder, int port, Map<String, String> environment, String... options)
            throws IOException {
        List<String> command = new ArrayList<>(JavaCommand.line());
        command.add("-D" + ServiceApplication.HOME + "="
                + Path.of("../..").toAbsolutePath().normalize());
        command.addAll(List.of(Market.class.getName(), "serve", "orchestrator", "--port", Integer.toString(port)));
        command.addAll(List.of(options));
        Path said = Files.createTempFile(folder, "orchestrator", ".log");
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(said.toFile());
        builder.environment().putAll(environment);
        return new OrchestratorProcess(builder.start(), port, said);
    }

    private boolean isReady() throws InterruptedException {
        try {
            return get("/q/health/ready").statusCode() == 200;
        } catch (IOException e) {
            return false;
        }
    }

    /** Everything that it said. */
    String said() throws IOException {
        return Files.readString(said);
    }

    /** Where it is. */
    String url() {
        return "http://127.0.0.1:" + port;
    }

    Process process() {
        return process;
    }

    /** Ends it as a power failure would. */
    void kill() throws InterruptedException {
        assertThat(process.destroyForcibly().waitFor(20, TimeUnit.SECONDS)).isTrue();
    }

    HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path));
    }

    HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return HTTP.send(request.build(), BodyHandlers.ofString());
    }

    HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return send(request(path).GET());
    }

    HttpResponse<String> post(String path, String body) throws IOException, InterruptedException {
        return send(request(path).header("Content-Type", "application/json").POST(BodyPublishers.ofString(body)));
    }

    /** Creates a run, and returns what the service says of it. */
    JsonNode create(String query, String body) throws IOException, InterruptedException {
        HttpResponse<String> response = post("/api/v1/runs" + query, body);
        assertThat(response.statusCode()).as(response.body()).isEqualTo(201);
        return JSON.readTree(response.body());
    }

    /** Does something with a run. */
    JsonNode act(String id, String action) throws IOException, InterruptedException {
        HttpResponse<String> response = post("/api/v1/runs/" + id + "/" + action, "");
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        return JSON.readTree(response.body());
    }

    JsonNode run(String id) throws IOException, InterruptedException {
        HttpResponse<String> response = get("/api/v1/runs/" + id);
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        return JSON.readTree(response.body());
    }

    /** Waits until a run is as wanted. */
    JsonNode await(String id, Predicate<JsonNode> wanted) throws IOException, InterruptedException {
        long until = System.currentTimeMillis() + PATIENCE_MILLIS;
        JsonNode run = run(id);
        while (!wanted.test(run)) {
            assertThat(System.currentTimeMillis()).as(run + said()).isLessThan(until);
            TimeUnit.MILLISECONDS.sleep(10);
            run = run(id);
        }
        return run;
    }

    JsonNode awaitState(String id, String state) throws IOException, InterruptedException {
        return await(id, run -> run.get("state").asText().equals(state));
    }

    JsonNode awaitStep(String id, long step) throws IOException, InterruptedException {
        return await(id, run -> run.get("step").asLong() >= step);
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(30, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
