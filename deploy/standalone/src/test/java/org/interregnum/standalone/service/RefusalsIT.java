package org.interregnum.standalone.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.ConnectException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.Socket;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Whoever must not is refused, told so with the right status, and found in the log. Addresses that may not be registered as
 * agents are refused where agents are registered, and tested there.
 */
@Tag("thorough")
@Timeout(180)
class RefusalsIT {
    private static final String TOKEN = "correct-horse-battery-staple";
    private static final int LARGE = 2 << 20;

    @TempDir
    private static Path folder;

    private static ServiceWithAgents processes;
    private static OrchestratorProcess service;

    @BeforeAll
    static void start() throws Exception {
        processes = ServiceWithAgents.start(
                folder,
                Map.of(
                        "INTERREGNUM_TOKEN",
                        TOKEN,
                        "INTERREGNUM_REQUESTS_PER_SECOND",
                        "40",
                        "INTERREGNUM_WATCHERS",
                        "2"));
        service = processes.service();
    }

    /** So that no test is refused for what the one before it sent. */
    @BeforeEach
    void rest() throws InterruptedException {
        TimeUnit.MILLISECONDS.sleep(1100);
    }

    @AfterAll
    static void stop() {
        processes.close();
    }

    private static void create(String query, String market) throws Exception {
        HttpResponse<String> response = service.send(service.request("/api/v1/runs" + query)
                .header("Authorization", "Bearer " + TOKEN)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(market)));
        assertThat(response.statusCode()).as(response.body()).isEqualTo(201);
    }

    private static HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return service.send(service.request(path).header("Authorization", "Bearer " + TOKEN));
    }

    private static void assertProblem(HttpResponse<String> response, int status) throws IOException {
        assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
        assertThat(response.headers().firstValue("Content-Type")).contains("application/problem+json");
        JsonNode problem = new ObjectMapper().readTree(response.body());
        assertThat(problem.get("status").intValue()).isEqualTo(status);
        assertThat(problem.get("detail").textValue()).isNotBlank();
    }

    private static void assertLogged(String... parts) throws Exception {
        long until = System.currentTimeMillis() + 5000;
        while (System.currentTimeMillis() < until) {
            for (String line : service.said().lines().toList()) {
                if (line.contains("refused") && List.of(parts).stream().allMatch(line::contains)) {
                    return;
                }
            }
            TimeUnit.MILLISECONDS.sleep(20);
        }
        assertThat(service.said()).contains(parts);
        throw new AssertionError("not in one line of: " + service.said());
    }

    @Test
    void shouldRefuseWhoeverSendsNoToken() throws Exception {
        HttpResponse<String> response = service.get("/api/v1/runs/without-token");
        assertProblem(response, 401);
        assertThat(response.headers().firstValue("WWW-Authenticate")).contains("Bearer");
        assertLogged("GET /api/v1/runs/without-token", "from 127.0.0.1", "no token, or a wrong one");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Bearer correct-horse-battery-stapl",
                "Bearer correct-horse-battery-staple-",
                "Bearer ",
                "Basic correct-horse-battery-staple",
                "correct-horse-battery-staple"
            })
    void shouldRefuseAWrongTokenAndTellNobodyWhichItWas(String header) throws Exception {
        assertProblem(service.send(service.request("/api/v1/runs/wrong-token").header("Authorization", header)), 401);
        assertLogged("GET /api/v1/runs/wrong-token", "no token, or a wrong one");
        assertThat(service.said()).doesNotContain("battery");
    }

    @Test
    void shouldListenOnThisMachineAlone() throws Exception {
        Optional<InetAddress> another = Collections.list(NetworkInterface.getNetworkInterfaces()).stream()
                .flatMap(NetworkInterface::inetAddresses)
                .filter(address -> address instanceof Inet4Address && !address.isLoopbackAddress())
                .findFirst();
        Assumptions.assumeTrue(another.isPresent(), "this machine has no address but that of the loop");
        int port = service.request("/").build().uri().getPort();
        try (Socket socket = new Socket()) {
            assertThatThrownBy(() -> socket.connect(new InetSocketAddress(another.get(), port), 5000))
                    .isInstanceOf(ConnectException.class);
        }
    }

    @Test
    void shouldNotListenForOtherMachinesWithoutAToken() throws Exception {
        try (OrchestratorProcess open =
                OrchestratorProcess.launch(folder, Map.of(), "--host=0.0.0.0", "--data=" + folder.resolve("open"))) {
            assertThat(open.process().waitFor(60, TimeUnit.SECONDS)).isTrue();
            assertThat(open.process().exitValue()).isEqualTo(2);
            assertThat(open.said().lines().filter(line -> line.contains("needs a token")))
                    .hasSize(1);
        }
    }

    @Test
    void shouldRefuseALargeBody() throws Exception {
        HttpResponse<String> response = service.send(service.request("/api/v1/runs?id=large")
                .header("Authorization", "Bearer " + TOKEN)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString("x".repeat(LARGE))));
        assertProblem(response, 413);
        assertLogged("POST /api/v1/runs from 127.0.0.1", "too large");
    }

    @Test
    void shouldRefuseALargeBodyThatDoesNotSayHowLargeItIs() throws Exception {
        HttpResponse<String> response = service.send(service.request("/api/v1/runs?id=chunked")
                .header("Authorization", "Bearer " + TOKEN)
                .header("Content-Type", "text/plain")
                .POST(BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(new byte[LARGE]))));
        assertProblem(response, 413);
        assertLogged("POST /api/v1/runs from 127.0.0.1", "too large");
        assertThat(get("/api/v1/runs").body()).doesNotContain("chunked");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "..%2f..%2fetc%2fpasswd",
                "%2e%2e%2f%2e%2e%2fetc%2fpasswd",
                "..%5c..%5cwindows",
                "%2fetc%2fpasswd",
                "a%00b",
                "..%252f..%252fetc",
                ".hidden"
            })
    void shouldRefuseARunWhoseNameTriesAPath(String name) throws Exception {
        assertProblem(get("/api/v1/runs/" + name), 400);
        assertLogged("GET /api/v1/runs/", "no name of a run");
        assertProblem(get("/api/v1/runs/" + name + "/files/run.json"), 400);
        assertProblem(
                service.send(service.request("/api/v1/runs?id=" + name)
                        .header("Authorization", "Bearer " + TOKEN)
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofString("{\"J\": 1, \"rho\": 0.8, \"Nt\": 3}"))),
                400);
        assertThat(folder.resolve("data").getParent().toFile().list()).doesNotContain("etc", "windows");
    }

    @Test
    void shouldRefuseAKeyBehindTheAddressThatMeansNothing() throws Exception {
        HttpResponse<String> misspelt = service.send(service.request("/api/v1/runs?id=misspelt&pased=true")
                .header("Authorization", "Bearer " + TOKEN)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString("{\"J\": 1, \"rho\": 0.8, \"Nt\": 3}")));
        assertProblem(misspelt, 400);
        assertThat(misspelt.body())
                .contains("there is no key 'pased' behind the question mark; known here: id, paused");
        assertProblem(get("/api/v1/runs/misspelt"), 404);
        assertThat(get("/api/v1/agents?role=seller").body()).contains("none is known here");
    }

    @Test
    void shouldGiveNoFileButThoseOfARun() throws Exception {
        create("?id=files", "{\"J\": 1, \"rho\": 0.8, \"Nt\": 3, \"fig\": false}");
        for (String name :
                List.of("..%2f..%2forchestrator", "..%2ffiles%2frun.json", "request.yaml.new", "%2fetc%2fpasswd")) {
            assertProblem(get("/api/v1/runs/files/files/" + name), 404);
        }
    }

    @Test
    void shouldNotLetCallersWriteLinesOfTheLog() throws Exception {
        assertProblem(get("/api/v1/runs/x%0a12:00:00%20INFO%20all%20is%20well"), 400);
        assertLogged("/api/v1/runs/x%0a12:00:00%20INFO", "no name of a run");
        assertThat(service.said().lines()).noneMatch(line -> line.startsWith("12:00:00 INFO"));
    }

    @Test
    void shouldRefuseWhoeverCallsTooOften() throws Exception {
        List<HttpResponse<String>> refused = new ArrayList<>();
        for (int call = 0; call < 2000 && refused.isEmpty(); call++) {
            HttpResponse<String> response = get("/api/v1/runs");
            if (response.statusCode() == 429) {
                refused.add(response);
            }
        }
        assertThat(refused).isNotEmpty();
        assertProblem(refused.get(0), 429);
        assertThat(refused.get(0).headers().firstValue("Retry-After")).contains("1");
        assertLogged("GET /api/v1/runs from 127.0.0.1", "more than 40 requests within a second");
        // Health is asked by whoever restarts the service, and never refused.
        assertThat(service.get("/q/health/live").statusCode()).isEqualTo(200);
        TimeUnit.SECONDS.sleep(2);
        assertThat(get("/api/v1/runs").statusCode()).isEqualTo(200);
    }

    @Test
    void shouldRefuseMoreWatchersThanMayBe() throws Exception {
        create("?id=watched&paused=true", "{\"J\": 1, \"rho\": 0.8, \"Nt\": 10, \"fig\": false}");
        int port = service.request("/").build().uri().getPort();
        try (Socket first = watch(port);
                Socket second = watch(port)) {
            HttpResponse<String> third = get("/api/v1/runs/watched/steps");
            assertProblem(third, 503);
            assertThat(third.headers().firstValue("Retry-After")).contains("30");
            assertThat(first.isConnected() && second.isConnected()).isTrue();
        }
    }

    private static Socket watch(int port) throws IOException {
        Socket socket = new Socket("127.0.0.1", port);
        socket.getOutputStream()
                .write(("GET /api/v1/runs/watched/steps HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer " + TOKEN
                                + "\r\n\r\n")
                        .getBytes());
        socket.getInputStream().read(new byte[16]);
        return socket;
    }

    @Test
    void shouldNotLetAnybodyFloodTheLogByAskingForMetrics() throws Exception {
        long before = service.said()
                .lines()
                .filter(line -> line.contains("/q/metrics"))
                .count();
        boolean isSlowedDown = false;
        long begin = System.nanoTime();
        for (int call = 0; call < 400; call++) {
            HttpResponse<String> response = service.get("/q/metrics");
            assertThat(response.statusCode()).isIn(401, 429);
            assertThat(response.headers().firstValue("Content-Type")).contains("application/problem+json");
            isSlowedDown |= response.statusCode() == 429;
        }
        long seconds = TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - begin) + 1;
        assertThat(isSlowedDown || seconds > 10).isTrue();
        long lines = service.said()
                        .lines()
                        .filter(line -> line.contains("/q/metrics"))
                        .count()
                - before;
        assertThat(lines).isBetween(1L, 20 * (seconds + 1));
    }
}
