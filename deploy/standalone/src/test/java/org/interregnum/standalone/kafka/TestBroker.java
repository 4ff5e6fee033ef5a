package org.interregnum.standalone.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.interregnum.standalone.Signals;
import org.interregnum.standalone.serve.KafkaProcess;

/**
 * The project's own broker, as the build leaves it: for tests that kill it, and for all where there is no container
 * ({@link KafkaUnderTest}). One for all tests of this process that only use it, started when it is first asked for; who
 * troubles one has it alone, and whoever kills it starts it again. Each has a port and a folder of its own.
 */
public final class TestBroker {
    private static final Duration START = Duration.ofSeconds(150);
    private static TestBroker shared;

    private final Path data;
    private final int port;
    private KafkaProcess process;

    private TestBroker(Path data) throws IOException {
        this.data = data;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getByName(KafkaProcess.HOST))) {
            port = free.getLocalPort();
        }
        Runtime.getRuntime().addShutdownHook(new Thread(this::remove));
    }

    /** A broker that answers. */
    public static synchronized TestBroker get() {
        try {
            if (shared == null) {
                shared = new TestBroker(Files.createTempDirectory("test-broker"));
                shared.start();
            }
            return shared;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A broker of the caller's own that answers. */
    public static TestBroker own() throws IOException {
        return own(Files.createTempDirectory("own-broker"));
    }

    /** The same with its data in a certain folder. */
    static TestBroker own(Path data) throws IOException {
        TestBroker broker = new TestBroker(data);
        broker.start();
        return broker;
    }

    /** Where it listens. */
    public String address() {
        return KafkaProcess.HOST + ":" + port;
    }

    /** Starts it after a kill, with the data that it had; waits until it answers. */
    public void start() {
        startWithoutWaiting();
        try {
            assertThat(process.awaitAnswer(START))
                    .as("the broker answers; see " + process.log())
                    .isTrue();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    void startWithoutWaiting() {
        Path libraries = Path.of(System.getProperty("basedir", "")).resolve("../kafka-broker/target/lib");
        assertThat(libraries.resolve("broker.jar"))
                .as("built by the module deploy/kafka-broker")
                .exists();
        try {
            process = KafkaProcess.start(libraries, data, port);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Ends it as a power failure would. */
    public void kill() throws InterruptedException {
        process.process().destroyForcibly();
        assertThat(process.process().waitFor(20, TimeUnit.SECONDS)).isTrue();
        process.close();
    }

    /** Makes it stop answering, without closing a connection, or go on. */
    public void signal(String name) throws IOException, InterruptedException {
        Signals.send(process.process().pid(), name);
    }

    /** Whether its process lives. */
    boolean isAlive() {
        return process.process().isAlive();
    }

    /** Ends it for good. */
    public void remove() {
        process.process().destroyForcibly();
        try (Stream<Path> files = Files.walk(data)) {
            process.process().waitFor(20, TimeUnit.SECONDS);
            files.sorted((one, other) -> other.compareTo(one))
                    .forEach(file -> file.toFile().delete());
        } catch (IOException | InterruptedException e) {
            // A temporary folder that stays is no failure of a test.
        }
    }
}
