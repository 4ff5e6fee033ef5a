package org.interregnum.standalone.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.interregnum.agent.BundledAgent;
import org.interregnum.standalone.MarketProcess;
import org.interregnum.standalone.cli.CommandRun;
import org.interregnum.standalone.cli.IgnoredSignals;
import org.interregnum.standalone.serve.AgentProcess;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The command against a real orchestrator service. */
@Tag("thorough")
@Timeout(600)
class RemoteCommandsIT {
    private static final int POINTS = 3001;
    private static final List<String> MARKET =
            List.of("--J=1", "--rho=0.8", "--Nt=" + POINTS, "--num-buyers=300", "--quiet");
    /** A run that does not end by itself while a test looks at it. */
    private static final List<String> LONG = List.of("--J=1", "--rho=0.8", "--Nt=1000000", "--num-buyers=100");

    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    private static Path shared;

    private static AgentProcess sellers;
    private static AgentProcess buyers;

    @TempDir
    private Path folder;

    @BeforeAll
    static void startAgents() throws IOException {
        sellers = AgentProcess.start(BundledAgent.SELLER);
        buyers = AgentProcess.start(BundledAgent.BUYER);
        CommandRun here = CommandRun.of(words("run", MARKET, "--out=" + shared.resolve("here")));
        assertThat(here.exitCode()).as(here.err()).isZero();
    }

    @AfterAll
    static void stopAgents() {
        sellers.close();
        buyers.close();
    }

    private static String[] words(String command, List<String> options, String... more) {
        List<String> words = new ArrayList<>(List.of(command));
        words.addAll(options);
        words.addAll(List.of(more));
        return words.toArray(String[]::new);
    }

    private String[] options() {
        return new String[] {
            "--seller-agent=" + sellers.address(),
            "--buyer-agent=" + buyers.address(),
            "--data=" + folder.resolve("data")
        };
    }

    private OrchestratorProcess start() throws IOException, InterruptedException {
        return OrchestratorProcess.start(folder, Map.of(), options());
    }

    private OrchestratorProcess startAgain(OrchestratorProcess before) throws IOException, InterruptedException {
        return OrchestratorProcess.startInPlaceOf(before, folder, Map.of(), options());
    }

    /** The command in a process of its own, speaking to a service. */
    private MarketProcess background(OrchestratorProcess service, String... arguments) throws IOException {
        return MarketProcess.start(folder, Map.of("INTERREGNUM_SERVER", service.url()), arguments);
    }

    private static CommandRun market(OrchestratorProcess service, String... arguments) {
        return CommandRun.of(words("--server=" + service.url(), List.of(arguments)));
    }

    private static void assertSameAsHere(Path fetched) {
        assertThat(fetched.resolve("series.npz"))
                .hasSameBinaryContentAs(shared.resolve("here").resolve("series.npz"));
    }

    @Test
    void shouldRunThereWithTheBitsAndTheSummaryOfARunHere() throws Exception {
        Path there = folder.resolve("there");
        CommandRun here = CommandRun.of(words("run", MARKET, "--no-fig", "--out=" + folder.resolve("again")));
        try (OrchestratorProcess service = start()) {
            CommandRun run = market(service, words("run", MARKET, "--id=one", "--out=" + there));

            assertThat(run.exitCode()).as(run.err()).isZero();
            assertThat(run.err()).isEmpty();
            assertThat(numbers(run.out())).isEqualTo(numbers(here.out())).hasSize(10);
            assertSameAsHere(there);
            assertThat(there.resolve("market.png")).isNotEmptyFile();
            CommandRun replay = CommandRun.of("replay", there.toString(), "--no-fig", "--out=" + folder.resolve("r"));
            assertThat(replay.exitCode()).as(replay.err()).isZero();
            CommandRun events = market(service, "events", "one", "--from=7", "--to=9");
            assertThat(events.out())
                    .isEqualTo(CommandRun.of("events", there.toString(), "--from=7", "--to=9")
                            .out())
                    .hasLineCount(3);

            JsonNode list = JSON.readTree(market(service, "list", "--json").out());
            assertThat(list).hasSize(1);
            assertThat(list.get(0).get("state").asText()).isEqualTo("finished");
            CommandRun watch = market(service, "watch", "one", "--from=2999");
            assertThat(watch.exitCode()).isZero();
            assertThat(steps(watch.out())).containsExactly(2999L, 3000L);
        }
    }

    /** The lines of a summary that are the same wherever and however fast a market runs. */
    private static List<String> numbers(String summary) {
        return summary.lines()
                .filter(line -> !line.isBlank() && !line.contains("time a step") && !line.startsWith("  files"))
                .toList();
    }

    private static List<Long> steps(String lines) throws IOException {
        List<Long> steps = new ArrayList<>();
        for (String line : lines.lines().toList()) {
            steps.add(JSON.readTree(line).get("step").asLong());
        }
        return steps;
    }

    @Test
    void shouldFollowThroughKillsAndRestartsOfTheService() throws Exception {
        Path there = folder.resolve("there");
        OrchestratorProcess service = start();
        try (MarketProcess run = background(service, words("run", MARKET, "--id=one", "--out=" + there, "--no-fig"))) {
            awaitRun(service, "one");
            try (MarketProcess watch = background(service, "watch", "one")) {
                watch.awaitOutput();
                service.awaitStep("one", 300);
                service.kill();
                service = startAgain(service);
                service.awaitStep("one", 1200);
                // In order, which is no end of the run either.
                service.close();
                service = startAgain(service);

                assertThat(run.await(240)).as(run.said()).isZero();
                assertThat(watch.await(240)).as(watch.said()).isZero();
                assertThat(steps(watch.out()))
                        .containsExactlyElementsOf(
                                LongStream.range(0, POINTS).boxed().toList());
                assertThat(watch.said()).contains("taking it up again").contains("answers again");
            }
            assertThat(run.said()).contains("taking it up again");
            assertSameAsHere(there);
        } finally {
            service.close();
        }
    }

    private static void awaitRun(OrchestratorProcess service, String id) throws Exception {
        while (service.get("/api/v1/runs/" + id).statusCode() != 200) {
            Thread.sleep(20);
        }
    }

    @Test
    void shouldHoldAndStepAndStop() throws Exception {
        try (OrchestratorProcess service = start()) {
            CommandRun created = market(service, words("run", LONG, "--detach", "--id=long"));
            assertThat(created.out()).isEqualTo("long\n");
            service.awaitStep("long", 5);
            CommandRun paused = market(service, "pause", "long");
            assertThat(paused.exitCode()).as(paused.err()).isZero();
            service.awaitState("long", "paused");
            long step = service.run("long").get("step").asLong();
            assertThat(market(service, "step", "long", "--count=3").out()).startsWith("long is paused after step ");
            service.awaitStep("long", step + 3);
            assertThat(market(service, "list", "--state=paused").out()).contains("long  paused");
            assertThat(market(service, "resume", "long").exitCode()).isZero();
            service.awaitStep("long", step + 10);
            try (MarketProcess watch = background(service, "watch", "long")) {
                watch.awaitOutput();
                CommandRun stopped = market(service, "stop", "long");
                assertThat(stopped.exitCode()).as(stopped.err()).isZero();
                assertThat(watch.await(240)).isEqualTo(130);
                assertThat(watch.said()).contains("long is stopped after step").contains("stopped by the user");
            }
            CommandRun again = market(service, "stop", "long");
            assertThat(again.exitCode()).isEqualTo(2);
            assertThat(again.err()).isEqualTo("market stop: the run long is stopped\n");

            assertThat(market(service, words("run", LONG, "--detach", "--id=next"))
                            .exitCode())
                    .isZero();
            assertThat(market(service, "list", "--limit=1").out())
                    .contains("next")
                    .doesNotContain("long");
            assertThat(market(service, "list", "--after=next").out())
                    .contains("long")
                    .doesNotContain("next");
            assertThat(market(service, "remove", "next").err())
                    .startsWith("market remove: the run next is ")
                    .endsWith("; stop it first\n");
            assertThat(market(service, "remove", "long").out()).isEqualTo("long is removed\n");
            assertThat(folder.resolve("data/long")).doesNotExist();
            assertThat(market(service, "list").out()).contains("next").doesNotContain("long");
            CommandRun gone = market(service, "watch", "long");
            assertThat(gone.exitCode()).isEqualTo(2);
            assertThat(gone.err()).isEqualTo("market watch: there is no run long\n");
        }
    }

    @Test
    @DisabledOnOs(value = OS.WINDOWS, disabledReason = "signals are those of Unix")
    void shouldLeaveTheRunGoingAtCtrlC() throws Exception {
        assumeTrue(!IgnoredSignals.interrupt(), "this process and its children ignore SIGINT");
        try (OrchestratorProcess service = start();
                MarketProcess run = background(service, words("run", LONG, "--id=left"))) {
            awaitRun(service, "left");
            service.awaitStep("left", 5);
            run.signal("INT");

            assertThat(run.await(240)).isEqualTo(130);
            assertThat(run.said())
                    .contains("the run left is left to itself; 'market watch left' watches it again, 'market stop left'"
                            + " ends it");
            service.awaitStep("left", service.run("left").get("step").asLong() + 5);
            assertThat(service.run("left").get("state").asText()).isEqualTo("running");
        }
    }

    @Test
    void shouldBeRefusedWithoutTheToken() throws Exception {
        Path token = Files.writeString(folder.resolve("token"), "open sesame".replace(' ', '-') + "\n");
        Path wrong = Files.writeString(folder.resolve("wrong"), "shut\n");
        try (OrchestratorProcess service =
                OrchestratorProcess.start(folder, Map.of("INTERREGNUM_TOKEN_FILE", token.toString()), options())) {
            CommandRun without = market(service, "list");
            CommandRun with = market(service, "list", "--token-file=" + token);
            CommandRun other = market(service, words("run", MARKET, "--token-file=" + wrong));

            assertThat(without.exitCode()).isEqualTo(2);
            assertThat(without.err()).contains("wants a token; set INTERREGNUM_TOKEN");
            assertThat(with.exitCode()).as(with.err()).isZero();
            assertThat(other.exitCode()).isEqualTo(2);
            assertThat(other.err()).contains("does not take this token");
        }
    }

    @Test
    void shouldSayWhatTheServiceSays() throws Exception {
        try (OrchestratorProcess service = start()) {
            for (String[] command : new String[][] {
                {"watch", "none"},
                {"stop", "none"},
                {"events", "none"},
                {"resume", "none"},
                {"fetch", "none", "--out=" + folder.resolve("none")}
            }) {
                CommandRun run = market(service, command);
                assertThat(run.exitCode()).as(run.err()).isEqualTo(2);
                assertThat(run.err())
                        .startsWith("market " + command[0] + ": ")
                        .contains("none")
                        .hasLineCount(1);
            }
            assertThat(folder.resolve("none")).doesNotExist();
            market(service, words("run", LONG, "--detach", "--id=one"));
            CommandRun twice = market(service, words("run", LONG, "--detach", "--id=one"));
            assertThat(twice.exitCode()).isEqualTo(2);
            assertThat(twice.err()).isEqualTo("market run: there is a run one already\n");
        }
    }

    @Test
    void shouldSwapAgentsWhileARunGoesOn() throws Exception {
        try (OrchestratorProcess service = start()) {
            market(service, words("run", LONG, "--detach", "--id=long"));
            CommandRun registered =
                    market(service, "agents", "register", "second", "--role=seller", "--address=" + sellers.address());
            CommandRun assigned =
                    market(service, "agents", "assign", "second", "long", "--sellers=0-4", "--on-failure=previous");
            CommandRun list = market(service, "agents", "list");
            JsonNode parts = JSON.readTree(
                    market(service, "agents", "list", "--run=long", "--json").out());
            CommandRun busy = market(service, "agents", "remove", "second");
            CommandRun away = market(service, "agents", "register", "away", "--role=seller", "--address=127.0.0.1:1");

            assertThat(registered.exitCode()).as(registered.err()).isZero();
            assertThat(assigned.exitCode()).as(assigned.err()).isZero();
            assertThat(assigned.out()).contains("sellers 0-4").contains("second");
            assertThat(list.out().lines().map(line -> line.split(" ")[0]))
                    .containsExactly("AGENT", "default-buyer", "default-seller", "second");
            assertThat(parts.get(0).get("agent").asText()).isEqualTo("second");
            assertThat(busy.exitCode()).isEqualTo(2);
            assertThat(away.exitCode()).isEqualTo(3);
            assertThat(away.err()).contains("nothing listens there");
            assertThat(market(service, "agents", "check", "second").exitCode()).isZero();
            market(service, "stop", "long");
        }
    }
}
