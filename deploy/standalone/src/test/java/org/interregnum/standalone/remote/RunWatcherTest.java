package org.interregnum.standalone.remote;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.interregnum.orchestrator.request.Given;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class RunWatcherTest {
    private static final String STEPS = "GET /api/v1/runs/first/steps";
    private static final String END = "event:end\ndata:{\"id\":\"first\",\"state\":\"finished\"}\n\n";
    private static final Patience QUICK =
            new Patience(Duration.ofMillis(10), Duration.ofMillis(40), Duration.ofSeconds(20), Duration.ofSeconds(30));

    private final List<String> steps = new ArrayList<>();
    private final List<String> journal = new ArrayList<>();

    private static String step(long step) {
        return "id:" + step + "\nevent:step\ndata:{\"step\":" + step + "}\n\n";
    }

    private static OrchestratorClient client(String url) {
        return new OrchestratorClient(
                ServiceAddress.of(new Given("--server", url)), Optional.empty(), Optional.empty());
    }

    private JsonNode watch(String url, Patience patience, long from) throws InterruptedException {
        return new RunWatcher(client(url), patience, journal::add)
                .watch("first", from, (step, json) -> steps.add(step + " " + json));
    }

    @Test
    void shouldHearOfEveryStepOnceThroughBrokenConnections() throws Exception {
        try (StubService service = new StubService()) {
            service.onStream(STEPS, step(0) + step(1) + "id:2\nevent:step\ndata:{\"ste")
                    .onStream(STEPS, "")
                    .onStream(STEPS, ": still here\n\n")
                    .onStream(STEPS, step(1) + step(2))
                    .onProblem(STEPS, 503, "the log cannot be read")
                    .onStream(STEPS, step(3) + END);

            JsonNode end = watch(service.url(), QUICK, 0);

            assertThat(end.get("state").asText()).isEqualTo("finished");
            assertThat(steps).containsExactly("0 {\"step\":0}", "1 {\"step\":1}", "2 {\"step\":2}", "3 {\"step\":3}");
            assertThat(service.heard()).first().isEqualTo(STEPS + "?from=0");
            assertThat(service.heard()).last().isEqualTo(STEPS + "?from=3 Last-Event-ID=2");
            assertThat(journal).anyMatch(line -> line.endsWith("answers again"));
            assertThat(journal).anyMatch(line -> line.contains("503: the log cannot be read; trying again in"));
        }
    }

    @Test
    void shouldSurviveARestartThatLosesTheRunForAMoment() throws Exception {
        try (StubService service = new StubService()) {
            service.onStream(STEPS, step(0))
                    .onProblem(STEPS, 404, "there is no run first")
                    .onStream(STEPS, step(1) + END)
                    .on("GET /q/health/ready", 503, "application/json", "{}");

            JsonNode end = watch(service.url(), QUICK, 0);

            assertThat(end).isNotNull();
            assertThat(steps).hasSize(2);
            assertThat(journal).anyMatch(line -> line.contains("is not ready yet"));
        }
    }

    @Test
    void shouldNotTakeAnEndForOneWhenTheRunGoesOn() throws Exception {
        try (StubService service = new StubService()) {
            service.onStream(STEPS, step(0) + "event:end\ndata:{\"state\":\"running\"}\n\n")
                    .onStream(STEPS, step(1) + END);

            watch(service.url(), QUICK, 0);

            assertThat(steps).hasSize(2);
        }
    }

    @Test
    void shouldNotSkipAMissingStep() throws Exception {
        try (StubService service = new StubService()) {
            service.onStream(STEPS, step(5) + step(7)).onStream(STEPS, step(6) + step(7) + END);

            watch(service.url(), QUICK, 5);

            assertThat(steps).extracting(line -> line.charAt(0)).containsExactly('5', '6', '7');
        }
    }

    @Test
    void shouldGiveUpInTheEnd() throws Exception {
        int port;
        try (StubService service = new StubService()) {
            port = service.port();
        }
        Patience little = new Patience(
                Duration.ofMillis(10), Duration.ofMillis(40), Duration.ofMillis(300), Duration.ofSeconds(1));

        assertThatThrownBy(() -> watch("http://127.0.0.1:" + port, little, 0))
                .isInstanceOf(ServiceAwayException.class)
                .hasMessage("cannot reach http://127.0.0.1:" + port + ": connection refused; given up after 300 ms");
        assertThat(journal).first().asString().endsWith("connection refused; trying again in 10 ms");
        assertThat(journal).anyMatch(line -> line.endsWith("trying again in 40 ms"));
    }

    @Test
    void shouldTakeSilenceForABrokenConnection() throws Exception {
        Patience impatient = new Patience(
                Duration.ofMillis(10), Duration.ofMillis(40), Duration.ofSeconds(20), Duration.ofMillis(200));
        try (StubService service = new StubService()) {
            service.on(STEPS, exchange -> {
                        exchange.sendResponseHeaders(200, 0);
                        exchange.getResponseBody().write(step(0).getBytes(StandardCharsets.UTF_8));
                        exchange.getResponseBody().flush();
                    })
                    .onStream(STEPS, step(1) + END);

            watch(service.url(), impatient, 0);

            assertThat(steps).hasSize(2);
        }
    }

    @Test
    void shouldLetGoWhenItIsInterrupted() throws Exception {
        try (StubService service = new StubService()) {
            service.on(STEPS, exchange -> {
                exchange.sendResponseHeaders(200, 0);
                exchange.getResponseBody().write(step(0).getBytes(StandardCharsets.UTF_8));
                exchange.getResponseBody().flush();
            });
            AtomicReference<Throwable> thrown = new AtomicReference<>();
            Thread watching = new Thread(() -> {
                try {
                    watch(service.url(), QUICK, 0);
                } catch (InterruptedException | RuntimeException e) {
                    thrown.set(e);
                }
            });
            watching.start();
            while (steps.isEmpty()) {
                Thread.sleep(5);
            }
            watching.interrupt();
            watching.join();

            assertThat(thrown.get()).isInstanceOf(InterruptedException.class);
        }
    }

    @Test
    void shouldNotAskAgainForWhatIsRefused() throws IOException {
        try (StubService service = new StubService()) {
            service.onProblem(STEPS, 400, "from -1: must be at least 0");

            assertThatThrownBy(() -> watch(service.url(), QUICK, 0))
                    .isInstanceOf(ServiceRefusalException.class)
                    .hasMessage("from -1: must be at least 0");
            assertThat(service.heard()).hasSize(1);
        }
    }
}
