package org.interregnum.standalone.stack;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.interregnum.standalone.service.OrchestratorApi;

/**
 * The overlay {@code local} in the cluster that {@code kubectl} knows, in the namespace {@code interregnum}, which must not
 * be there yet.
 */
final class Cluster implements AutoCloseable {
    private static final String NAMESPACE = "interregnum";
    private static final String TOKEN = "a-token-of-the-test";
    private static final Duration PATIENCE = Duration.ofMinutes(5);

    private final String filter;
    private final List<Process> forwards = new ArrayList<>();

    private Cluster(String filter) {
        this.filter = filter;
    }

    /**
     * Applies the overlay, and waits until everything is ready.
     *
     * @param filter command of the shell that the manifests go through, for a cluster that is too old for them
     */
    static Cluster start(String filter) throws IOException, InterruptedException {
        Cluster cluster = new Cluster(filter);
        try {
            Commands.run("kubectl", "create", "namespace", NAMESPACE);
            cluster.kubectl("create", "secret", "generic", "orchestrator-token", "--from-literal=token=" + TOKEN);
            cluster.apply("deploy/kubernetes/overlays/local");
            for (String workload : List.of(
                    "statefulset/kafka",
                    "deployment/seller-agent",
                    "deployment/buyer-agent",
                    "deployment/market-orchestrator")) {
                cluster.awaitRollout(workload);
            }
        } catch (AssertionError e) {
            cluster.close();
            throw e;
        }
        return cluster;
    }

    /** Applies what a folder of the repository says. */
    void apply(String folder) throws IOException, InterruptedException {
        Commands.run("sh", "-c", "kubectl kustomize " + folder + " | " + filter + " | kubectl apply -f -");
    }

    /** Runs {@code kubectl} in the namespace. */
    String kubectl(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("kubectl", "--namespace", NAMESPACE));
        command.addAll(List.of(arguments));
        return Commands.run(Map.of(), command);
    }

    void awaitRollout(String workload) throws IOException, InterruptedException {
        kubectl("rollout", "status", workload, "--timeout=" + PATIENCE.toSeconds() + "s");
    }

    /** Names of the pods of a service that are there now, without those that are ending. */
    List<String> pods(String service) throws IOException, InterruptedException {
        return kubectl(
                        "get",
                        "pods",
                        "--selector",
                        "app.kubernetes.io/name=" + service,
                        "--output",
                        "go-template={{range .items}}{{if not .metadata.deletionTimestamp}}"
                                + "pod/{{.metadata.name}}{{\"\\n\"}}{{end}}{{end}}")
                .lines()
                .sorted()
                .toList();
    }

    /**
     * Begins a command of {@code market} in a pod of its own, which at its end has said what a file holds then.
     *
     * @param file path of the file in the pod
     * @param arguments the command
     */
    void begin(String pod, String file, String... arguments) throws IOException, InterruptedException {
        String command = "java -jar market.jar " + String.join(" ", arguments) + " >/tmp/said 2>&1";
        kubectl(
                "run",
                pod,
                "--image=interregnum/market:0.1.0",
                "--restart=Never",
                "--command",
                "--",
                "sh",
                "-c",
                command + " || { cat /tmp/said; exit 1; }; cat " + file);
    }

    /** Whether a pod is pending, runs, or how it ended: {@code Succeeded} or {@code Failed}. */
    String phase(String pod) throws IOException, InterruptedException {
        return kubectl("get", "pod", pod, "--output", "go-template={{.status.phase}}");
    }

    /** The orchestrator's API, by way of its one pod as it is now. */
    OrchestratorApi api() throws IOException, InterruptedException {
        Process forward = new ProcessBuilder(
                        "kubectl", "--namespace", NAMESPACE, "port-forward", "service/market-orchestrator", ":8080")
                .redirectErrorStream(true)
                .start();
        forwards.add(forward);
        BufferedReader said = forward.inputReader();
        String first = said.readLine();
        assertThat(first).as("port-forward").matches("Forwarding from 127.0.0.1:\\d+ -> .*");
        Thread reader = new Thread(() -> said.lines().forEach(line -> {}), "port-forward");
        reader.setDaemon(true);
        reader.start();
        String port = first.replaceAll(".*127.0.0.1:(\\d+).*", "$1");
        return new OrchestratorApi("http://127.0.0.1:" + port, Optional.of(TOKEN), PATIENCE);
    }

    /** The headers of a run's events, as Kafka's own consumer shows what is committed. */
    List<String> events(String id) throws IOException, InterruptedException {
        return kubectl(
                        "exec",
                        "kafka-0",
                        "--",
                        "env",
                        "KAFKA_HEAP_OPTS=-Xmx128m",
                        "/opt/kafka/bin/kafka-console-consumer.sh",
                        "--bootstrap-server",
                        "kafka:9092",
                        "--topic",
                        "market.steps",
                        "--from-beginning",
                        "--isolation-level",
                        "read_committed",
                        "--timeout-ms",
                        "20000",
                        "--property",
                        "print.key=true",
                        "--property",
                        "print.headers=true",
                        "--property",
                        "print.value=false")
                .lines()
                .filter(line -> line.contains("\t" + id) || line.startsWith(id + "\t"))
                .toList();
    }

    @Override
    public void close() throws IOException, InterruptedException {
        forwards.forEach(Process::destroy);
        Commands.run("kubectl", "delete", "namespace", NAMESPACE, "--timeout=180s");
    }
}
