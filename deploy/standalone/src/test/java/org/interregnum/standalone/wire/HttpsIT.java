package org.interregnum.standalone.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.interregnum.standalone.MarketProcess;
import org.interregnum.standalone.serve.AgentProcess;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The orchestrator service behind HTTPS, and the command that calls it. */
@Tag("thorough")
@Timeout(180)
class HttpsIT {
    @TempDir
    private static Path folder;

    private static TestAuthority authority;
    private static int port;
    private static MarketProcess service;

    @BeforeAll
    static void start() throws Exception {
        authority = TestAuthority.create(folder, "authority");
        TestAuthority.TestIdentity identity = authority.issue("orchestrator");
        port = AgentProcess.freePort();
        service = serve(
                port,
                Map.of(
                        "INTERREGNUM_HTTP_CERTIFICATE", identity.certificate().toString(),
                        "INTERREGNUM_HTTP_KEY", identity.key().toString()));
        while (!service.out().contains("https://127.0.0.1:" + port)) {
            assertThat(service.isAlive()).as(service.said()).isTrue();
            TimeUnit.MILLISECONDS.sleep(50);
        }
    }

    @AfterAll
    static void stop() {
        service.close();
    }

    private static MarketProcess serve(int itsPort, Map<String, String> environment) throws Exception {
        return MarketProcess.start(
                folder,
                environment,
                "serve",
                "orchestrator",
                "--port=" + itsPort,
                "--data=" + folder.resolve("data-" + itsPort));
    }

    private static MarketProcess call(String scheme, Map<String, String> environment, String... words)
            throws Exception {
        List<String> command = new ArrayList<>(List.of("--server=" + scheme + "://localhost:" + port));
        command.addAll(List.of(words));
        MarketProcess call = MarketProcess.start(folder, environment, command.toArray(String[]::new));
        call.await(100);
        return call;
    }

    private static Map<String, String> trust(TestAuthority whom) {
        return Map.of("INTERREGNUM_HTTP_TRUST", whom.certificate().toString());
    }

    @Test
    void shouldServeWhoeverTrustsItsAuthority() throws Exception {
        MarketProcess list = call("https", trust(authority), "list");
        assertThat(list.await(1)).as(list.said()).isZero();
    }

    @Test
    void shouldNotBeTrustedByWhoeverDoesNotKnowItsAuthority() throws Exception {
        for (Map<String, String> environment :
                List.of(Map.<String, String>of(), trust(TestAuthority.create(folder, "somebody-else")))) {
            MarketProcess list = call("https", environment, "list");
            assertThat(list.await(1)).as(list.said()).isNotZero();
            assertThat(list.err())
                    .singleElement()
                    .asString()
                    .contains(
                            "localhost:" + port,
                            "its certificate is of no authority that is trusted",
                            "INTERREGNUM_HTTP_TRUST");
        }
    }

    @Test
    void shouldNotServeInClear() throws Exception {
        MarketProcess list = call("http", Map.of(), "list");
        assertThat(list.await(1)).as(list.said()).isNotZero();
        assertThat(list.err()).hasSize(1);
        assertThat(list.out()).isEmpty();
    }

    @Test
    void shouldNotStartWithoutAKeyOrWithAFileThatIsNone() throws Exception {
        Path nonsense = Files.writeString(folder.resolve("nonsense.pem"), "nonsense");
        MarketProcess half =
                serve(AgentProcess.freePort(), Map.of("INTERREGNUM_HTTP_CERTIFICATE", nonsense.toString()));
        assertThat(half.await(60)).isEqualTo(2);
        assertThat(half.err())
                .singleElement()
                .asString()
                .contains("INTERREGNUM_HTTP_CERTIFICATE and INTERREGNUM_HTTP_KEY must be both set");
        MarketProcess wrong = serve(
                AgentProcess.freePort(),
                Map.of(
                        "INTERREGNUM_HTTP_CERTIFICATE",
                        nonsense.toString(),
                        "INTERREGNUM_HTTP_KEY",
                        nonsense.toString()));
        assertThat(wrong.await(60)).isEqualTo(2);
        assertThat(wrong.err()).singleElement().asString().contains("INTERREGNUM_HTTP_CERTIFICATE", "nonsense.pem");
    }
}
