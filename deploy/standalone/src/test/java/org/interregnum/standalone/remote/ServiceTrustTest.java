package org.interregnum.standalone.remote;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.interregnum.orchestrator.request.BadInputException;
import org.interregnum.orchestrator.request.Given;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class ServiceTrustTest {
    private static final char[] PASSWORD = "of-a-test".toCharArray();

    @TempDir
    private Path folder;

    private void keytool(String... arguments) throws Exception {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
        command.addAll(Arrays.asList(arguments));
        command.addAll(List.of("-alias", "it", "-keystore", "keys.p12", "-storepass", new String(PASSWORD)));
        Process process = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("keytool.log").toFile())
                .start();
        assertThat(process.waitFor())
                .as(Files.readString(folder.resolve("keytool.log")))
                .isZero();
    }

    private HttpsServer serve() throws Exception {
        keytool("-genkeypair", "-keyalg", "EC", "-dname", "CN=it", "-ext", "san=ip:127.0.0.1", "-storetype", "PKCS12");
        keytool("-exportcert", "-rfc", "-file", "it.pem");
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(folder.resolve("keys.p12"))) {
            keys.load(in, PASSWORD);
        }
        KeyManagerFactory managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        managers.init(keys, PASSWORD);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(managers.getKeyManagers(), null, null);
        HttpsServer server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(context));
        server.createContext("/", exchange -> {
            exchange.sendResponseHeaders(200, 2);
            exchange.getResponseBody().write("[]".getBytes(StandardCharsets.UTF_8));
            exchange.close();
        });
        server.start();
        return server;
    }

    @Test
    void shouldTrustWhomTheFileNamesAndNobodyElse() throws Exception {
        HttpsServer server = serve();
        try {
            ServiceAddress address = ServiceAddress.of(new Given(
                    "--server", "https://127.0.0.1:" + server.getAddress().getPort()));
            Map<String, String> environment =
                    Map.of(ServiceTrust.VARIABLE, folder.resolve("it.pem").toString());

            OrchestratorClient trusting =
                    new OrchestratorClient(address, Optional.empty(), ServiceTrust.find(environment));
            OrchestratorClient usual = new OrchestratorClient(address, Optional.empty(), ServiceTrust.find(Map.of()));

            assertThat(trusting.get("/runs")).isEmpty();
            assertThatThrownBy(() -> usual.get("/runs"))
                    .isInstanceOf(ServiceAwayException.class)
                    .hasMessageStartingWith("cannot reach " + address + ": no TLS connection: ");
        } finally {
            server.stop(0);
        }
    }

    @Test
    void shouldRefuseWhatHasNoCertificate() throws Exception {
        for (Path file : List.of(
                Files.writeString(folder.resolve("text"), "no certificate"),
                Files.writeString(folder.resolve("empty"), ""),
                folder.resolve("missing"))) {
            assertThatThrownBy(() -> ServiceTrust.find(Map.of(ServiceTrust.VARIABLE, file.toString())))
                    .isInstanceOf(BadInputException.class)
                    .hasMessage("INTERREGNUM_HTTP_TRUST " + file + ": must be a file of certificates in PEM");
        }
    }
}
