package org.interregnum.standalone.service;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.interregnum.standalone.JavaCommand;
import org.interregnum.standalone.Market;
import org.interregnum.standalone.Signals;
import org.interregnum.standalone.kafka.PlainReader;
import org.interregnum.standalone.serve.AgentProcess;
import org.interregnum.standalone.serve.ServiceApplication;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code market up}: Kafka and the three services as processes that come and go together. */
@Tag("thorough")
class MarketUpIT {
    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final long PATIENCE_MILLIS = TimeUnit.SECONDS.toMillis(120);

    @TempDir
    private Path folder;

    private final int http;
    private final int kafka;
    private Path said;
    private Process up;

    MarketUpIT() throws IOException {
        http = AgentProcess.freePort();
        kafka = AgentProcess.freePort();
    }

    private Process start(String... options) throws IOException {
        List<String> command = new ArrayList<>(JavaCommand.line());
        command.add("-D" + ServiceApplication.HOME + "="
                + Path.of("../..").toAbsolutePath().normalize());
        command.addAll(List.of(Market.class.getName(), "up", "--data=" + folder.resolve("data")));
        command.addAll(List.of(options));
        said = folder.resolve("said");
        up = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(said.toFile())
                .start();
        return up;
    }

    private List<ProcessHandle> startAll() throws Exception {
        start(
                "--port=" + http,
                "--kafka-port=" + kafka,
                "--seller-port=" + AgentProcess.freePort(),
                "--buyer-port=" + AgentProcess.freePort());
        long until = System.currentTimeMillis() + PATIENCE_MILLIS;
        while (!Files.readString(said).contains("Ctrl-C stops them all")) {
            assertThat(up.isAlive() && System.currentTimeMillis() < until)
                    .as(Files.readString(said))
                    .isTrue();
            TimeUnit.MILLISECONDS.sleep(50);
        }
        List<ProcessHandle> children = up.toHandle().children().toList();
        assertThat(children).hasSize(4);
        return children;
    }

    @AfterEach
    void stop() {
        if (up != null) {
            up.descendants().forEach(ProcessHandle::destroyForcibly);
            up.destroyForcibly();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"INT", "KILL"})
    @DisabledOnOs(value = OS.WINDOWS, disabledReason = "there are no such signals")
    void shouldServeUntilItIsEndedAndLeaveNothingBehind(String signal) throws Exception {
        List<ProcessHandle> children = startAll();
        assertThat(Files.readString(said))
                .contains("Kafka        listens on 127.0.0.1:" + kafka)
                .contains("orchestrator listens on http://127.0.0.1:" + http);
        awaitReady();
        assertThat(send(HttpRequest.newBuilder(URI.create(runs() + "?id=first"))
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofString(
                                "{\"J\": 1, \"rho\": 0.8, \"Nt\": 50, \"num-buyers\": 100, \"fig\": false}"))))
                .contains("\"id\":\"first\"");
        long until = System.currentTimeMillis() + PATIENCE_MILLIS;
        String first = "";
        while (!first.contains("\"finished\"")) {
            first = send(HttpRequest.newBuilder(URI.create(runs() + "/first")));
            assertThat(first).doesNotContain("\"failed\"");
            assertThat(System.currentTimeMillis()).as(first).isLessThan(until);
            TimeUnit.MILLISECONDS.sleep(50);
        }
        assertThat(PlainReader.steps("127.0.0.1:" + kafka, "first"))
                .containsExactlyElementsOf(LongStream.range(1, 50).boxed().toList());

        Signals.send(up.pid(), signal);

        assertThat(up.waitFor(60, TimeUnit.SECONDS)).isTrue();
        for (ProcessHandle child : children) {
            child.onExit().get(60, TimeUnit.SECONDS);
            assertThat(child.isAlive()).isFalse();
        }
    }

    @Test
    void shouldSayWhichPortIsTaken() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            start("--seller-port=" + taken.getLocalPort(), "--port=" + http, "--kafka-port=" + kafka);
            assertThat(up.waitFor(60, TimeUnit.SECONDS)).isTrue();
            assertThat(up.exitValue()).isEqualTo(2);
            assertThat(Files.readAllLines(said))
                    .containsExactly("market up: --seller-port " + taken.getLocalPort()
                            + ": is in use or not allowed; must be a free port from 1 to 65535");
        }
    }

    /** It listens before it knows the runs of the service before it. */
    private void awaitReady() throws IOException, InterruptedException {
        long until = System.currentTimeMillis() + PATIENCE_MILLIS;
        String health = "";
        while (!health.contains("\"status\": \"UP\",")) {
            health = send(HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + http + "/q/health/ready")));
            assertThat(System.currentTimeMillis()).as(health).isLessThan(until);
            TimeUnit.MILLISECONDS.sleep(50);
        }
    }

    private String runs() {
        return "http://127.0.0.1:" + http + "/api/v1/runs";
    }

    private static String send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return HTTP.send(request.build(), BodyHandlers.ofString()).body();
    }
}
