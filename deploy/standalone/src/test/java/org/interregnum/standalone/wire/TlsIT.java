package org.interregnum.standalone.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.interregnum.agent.BundledAgent.BUYER;
import static org.interregnum.agent.BundledAgent.SELLER;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.interregnum.agent.tls.TlsFiles;
import org.interregnum.standalone.JavaCommand;
import org.interregnum.standalone.Market;
import org.interregnum.standalone.recorded.Trajectory;
import org.interregnum.standalone.serve.AgentProcess;
import org.interregnum.standalone.wire.TestAuthority.TestIdentity;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Agents and a command that show each other certificates, and who is turned away. */
@Tag("thorough")
@Timeout(400)
class TlsIT {
    @TempDir
    private static Path folder;

    private static TestAuthority authority;
    private static TestAuthority stranger;
    private static TestIdentity caller;
    private static TestIdentity strangersCaller;
    private static Path certificate;
    private static Path key;
    private static Path trust;
    private static AgentProcess seller;
    private static AgentProcess buyer;

    @BeforeAll
    static void start() throws Exception {
        authority = TestAuthority.create(folder, "authority");
        stranger = TestAuthority.create(folder, "stranger");
        caller = authority.issue("caller");
        strangersCaller = stranger.issue("strangers-caller");
        certificate = folder.resolve("agent.crt");
        key = folder.resolve("agent.key");
        trust = folder.resolve("trust.pem");
        put(authority.issue("agent"), authority);
        Map<String, String> environment = environment(certificate, key, trust);
        seller = AgentProcess.start(SELLER, environment, folder.resolve("seller.log"));
        buyer = AgentProcess.start(BUYER, environment, folder.resolve("buyer.log"));
    }

    /** Puts what the agents have into their files, as who renews certificates does. */
    private static void put(TestIdentity identity, TestAuthority trusted) throws IOException {
        Files.copy(identity.certificate(), certificate, StandardCopyOption.REPLACE_EXISTING);
        Files.copy(identity.key(), key, StandardCopyOption.REPLACE_EXISTING);
        Files.copy(trusted.certificate(), trust, StandardCopyOption.REPLACE_EXISTING);
    }

    @AfterAll
    static void stop() {
        seller.close();
        buyer.close();
    }

    private static Map<String, String> environment(Path certificate, Path key, Path trust) {
        return Map.of(
                TlsFiles.CERTIFICATE, certificate.toString(),
                TlsFiles.KEY, key.toString(),
                TlsFiles.TRUST, trust.toString());
    }

    private static Ended run(String name, Map<String, String> environment, String... options) throws Exception {
        List<String> command = new ArrayList<>(JavaCommand.line());
        command.addAll(List.of(
                Market.class.getName(),
                "run",
                "--J=1",
                "--rho=0.8",
                "--Nt=400",
                "--no-fig",
                "--quiet",
                "--out=" + folder.resolve(name)));
        command.addAll(List.of(options));
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(folder.resolve(name + ".err").toFile());
        builder.environment().putAll(environment);
        Process process = builder.start();
        assertThat(process.waitFor(100, TimeUnit.SECONDS)).isTrue();
        return new Ended(process.exitValue(), Files.readString(folder.resolve(name + ".err")));
    }

    private static Ended runByAgents(String name, Map<String, String> environment) throws Exception {
        return run(name, environment, "--seller-target=" + seller.address(), "--buyer-target=" + buyer.address());
    }

    /** A machine that is busy may take longer for a handshake than an agent is waited for; that shows nothing. */
    private static void assertTurnedAway(String name, Map<String, String> environment, String reason) throws Exception {
        Ended ended = runByAgents(name, environment);
        for (int attempt = 1; ended.said.contains("did not answer the question who it is") && attempt < 5; attempt++) {
            ended = runByAgents(name + attempt, environment);
        }
        assertThat(ended.exit).as(ended.said).isEqualTo(3);
        assertThat(ended.said)
                .contains("agent at 127.0.0.1:")
                .contains("could not be reached")
                .contains(reason);
        assertThat(ended.said.lines()).hasSizeLessThanOrEqualTo(3);
    }

    @Test
    void shouldRunTheSameMarketWithCertificatesOfTheRightAuthority() throws Exception {
        Ended ended =
                runByAgents("encrypted", environment(caller.certificate(), caller.key(), authority.certificate()));
        assertThat(ended.exit).as(ended.said).isZero();
        assertThat(run("alone", Map.of()).exit).isZero();
        Trajectory.of(folder.resolve("encrypted")).assertEqualTo(Trajectory.of(folder.resolve("alone")));
    }

    @Test
    void shouldTurnAwayWhoeverDoesNotEncrypt() throws Exception {
        assertTurnedAway("plain", Map.of(), "");
    }

    @Test
    void shouldTurnAwayWhoeverHasNoCertificate() throws Exception {
        assertTurnedAway(
                "nameless", Map.of(TlsFiles.TRUST, authority.certificate().toString()), "no TLS connection");
    }

    @Test
    void shouldTurnAwayWhoeverHasACertificateOfAnotherAuthority() throws Exception {
        assertTurnedAway(
                "foreign",
                environment(strangersCaller.certificate(), strangersCaller.key(), authority.certificate()),
                "no TLS connection");
    }

    @Test
    void shouldNotBelieveAnAgentOfAnotherAuthority() throws Exception {
        assertTurnedAway(
                "doubting",
                environment(caller.certificate(), caller.key(), stranger.certificate()),
                "no TLS connection");
    }

    @Test
    void shouldTakeRenewedCertificatesWithoutARestart() throws Exception {
        Map<String, String> ofStranger =
                environment(strangersCaller.certificate(), strangersCaller.key(), stranger.certificate());
        put(stranger.issue("renewed"), stranger);
        try {
            assertThat(untilDone("renewed", ofStranger).exit).isZero();
        } finally {
            put(authority.issue("agent-again"), authority);
            untilDone("again", environment(caller.certificate(), caller.key(), authority.certificate()));
        }
    }

    /** The files are looked at every minute. */
    private static Ended untilDone(String name, Map<String, String> environment) throws Exception {
        Ended ended = runByAgents(name, environment);
        for (int attempt = 1; ended.exit != 0 && attempt < 16; attempt++) {
            TimeUnit.SECONDS.sleep(6);
            ended = runByAgents(name + attempt, environment);
        }
        return ended;
    }

    @Test
    void shouldRefuseBadFilesBeforeAnythingIsCreated() throws Exception {
        Ended ended = runByAgents("mismatch", environment(caller.certificate(), key, authority.certificate()));
        assertThat(ended.exit).isEqualTo(2);
        assertThat(ended.said.lines()).hasSize(1);
        assertThat(ended.said).contains("INTERREGNUM_TLS_KEY").contains("is not the key of the certificate in");
        assertThat(folder.resolve("mismatch")).doesNotExist();
    }

    private record Ended(int exit, String said) {}
}
