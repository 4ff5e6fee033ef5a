package org.interregnum.standalone.serve;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.common.KafkaException;

/**
 * A Kafka of one node as a process of its own, for a machine without Docker. It listens on this machine only, and ends
 * with this process, whatever way that ends.
 */
public final class KafkaProcess implements AutoCloseable {
    /** Address on which it listens. */
    public static final String HOST = "127.0.0.1";

    private static final String MAIN_CLASS = "org.interregnum.broker.KafkaBroker";
    private static final int LARGEST_MESSAGE = 16 << 20;
    private static final int PATIENCE_SECONDS = 20;

    private final Process process;
    private final int port;
    private final Path data;
    private final DependentProcess dependent;

    private KafkaProcess(Process process, int port, Path data) {
        this.process = process;
        this.port = port;
        this.data = data;
        dependent = new DependentProcess(process, PATIENCE_SECONDS);
    }

    /** Where the build leaves the broker's libraries: below {@link ServiceApplication#HOME}, or else the working directory. */
    public static Path builtLibraries() {
        return Path.of(System.getProperty(ServiceApplication.HOME, "")).resolve("deploy/kafka-broker/target/lib");
    }

    /**
     * Starts the process; whether it serves yet, {@link #awaitAnswer} tells.
     *
     * @param libraries folder of the broker's libraries
     * @param data folder of its data, made when it is missing
     * @param port port to listen on, free
     * @throws IOException when the data's folder cannot be written, or no process can be started
     */
    public static KafkaProcess start(Path libraries, Path data, int port) throws IOException {
        Files.createDirectories(data);
        Path properties = data.resolve("server.properties");
        try (var out = Files.newBufferedWriter(properties, StandardCharsets.ISO_8859_1)) {
            properties(data, port).store(out, "Written at each start.");
        }
        List<String> command = List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx384m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Xshare:auto",
                "-Dinterregnum.broker.log=" + log(data),
                "-cp",
                libraries.resolve("*").toString(),
                MAIN_CLASS,
                properties.toString());
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(output(data).toFile())
                .start();
        return new KafkaProcess(process, port, data);
    }

    private static Properties properties(Path data, int port) throws IOException {
        int controllerPort;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            controllerPort = free.getLocalPort();
        }
        Properties properties = new Properties();
        properties.putAll(Map.of(
                "process.roles", "broker,controller",
                "node.id", "1",
                "controller.quorum.voters", "1@" + HOST + ":" + controllerPort,
                "controller.listener.names", "CONTROLLER",
                "listeners", "PLAINTEXT://" + HOST + ":" + port + ",CONTROLLER://" + HOST + ":" + controllerPort,
                "advertised.listeners", "PLAINTEXT://" + HOST + ":" + port,
                "listener.security.protocol.map", "PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT",
                "log.dirs", data.resolve("topics").toAbsolutePath().toString(),
                // A run is kept until somebody deletes it.
                "log.retention.ms", "-1",
                "auto.create.topics.enable", "false"));
        // One node keeps one copy; a few partitions of its own topics are enough for it, and quick to open.
        for (String topic : List.of("offsets.topic", "transaction.state.log", "share.coordinator.state.topic")) {
            properties.put(topic + ".replication.factor", "1");
            properties.put(topic + ".num.partitions", "4");
        }
        properties.put("transaction.state.log.min.isr", "1");
        properties.put("share.coordinator.state.topic.min.isr", "1");
        // What a killed orchestrator left half done is in the way of every other reader of its partition.
        properties.put("transaction.abort.timed.out.transaction.cleanup.interval.ms", "1000");
        properties.put("message.max.bytes", Integer.toString(LARGEST_MESSAGE));
        properties.put("replica.fetch.max.bytes", Integer.toString(LARGEST_MESSAGE));
        properties.put("group.initial.rebalance.delay.ms", "0");
        properties.put("log.cleaner.dedupe.buffer.size", Integer.toString(16 << 20));
        return properties;
    }

    /** Where it can be reached, as {@code host:port}. */
    public String address() {
        return HOST + ":" + port;
    }

    /** The file in which it says what it does. */
    public Path log() {
        return log(data);
    }

    private static Path log(Path data) {
        return data.resolve("broker.log").toAbsolutePath();
    }

    private static Path output(Path data) {
        return data.resolve("broker.out");
    }

    /** The process itself. */
    public Process process() {
        return process;
    }

    /**
     * Waits until the broker serves.
     *
     * @return whether it does; false when it ended, or the time is over
     */
    public boolean awaitAnswer(Duration patience) throws InterruptedException {
        long end = System.nanoTime() + patience.toNanos();
        while (process.isAlive() && System.nanoTime() < end) {
            if (answers()) {
                return true;
            }
            TimeUnit.MILLISECONDS.sleep(100);
        }
        return false;
    }

    private boolean answers() throws InterruptedException {
        if (!isListening()) {
            return false;
        }
        try (Admin admin = Admin.create(Map.of(
                AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG,
                address(),
                AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG,
                5000,
                AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG,
                2000))) {
            return !admin.describeCluster().nodes().get(5, TimeUnit.SECONDS).isEmpty();
        } catch (ExecutionException | TimeoutException | KafkaException e) {
            return false;
        }
    }

    /** A refused connection is found out here in no time, while the client would wait and try again. */
    private boolean isListening() {
        try {
            new Socket(InetAddress.getLoopbackAddress(), port).close();
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    /** What it said when it could not yet say anything to its log: for a process that ended at once. */
    public String lastWords() {
        try {
            return Files.readAllLines(output(data), StandardCharsets.UTF_8).stream()
                    .filter(line -> line.contains("Exception") || line.contains("Error"))
                    .findFirst()
                    .orElse("");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Stops it and waits until it has ended. */
    @Override
    public void close() {
        dependent.close();
    }
}
