package org.interregnum.standalone.service;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.interregnum.agent.BundledAgent;
import org.interregnum.standalone.serve.AgentProcess;

/**
 * Agents of one kind, each a process with an address of its own, behind one name. The name is looked up in a file that
 * the Java which asks reads anew at each look-up.
 */
final class NamedReplicas implements AutoCloseable {
    private final BundledAgent kind;
    private final Names names;
    private final List<String> javaOptions;
    private final int port;
    private final Map<String, AgentProcess> processes = new LinkedHashMap<>();

    NamedReplicas(BundledAgent kind, Names names, List<String> javaOptions) throws IOException {
        this.kind = kind;
        this.names = names;
        this.javaOptions = javaOptions;
        this.port = AgentProcess.freePort();
    }

    /** The name and port of all. */
    String address() {
        return name() + ":" + port;
    }

    private String name() {
        return kind.kind() + "s.test";
    }

    /** Starts one more, which the name stands for from then on. */
    void add(String host) throws IOException {
        processes.put(host, AgentProcess.start(kind, host, port, javaOptions));
        names.add(host, name());
    }

    /** Takes one away as a rolling update does: it is told to end, and the name no longer stands for it. */
    void remove(String host) throws IOException {
        names.remove(host, name());
        processes.remove(host).close();
    }

    AgentProcess process(String host) {
        return processes.get(host);
    }

    @Override
    public void close() {
        processes.values().forEach(AgentProcess::close);
    }

    /** The file with the names. */
    static final class Names {
        private final Path file;
        private final List<String> lines = new ArrayList<>(List.of("127.0.0.1 localhost"));

        Names(Path file) throws IOException {
            this.file = file;
            write();
        }

        /** What the Java that asks needs, as the value of the variable {@code JDK_JAVA_OPTIONS}. */
        String javaOptions() {
            return "-Djdk.net.hosts.file=" + file;
        }

        synchronized void add(String host, String name) throws IOException {
            lines.add(host + " " + name);
            write();
        }

        synchronized void remove(String host, String name) throws IOException {
            lines.remove(host + " " + name);
            write();
        }

        /** Whole or not at all, since it may be read at any moment. */
        private void write() throws IOException {
            Path aside = file.resolveSibling("names.new");
            Files.write(aside, lines);
            Files.move(aside, file, StandardCopyOption.ATOMIC_MOVE);
        }
    }
}
