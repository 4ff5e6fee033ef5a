package org.interregnum.standalone.service;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.interregnum.standalone.Signals;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** However many calls wait for something, or are not read: probes and quick calls are answered. */
@Tag("thorough")
@Timeout(300)
class BlockedCallsIT {
    /** More than the threads that the service has. */
    private static final int MANY = 300;

    private static final Duration SOON = Duration.ofSeconds(10);

    @TempDir
    private static Path folder;

    private static ServiceWithAgents processes;
    private static OrchestratorProcess service;

    @BeforeAll
    static void start() throws Exception {
        processes = ServiceWithAgents.start(folder, Map.of());
        service = processes.service();
    }

    @AfterAll
    static void stop() {
        processes.close();
    }

    private static void assertAnswersSoon(HttpClient http) throws Exception {
        for (String path : List.of("/q/health/live", "/q/health/ready", "/api/v1/runs")) {
            HttpResponse<String> answer =
                    http.send(service.request(path).timeout(SOON).build(), BodyHandlers.ofString());
            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        }
    }

    @Test
    void shouldAnswerProbesWhileAssignmentsWait() throws Exception {
        service.create(
                "?id=waits&paused=true", "{\"J\": 1, \"rho\": 0.8, \"Nt\": 5000, \"num-buyers\": 50, \"fig\": false}");
        service.awaitState("waits", "paused");
        HttpClient http = HttpClient.newHttpClient();
        HttpRequest assignment = service.request("/api/v1/runs/waits/assignments")
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString("{\"agent\": \"default-seller\", \"sellers\": \"all\"}"))
                .build();
        List<CompletableFuture<HttpResponse<String>>> answers = new ArrayList<>();
        Signals.send(processes.buyers().process().pid(), "STOP");
        try {
            service.act("waits", "resume");
            // The step that the run is taking waits for the buyers, and the assignments for the step.
            TimeUnit.SECONDS.sleep(1);
            for (int call = 0; call < MANY; call++) {
                answers.add(http.sendAsync(assignment, BodyHandlers.ofString()));
            }
            assertAnswersSoon(HttpClient.newHttpClient());
            while (answers.stream().filter(CompletableFuture::isDone).count() < MANY - 1) {
                TimeUnit.MILLISECONDS.sleep(50);
            }
            assertAnswersSoon(HttpClient.newHttpClient());
        } finally {
            Signals.send(processes.buyers().process().pid(), "CONT");
        }
        List<HttpResponse<String>> refused = new ArrayList<>();
        for (CompletableFuture<HttpResponse<String>> answer : answers) {
            HttpResponse<String> response = answer.get(90, TimeUnit.SECONDS);
            if (response.statusCode() != 201) {
                refused.add(response);
            }
        }
        assertThat(refused).hasSize(MANY - 1).allSatisfy(response -> {
            assertThat(response.statusCode()).isEqualTo(409);
            assertThat(response.headers().firstValue("Content-Type")).contains("application/problem+json");
            assertThat(response.headers().firstValue("Retry-After")).contains("5");
            assertThat(response.body()).contains("another assignment waits");
        });
        service.act("waits", "stop");
    }

    @Test
    void shouldAnswerProbesWhileNobodyReadsWhatIsSentAndGiveThoseUp() throws Exception {
        // Some megabytes, more than what systems keep for a reader.
        service.create(
                "?id=long",
                "{\"J\": 1, \"rho\": 0.8, \"Nt\": 1500, \"num-buyers\": 20, \"num-sellers\": 1000, \"fig\": false}");
        service.awaitState("long", "finished");
        long size = service.get("/api/v1/runs/long/events").body().length();
        assertThat(size).isGreaterThan(8 << 20);
        List<Socket> readers = new ArrayList<>();
        try {
            for (int reader = 0; reader < MANY; reader++) {
                readers.add(ask("long"));
            }
            assertAnswersSoon(HttpClient.newHttpClient());
            List<String> statuses = new ArrayList<>();
            for (Socket reader : readers) {
                statuses.add(new String(reader.getInputStream().readNBytes(12), StandardCharsets.US_ASCII));
            }
            assertThat(statuses).containsOnly("HTTP/1.1 200", "HTTP/1.1 503");
            assertThat(statuses.stream().filter(status -> status.endsWith("200")))
                    .hasSizeBetween(1, 32);
            assertAnswersSoon(HttpClient.newHttpClient());

            HttpResponse<String> refused = service.get("/api/v1/runs/long/files/events.log");
            assertThat(refused.statusCode()).isEqualTo(503);
            assertThat(refused.headers().firstValue("Content-Type")).contains("application/problem+json");
            assertThat(refused.headers().firstValue("Retry-After")).contains("5");
            // Those who do not read are given up, and others have their places.
            while (service.get("/api/v1/runs/long/events").statusCode() != 200) {
                TimeUnit.SECONDS.sleep(1);
            }
            assertThat(service.get("/api/v1/runs/long/events").body()).hasSize((int) size);
            assertThat(service.said()).doesNotContain("\tat ");
        } finally {
            for (Socket reader : readers) {
                reader.close();
            }
        }
    }

    private static Socket ask(String run) throws IOException {
        Socket socket = new Socket();
        socket.setReceiveBufferSize(4096);
        socket.connect(
                new InetSocketAddress(
                        "127.0.0.1", service.request("/").build().uri().getPort()),
                10_000);
        socket.setSoTimeout(30_000);
        socket.getOutputStream()
                .write(("GET /api/v1/runs/" + run + "/events HTTP/1.1\r\nHost: localhost\r\n\r\n")
                        .getBytes(StandardCharsets.US_ASCII));
        return socket;
    }
}
