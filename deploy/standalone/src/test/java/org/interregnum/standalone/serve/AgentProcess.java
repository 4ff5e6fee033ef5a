package org.interregnum.standalone.serve;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.interregnum.agent.BundledAgent;
import org.interregnum.orchestrator.agent.AgentAddress;
import org.interregnum.standalone.JavaCommand;

/** An agent served as the command does it, in a process of its own, for tests. */
public final class AgentProcess implements AutoCloseable {
    private static final String LOOPBACK = "127.0.0.1";

    private final Process process;
    private final AgentAddress address;

    private AgentProcess(Process process, AgentAddress address) {
        this.process = process;
        this.address = address;
    }

    /** Starts an agent on a free port, and returns when it has said that it listens. */
    public static AgentProcess start(BundledAgent agent) throws IOException {
        return start(agent, freePort());
    }

    /** Starts an agent on a free port of a Java with further options, and returns when it has said that it listens. */
    public static AgentProcess start(BundledAgent agent, List<String> javaOptions) throws IOException {
        return start(agent, freePort(), javaOptions);
    }

    /** Starts an agent on a port, and returns when it has said that it listens. */
    public static AgentProcess start(BundledAgent agent, int port) throws IOException {
        return start(agent, port, List.of());
    }

    private static AgentProcess start(BundledAgent agent, int port, List<String> javaOptions) throws IOException {
        return start(agent, LOOPBACK, port, javaOptions);
    }

    /** Starts an agent at an address, and returns when it has said that it listens. */
    public static AgentProcess start(BundledAgent agent, String host, int port, List<String> javaOptions)
            throws IOException {
        Process process =
                command(agent, host, port, Path.of("../.."), javaOptions).start();
        AgentProcess started = new AgentProcess(process, new AgentAddress(host, port));
        List<String> said = new ArrayList<>();
        BufferedReader lines = process.inputReader();
        // On a machine that is slow to start it, something may be warned of before.
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            if (line.endsWith(agent.kind() + " agent listens on " + host + ":" + port)) {
                return started;
            }
            said.add(line);
        }
        started.close();
        throw new AssertionError("the " + agent.kind() + " agent ended, and said: " + said);
    }

    /**
     * Starts an agent on a free port, and returns when it has said that it listens.
     *
     * @param environment what is added to its environment
     * @param said file that receives all that it says
     */
    public static AgentProcess start(BundledAgent agent, Map<String, String> environment, Path said)
            throws IOException, InterruptedException {
        int port = freePort();
        ProcessBuilder builder =
                command(agent, LOOPBACK, port, Path.of("../.."), List.of()).redirectOutput(said.toFile());
        builder.environment().putAll(environment);
        Process process = builder.start();
        while (!Files.readString(said).contains(agent.kind() + " agent listens on 127.0.0.1:" + port)) {
            assertThat(process.isAlive()).as(Files.readString(said)).isTrue();
            TimeUnit.MILLISECONDS.sleep(20);
        }
        return new AgentProcess(process, new AgentAddress("127.0.0.1", port));
    }

    /** Starts an agent, and lets it say what it says: standard error goes where standard output goes. */
    static Process launch(BundledAgent agent, int port, Path home) throws IOException {
        return launch(agent, port, home, List.of());
    }

    private static Process launch(BundledAgent agent, int port, Path home, List<String> javaOptions)
            throws IOException {
        return command(agent, LOOPBACK, port, home, javaOptions).start();
    }

    private static ProcessBuilder command(
            BundledAgent agent, String host, int port, Path home, List<String> javaOptions) {
        List<String> command = new ArrayList<>(JavaCommand.line());
        command.addAll(javaOptions);
        command.add("-D" + ServiceApplication.HOME + "=" + home.toAbsolutePath().normalize());
        command.addAll(List.of(ServedAgent.class.getName(), agent.name(), Integer.toString(port), host));
        return new ProcessBuilder(command).redirectErrorStream(true);
    }

    /** A port that nobody uses just now. */
    public static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    /** Where it listens. */
    public AgentAddress address() {
        return address;
    }

    /** Number of the process. */
    public long pid() {
        return process.pid();
    }

    /** Kills it as {@code kill -9} does, and returns when it is gone. */
    public void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    /** The process itself. */
    public Process process() {
        return process;
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(10, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
