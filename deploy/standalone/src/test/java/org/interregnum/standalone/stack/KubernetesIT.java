package org.interregnum.standalone.stack;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.interregnum.standalone.cli.CommandRun;
import org.interregnum.standalone.service.OrchestratorApi;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;

/**
 * The overlay {@code local} in a real cluster, which must have the images. The cluster is the one that {@code kubectl}
 * knows; one that is too old for the manifests gets them through {@code -Dinterregnum.cluster.filter}.
 */
@Tag("thorough")
@EnabledIfSystemProperty(
        named = "interregnum.cluster",
        matches = "true",
        disabledReason = "needs a Kubernetes; -Dinterregnum.cluster=true says that kubectl knows one that may be used")
@Isolated
@Timeout(value = 15, unit = TimeUnit.MINUTES)
class KubernetesIT {
    private static final long EARLY = 200;

    @TempDir
    private static Path folder;

    private static Cluster cluster;
    private static Map<String, String> undisturbed;

    @BeforeAll
    @Timeout(value = 20, unit = TimeUnit.MINUTES)
    static void start() throws IOException, InterruptedException {
        cluster = Cluster.start(System.getProperty("interregnum.cluster.filter", "cat"));
        undisturbed = StackRun.undisturbed(folder);
    }

    @AfterAll
    static void stop() throws IOException, InterruptedException {
        if (cluster != null) {
            cluster.close();
        }
    }

    @Test
    void shouldRunTheRecordedRunWithEqualBits() throws Exception {
        StackRun golden = StackRun.golden(cluster.api());
        golden.awaitFinish();
        golden.assertGolden();
    }

    @Test
    void shouldGoOnFromKafkaWhenTheOrchestratorsPodIsLost() throws Exception {
        OrchestratorApi api = cluster.api();
        StackRun.begin(api, "lost");
        api.awaitStep("lost", EARLY);
        List<String> before = cluster.pods("market-orchestrator");

        // Its volume goes with it: what the successor knows is from Kafka.
        cluster.kubectl("delete", before.get(0), "--grace-period=0", "--force");
        cluster.awaitRollout("deployment/market-orchestrator");

        assertThat(cluster.pods("market-orchestrator")).doesNotContainAnyElementsOf(before);
        StackRun run = new StackRun(cluster.api(), "lost");
        run.api().awaitStep("lost", EARLY);
        run.step();
        run.awaitFinish();
        run.assertArrays(undisturbed);
        assertEveryStepOnce("lost");
    }

    @Test
    void shouldGoOnWhileEveryAgentIsReplaced() throws Exception {
        OrchestratorApi api = cluster.api();
        StackRun run = StackRun.begin(api, "replaced");
        api.awaitStep("replaced", EARLY);
        List<String> before = new ArrayList<>(cluster.pods("seller-agent"));
        before.addAll(cluster.pods("buyer-agent"));
        assertThat(before).hasSize(4);

        try (PacedRun paced = PacedRun.of(run)) {
            cluster.kubectl("rollout", "restart", "deployment/seller-agent", "deployment/buyer-agent");
            cluster.awaitRollout("deployment/seller-agent");
            cluster.awaitRollout("deployment/buyer-agent");
            api.awaitStep("replaced", run.step() + EARLY);
        }

        assertThat(cluster.pods("seller-agent")).doesNotContainAnyElementsOf(before.subList(0, 2));
        run.awaitFinish();
        run.assertArrays(undisturbed);
        assertEveryStepOnce("replaced");
    }

    @Test
    void shouldShareASweepAmongWorkersAlthoughOneIsLost() throws Exception {
        Path local = folder.resolve("swept");
        List<String> sweep = List.of(
                "sweep", "--J=0.3:1.2:0.3", "--rho=0.2,0.8", "--seeds=8", "--Nt=3000", "--num-buyers=1000", "--no-fig");
        CommandRun here = CommandRun.of(with(sweep, "--out=" + local));
        assertThat(here.exitCode()).as(here.err()).isZero();
        cluster.apply(RenderedManifests.sweepWorkersAlone());
        cluster.kubectl("scale", "deployment/sweep-worker", "--replicas=2");
        cluster.awaitRollout("deployment/sweep-worker");
        List<String> workers = cluster.pods("sweep-worker");
        assertThat(workers).hasSize(2);

        String out = "/tmp/swept";
        cluster.begin("sweep", out + "/runs.csv", with(sweep, "--distribute", "--kafka=kafka:9092", "--out=" + out));
        awaitCells(out, 8);
        cluster.kubectl("delete", workers.get(0), "--grace-period=0", "--force");
        while (List.of("Pending", "Running").contains(cluster.phase("sweep"))) {
            TimeUnit.SECONDS.sleep(1);
        }

        assertThat(cluster.kubectl("logs", "pod/sweep")).isEqualTo(Files.readString(local.resolve("runs.csv")));
        assertThat(cluster.pods("sweep-worker")).doesNotContain(workers.get(0)).contains(workers.get(1));
    }

    private static void awaitCells(String out, int count) throws IOException, InterruptedException {
        String known = "if test -f %1$s/cells.jsonl; then wc -l <%1$s/cells.jsonl; else echo 0; fi".formatted(out);
        int cells = 0;
        while (cells < count) {
            TimeUnit.MILLISECONDS.sleep(500);
            String phase = cluster.phase("sweep");
            if (phase.equals("Running")) {
                cells = Integer.parseInt(cluster.kubectl("exec", "sweep", "--", "sh", "-c", known)
                        .strip());
            } else {
                assertThat(phase).isEqualTo("Pending");
            }
        }
    }

    private static String[] with(List<String> command, String... further) {
        return Stream.concat(command.stream(), Stream.of(further)).toArray(String[]::new);
    }

    /** Events are numbered without gaps; one that is no step is between them if the orchestrator could still end in order. */
    private static void assertEveryStepOnce(String id) throws IOException, InterruptedException {
        List<String> events = cluster.events(id);
        assertThat(events.stream().map(line -> line.replaceAll(".*interregnum-sequence:(\\d+).*", "$1")))
                .containsExactlyElementsOf(IntStream.range(0, events.size())
                        .mapToObj(Integer::toString)
                        .toList());
        assertThat(events.stream().filter(line -> line.contains("interregnum-type:StepTaken,")))
                .hasSize(StackRun.POINTS - 1);
    }
}
