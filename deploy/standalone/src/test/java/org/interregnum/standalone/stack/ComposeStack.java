package org.interregnum.standalone.stack;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.interregnum.standalone.serve.AgentProcess;
import org.interregnum.standalone.service.OrchestratorApi;

/**
 * The stack of the repository's {@code docker-compose.yml} as it is there, under a name and on ports of its own, with the
 * applications that the build has left.
 */
final class ComposeStack implements AutoCloseable {
    static final String ORCHESTRATOR = "market-orchestrator";
    static final String SELLERS = "seller-agent";
    static final String BUYERS = "buyer-agent";
    static final String KAFKA = "kafka";

    private static final Duration PATIENCE = Duration.ofMinutes(5);

    private final String project = "interregnum-test-" + ProcessHandle.current().pid();
    private final Map<String, String> environment;

    private ComposeStack(int http, int kafka) {
        environment = Map.of(
                "APPLICATION", "built",
                "ORCHESTRATOR_PORT", Integer.toString(http),
                "KAFKA_PORT", Integer.toString(kafka));
    }

    /** Builds the images, starts everything, and waits until it is healthy. */
    static ComposeStack start() throws IOException, InterruptedException {
        ComposeStack stack = new ComposeStack(AgentProcess.freePort(), AgentProcess.freePort());
        try {
            stack.compose("up", "--build", "--wait");
        } catch (AssertionError e) {
            stack.close();
            throw e;
        }
        return stack;
    }

    /** Runs {@code docker compose} for this stack. */
    String compose(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("docker", "compose", "--project-name", project));
        command.addAll(List.of(arguments));
        return Commands.run(environment, command);
    }

    /** The containers of a service, in the order of their numbers. */
    List<String> containers(String service) throws IOException, InterruptedException {
        return compose("ps", "--all", "--format", "{{.Name}}", service)
                .lines()
                .sorted()
                .toList();
    }

    /** The one container of a service. */
    String container(String service) throws IOException, InterruptedException {
        List<String> containers = containers(service);
        assertThat(containers).as(service).hasSize(1);
        return containers.get(0);
    }

    /** Waits until a container that was started is healthy. */
    void awaitHealthy(String container) throws IOException, InterruptedException {
        long until = System.nanoTime() + PATIENCE.toNanos();
        String health = "";
        while (!health.equals("healthy")) {
            assertThat(System.nanoTime()).as(container + " is " + health).isLessThan(until);
            TimeUnit.MILLISECONDS.sleep(200);
            health = Commands.run("docker", "inspect", "-f", "{{.State.Health.Status}}", container)
                    .strip();
        }
    }

    /** The network that all of them are in. */
    String network() {
        return project + "_default";
    }

    /** The orchestrator's API, with the token that the stack drew. */
    OrchestratorApi api() throws IOException, InterruptedException {
        String token = compose("exec", "-T", ORCHESTRATOR, "cat", "/run/interregnum/token");
        return new OrchestratorApi(
                "http://127.0.0.1:" + environment.get("ORCHESTRATOR_PORT"), Optional.of(token.strip()), PATIENCE);
    }

    /** Where programs of this machine find Kafka. */
    String kafka() {
        return "127.0.0.1:" + environment.get("KAFKA_PORT");
    }

    @Override
    public void close() throws IOException, InterruptedException {
        compose("down", "--volumes", "--timeout", "5");
    }
}
