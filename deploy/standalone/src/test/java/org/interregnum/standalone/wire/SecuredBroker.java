package org.interregnum.standalone.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.interregnum.standalone.serve.AgentProcess;
import org.interregnum.standalone.serve.KafkaProcess;
import org.interregnum.standalone.wire.TestAuthority.TestIdentity;

/** The project's own broker as others run theirs: encrypted, and with names and passwords. */
final class SecuredBroker implements AutoCloseable {
    private static final String USER = "interregnum";
    private static final String LOGIN = "org.apache.kafka.common.security.plain.PlainLoginModule required";

    private final Process process;
    private final int port;
    private final Path trust;

    private SecuredBroker(Process process, int port, Path trust) {
        this.process = process;
        this.port = port;
        this.trust = trust;
    }

    static SecuredBroker start(Path folder, TestAuthority authority, String password) throws Exception {
        int port = AgentProcess.freePort();
        int controller = AgentProcess.freePort();
        TestIdentity identity = authority.issue("broker");
        Path keys = folder.resolve("broker-keys.pem");
        Files.writeString(keys, Files.readString(identity.key()) + Files.readString(identity.certificate()));
        Properties properties = new Properties();
        properties.putAll(Map.of(
                "process.roles", "broker,controller",
                "node.id", "1",
                "controller.quorum.voters", "1@127.0.0.1:" + controller,
                "controller.listener.names", "CONTROLLER",
                "listeners", "SASL_SSL://127.0.0.1:" + port + ",CONTROLLER://127.0.0.1:" + controller,
                "advertised.listeners", "SASL_SSL://127.0.0.1:" + port,
                "listener.security.protocol.map", "SASL_SSL:SASL_SSL,CONTROLLER:PLAINTEXT",
                "inter.broker.listener.name", "SASL_SSL",
                "log.dirs", folder.resolve("topics").toString()));
        properties.putAll(Map.of(
                "sasl.enabled.mechanisms", "PLAIN",
                "sasl.mechanism.inter.broker.protocol", "PLAIN",
                "listener.name.sasl_ssl.plain.sasl.jaas.config",
                        LOGIN + " username=\"" + USER + "\" password=\"" + password + "\" user_" + USER + "=\""
                                + password + "\";",
                "ssl.keystore.type", "PEM",
                "ssl.keystore.location", keys.toString(),
                "ssl.truststore.type", "PEM",
                "ssl.truststore.location", authority.certificate().toString()));
        for (String topic : List.of("offsets.topic", "transaction.state.log", "share.coordinator.state.topic")) {
            properties.put(topic + ".replication.factor", "1");
            properties.put(topic + ".num.partitions", "4");
        }
        properties.put("transaction.state.log.min.isr", "1");
        properties.put("share.coordinator.state.topic.min.isr", "1");
        properties.put("message.max.bytes", Integer.toString(16 << 20));
        properties.put("log.cleaner.dedupe.buffer.size", Integer.toString(16 << 20));
        Path file = folder.resolve("server.properties");
        try (Writer out = Files.newBufferedWriter(file)) {
            properties.store(out, null);
        }
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx384m",
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-Dinterregnum.broker.log=" + folder.resolve("broker.log"),
                        "-cp",
                        Path.of("../..")
                                .resolve(KafkaProcess.builtLibraries())
                                .resolve("*")
                                .toString(),
                        "org.interregnum.broker.KafkaBroker",
                        file.toString())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("broker.out").toFile())
                .start();
        SecuredBroker broker = new SecuredBroker(process, port, authority.certificate());
        broker.awaitAnswer(folder, password);
        return broker;
    }

    private void awaitAnswer(Path folder, String password) throws Exception {
        Map<String, Object> settings = new HashMap<>(clientProperties(password));
        settings.put("bootstrap.servers", address());
        settings.put("default.api.timeout.ms", 3000);
        settings.put("request.timeout.ms", 2000);
        long until = System.currentTimeMillis() + 90_000;
        while (true) {
            try (Admin admin = Admin.create(settings)) {
                admin.describeCluster().nodes().get(5, TimeUnit.SECONDS);
                return;
            } catch (Exception e) {
                assertThat(process.isAlive() && System.currentTimeMillis() < until)
                        .as(e + Files.readString(folder.resolve("broker.out")))
                        .isTrue();
                TimeUnit.MILLISECONDS.sleep(200);
            }
        }
    }

    String address() {
        return "127.0.0.1:" + port;
    }

    /** What a client needs. */
    Map<String, String> clientProperties(String password) {
        return Map.of(
                "security.protocol", "SASL_SSL",
                "ssl.truststore.type", "PEM",
                "ssl.truststore.location", trust.toString(),
                "sasl.mechanism", "PLAIN",
                "sasl.jaas.config", LOGIN + " username=\"" + USER + "\" password=\"" + password + "\";");
    }

    @Override
    public void close() throws InterruptedException {
        process.destroy();
        if (!process.waitFor(20, TimeUnit.SECONDS)) {
            process.destroyForcibly();
        }
    }
}
