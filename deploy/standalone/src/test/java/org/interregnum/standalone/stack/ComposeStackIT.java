package org.interregnum.standalone.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.interregnum.standalone.service.OrchestratorApi;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The stack of {@code docker-compose.yml}, started for real: a recorded run, and faults in the middle of runs, after which
 * every bit is as if nothing had happened. The images that the files name must be there or be within reach, and faults
 * need root. The first fault meets the stack as it starts; the last tests meet two of each agent.
 */
@Tag("thorough")
@EnabledIfSystemProperty(
        named = "interregnum.stack",
        matches = "true",
        disabledReason = "starts containers for minutes; -Dinterregnum.stack=true asks for it")
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
@Isolated
@Timeout(value = 10, unit = TimeUnit.MINUTES)
class ComposeStackIT {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final long EARLY = 200;

    @TempDir
    private static Path folder;

    private static ComposeStack stack;
    private static OrchestratorApi api;
    private static Map<String, String> undisturbed;

    @BeforeAll
    @Timeout(value = 20, unit = TimeUnit.MINUTES)
    static void start() throws IOException, InterruptedException {
        stack = ComposeStack.start();
        api = stack.api();
        undisturbed = StackRun.undisturbed(folder);
    }

    @AfterAll
    static void stop() throws IOException, InterruptedException {
        if (stack != null) {
            stack.close();
        }
    }

    @Test
    @Order(1)
    void shouldRunTheRecordedRunWithEqualBits() throws Exception {
        StackRun golden = StackRun.golden(api);
        golden.awaitFinish();
        golden.assertGolden();
        assumeTrue(Commands.has("kcat"), "kcat is not installed, so the steps are not read with it");
        List<String> events = Commands.run(
                        "kcat",
                        "-b",
                        stack.kafka(),
                        "-C",
                        "-t",
                        "market.steps",
                        "-X",
                        "isolation.level=read_committed",
                        "-e",
                        "-q",
                        "-f",
                        "%k %h\n")
                .lines()
                .filter(line -> line.startsWith("golden "))
                .toList();
        // Step n is event n + 1: RunStarted and MarketOpened come first, RunEnded last.
        assertThat(events.stream().filter(line -> line.contains("interregnum-type=StepTaken,")))
                .hasSize(399);
        assertThat(events.stream().map(line -> line.replaceAll(".*interregnum-sequence=(\\d+).*", "$1")))
                .containsExactlyElementsOf(
                        IntStream.range(0, 402).mapToObj(Integer::toString).toList());
    }

    @Test
    @Order(2)
    void shouldRunNothingAsRootAndWriteNoRootFileSystem() throws Exception {
        List<String> containers =
                stack.compose("ps", "--format", "{{.Name}}").lines().toList();
        assertThat(containers).hasSize(4);
        for (String container : containers) {
            JsonNode known =
                    JSON.readTree(Commands.run("docker", "inspect", container)).get(0);
            String image = known.get("Config").get("Image").asText();
            String user = Commands.run("docker", "exec", container, "id", "-u").strip();
            assertThat(user).as("user of " + container).isNotEqualTo("0");
            assertThat(known.get("State").get("Health").get("Status").asText())
                    .as("health of " + container)
                    .isEqualTo("healthy");
            assertThat(image).contains(":").doesNotEndWith(":latest");
            if (!image.startsWith("apache/kafka")) {
                assertThat(known.get("HostConfig").get("ReadonlyRootfs").asBoolean())
                        .as("read-only root file system of " + container)
                        .isTrue();
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    @Order(3)
    void shouldComeOutTheSameAfter(Fault fault) throws Exception {
        requireRoot();
        String id = fault.name().toLowerCase(Locale.ROOT).replace('_', '-');
        StackRun run = StackRun.begin(api, id);
        api.awaitStep(id, EARLY);
        try (PacedRun paced = PacedRun.of(run)) {
            fault.strike(stack);
            // Not over before it was struck, unless it could not be held.
            if (!fault.endsOrchestrator()) {
                run.step();
            }
        }

        run.awaitFinish();
        run.assertComplete(undisturbed, stack.kafka());
    }

    @ParameterizedTest
    @ValueSource(strings = {ComposeStack.SELLERS, ComposeStack.BUYERS})
    @Order(4)
    void shouldGoOnWithOneOfTwoAgents(String service) throws Exception {
        two();
        String id = "one-of-two-" + service;
        StackRun run = StackRun.begin(api, id);
        api.awaitStep(id, EARLY);
        List<String> containers = stack.containers(service);
        assertThat(containers).hasSize(2);

        // Whichever of them is asked: each is away for a while.
        try (PacedRun paced = PacedRun.of(run)) {
            for (String container : containers) {
                Containers.kill(List.of(container));
                api.awaitStep(id, run.step() + EARLY);
                Containers.start(List.of(container));
                stack.awaitHealthy(container);
            }
            run.step();
        }

        run.awaitFinish();
        run.assertComplete(undisturbed, stack.kafka());
    }

    @Test
    @Order(5)
    void shouldGoOnWhileEveryAgentIsReplaced() throws Exception {
        two();
        StackRun run = StackRun.begin(api, "replaced");
        api.awaitStep("replaced", EARLY);
        try (PacedRun paced = PacedRun.of(run)) {
            for (String service : List.of(ComposeStack.SELLERS, ComposeStack.BUYERS)) {
                List<String> before = stack.containers(service);
                scale(service, 4);
                for (String container : before) {
                    // In order: it answers first what it was asked.
                    Commands.run("docker", "stop", container);
                    Commands.run("docker", "rm", container);
                }
                assertThat(stack.containers(service)).hasSize(2).doesNotContainAnyElementsOf(before);
                api.awaitStep("replaced", run.step() + EARLY);
            }
        }

        run.awaitFinish();
        run.assertComplete(undisturbed, stack.kafka());
    }

    private static void two() throws IOException, InterruptedException {
        scale(ComposeStack.SELLERS, 2);
        scale(ComposeStack.BUYERS, 2);
    }

    private static void scale(String service, int containers) throws IOException, InterruptedException {
        stack.compose("up", "--wait", "--no-deps", "--no-recreate", "--scale", service + "=" + containers, service);
    }

    private static void requireRoot() {
        assumeTrue(
                System.getProperty("user.name").equals("root"),
                "only root can kill a container's process and drop its packets");
    }
}
