package org.interregnum.standalone.service;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.interregnum.standalone.JavaCommand;
import org.interregnum.standalone.Market;
import org.interregnum.standalone.serve.AgentProcess;
import org.interregnum.standalone.serve.ServiceApplication;

/** {@code market serve orchestrator} as a process. */
public final class OrchestratorProcess extends OrchestratorApi implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    private final Process process;
    private final int port;
    private final Path said;

    private OrchestratorProcess(Process process, int port, Path said) {
        super("http://127.0.0.1:" + port, Optional.empty(), PATIENCE);
        this.process = process;
        this.port = port;
        this.said = said;
    }

    /** Starts it, and returns when it is ready. */
    public static OrchestratorProcess start(Path folder, Map<String, String> environment, String... options)
            throws IOException, InterruptedException {
        return launch(folder, environment, options).awaitReady();
    }

    private OrchestratorProcess awaitReady() throws IOException, InterruptedException {
        long until = System.currentTimeMillis() + PATIENCE.toMillis();
        while (!isReady()) {
            assertThat(process.isAlive() && System.currentTimeMillis() < until)
                    .as("ready: " + said())
                    .isTrue();
            TimeUnit.MILLISECONDS.sleep(50);
        }
        return this;
    }

    /** Starts it without waiting for anything. */
    static OrchestratorProcess launch(Path folder, Map<String, String> environment, String... options)
            throws IOException {
        return launch(folder, AgentProcess.freePort(), environment, options);
    }

    /** Starts it where another one was, and returns when it is ready. */
    static OrchestratorProcess startInPlaceOf(
            OrchestratorProcess other, Path folder, Map<String, String> environment, String... options)
            throws IOException, InterruptedException {
        return launch(folder, other.port, environment, options).awaitReady();
    }

    private static OrchestratorProcess launch(Path folder, int port, Map<String, String> environment, String... options)
            throws IOException {
        List<String> command = new ArrayList<>(JavaCommand.line());
        command.add("-D" + ServiceApplication.HOME + "="
                + Path.of("../..").toAbsolutePath().normalize());
        command.addAll(List.of(Market.class.getName(), "serve", "orchestrator", "--port", Integer.toString(port)));
        command.addAll(List.of(options));
        Path said = Files.createTempFile(folder, "orchestrator", ".log");
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(said.toFile());
        builder.environment().putAll(environment);
        return new OrchestratorProcess(builder.start(), port, said);
    }

    /** Everything that it said. */
    @Override
    protected String said() throws IOException {
        return Files.readString(said);
    }

    /** Where it is. */
    String url() {
        return "http://127.0.0.1:" + port;
    }

    /** Its process. */
    public Process process() {
        return process;
    }

    /** Ends it as a power failure would. */
    void kill() throws InterruptedException {
        assertThat(process.destroyForcibly().waitFor(20, TimeUnit.SECONDS)).isTrue();
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(30, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
