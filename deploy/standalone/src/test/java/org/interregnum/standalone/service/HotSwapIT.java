package org.interregnum.standalone.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.interregnum.agent.BundledAgent;
import org.interregnum.orchestrator.adapter.export.RunDirectory;
import org.interregnum.orchestrator.adapter.file.FileEventLogReader;
import org.interregnum.orchestrator.agent.AgentAssignment;
import org.interregnum.orchestrator.agent.AssignedAgent;
import org.interregnum.orchestrator.agent.BuyerGroup;
import org.interregnum.orchestrator.agent.Decider;
import org.interregnum.orchestrator.agent.DecisionKind;
import org.interregnum.orchestrator.agent.DecisionOutcome;
import org.interregnum.orchestrator.event.AgentsAssigned;
import org.interregnum.orchestrator.event.BuyerDecisions;
import org.interregnum.orchestrator.event.MarketEvent;
import org.interregnum.orchestrator.event.RunStarted;
import org.interregnum.orchestrator.event.StepTaken;
import org.interregnum.standalone.JavaCommand;
import org.interregnum.standalone.Market;
import org.interregnum.standalone.cli.Console;
import org.interregnum.standalone.cli.MarketCommand;
import org.interregnum.standalone.examples.PythonExample;
import org.interregnum.standalone.recorded.Trajectory;
import org.interregnum.standalone.serve.AgentProcess;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Agents that are swapped while the market is open: all of them processes of their own. */
@Tag("thorough")
@Timeout(value = 8, unit = TimeUnit.MINUTES)
class HotSwapIT {
    private static final int POINTS = 3001;
    private static final int BUYERS = 300;
    private static final String MARKET =
            "{\"J\": 1, \"rho\": 0.8, \"noise\": 0.05, \"Nt\": %d, \"num-buyers\": " + BUYERS + ", \"fig\": false}";

    /** More than are taken while everything is swapped, on any machine: the last swap may not come too late. */
    private static final int SWAPPED_POINTS = 12_001;

    private static final String PYTHON = "python-markup-seller";

    @TempDir
    private static Path shared;

    private static final List<AgentProcess> AGENTS = new ArrayList<>();
    private static Process scripted;
    private static String scriptedUrl;

    @TempDir
    private Path folder;

    @BeforeAll
    static void startAgents() throws IOException {
        for (BundledAgent agent :
                List.of(BundledAgent.SELLER, BundledAgent.BUYER, BundledAgent.SELLER, BundledAgent.BUYER)) {
            AGENTS.add(AgentProcess.start(agent));
        }
        List<String> command = new ArrayList<>(JavaCommand.line());
        command.addAll(List.of(Market.class.getName(), "serve", "scripted-model", "--port=" + AgentProcess.freePort()));
        scripted = new ProcessBuilder(command).redirectErrorStream(true).start();
        BufferedReader said = scripted.inputReader();
        String line = said.readLine();
        assertThat(line).startsWith("scripted model listens on ");
        scriptedUrl = line.split(" ")[4];
    }

    @AfterAll
    static void stopAgents() {
        AGENTS.forEach(AgentProcess::close);
        scripted.destroyForcibly();
    }

    private OrchestratorProcess start() throws IOException, InterruptedException {
        return OrchestratorProcess.start(
                folder,
                Map.of(),
                "--seller-agent=" + AGENTS.get(0).address(),
                "--buyer-agent=" + AGENTS.get(1).address(),
                "--data=" + folder.resolve("data"));
    }

    private Path files(String id) {
        return folder.resolve("data").resolve(id);
    }

    private static int market(String... arguments) {
        return new MarketCommand(new Console(System.out, System.err, false, false)).execute(arguments);
    }

    private static Trajectory undisturbed() throws IOException {
        Path out = shared.resolve("undisturbed");
        if (!out.toFile().exists()) {
            assertThat(market(
                            "run",
                            "--J=1",
                            "--rho=0.8",
                            "--noise=0.05",
                            "--Nt=" + POINTS,
                            "--num-buyers=" + BUYERS,
                            "--no-fig",
                            "--quiet",
                            "--out=" + out))
                    .isZero();
        }
        return Trajectory.of(out);
    }

    private List<MarketEvent> events(String id) {
        List<MarketEvent> events = new ArrayList<>();
        try (FileEventLogReader log =
                new FileEventLogReader(RunDirectory.of(files(id)).eventLog())) {
            for (MarketEvent event = log.next(); event != null; event = log.next()) {
                events.add(event);
            }
        }
        return events;
    }

    private static <E extends MarketEvent> List<E> only(Class<E> kind, List<MarketEvent> events) {
        return events.stream().filter(kind::isInstance).map(kind::cast).toList();
    }

    private static void registerAll(AgentCalls calls, Object python) throws IOException, InterruptedException {
        String model = "\"model\": {\"model\": \"scripted\", \"base-url\": \"" + scriptedUrl + "\"}";
        calls.register("second-seller", "seller", AGENTS.get(2).address());
        calls.register("second-buyer", "buyer", AGENTS.get(3).address(), "\"strategy\": \"rule\"");
        calls.register("asking-seller", "seller", AGENTS.get(2).address(), model);
        calls.register("asking-buyer", "buyer", AGENTS.get(1).address(), model);
        assertThat(calls.register("python", "seller", python, "\"strategy\": \"markup\"")
                        .get("implementation")
                        .asText())
                .isEqualTo(PYTHON);
    }

    private record Swap(String agent, String whom) {}

    /** From rule to Python to model and back, of sellers and of buyers, whole and in parts. */
    private static final List<Swap> SWAPS = List.of(
            new Swap("python", "\"sellers\": \"all\""),
            new Swap("asking-buyer", "\"buyers\": \"0-9\""),
            new Swap("asking-seller", "\"sellers\": \"3-5\""),
            new Swap("second-buyer", "\"buyers\": \"100-199\""),
            new Swap("default-seller", "\"sellers\": \"all\""),
            new Swap("default-buyer", "\"buyers\": \"all\""),
            new Swap("asking-seller", "\"sellers\": 7"),
            new Swap("asking-buyer", "\"buyers\": \"20-24\""),
            new Swap("python", "\"sellers\": \"0-8\""),
            new Swap("second-buyer", "\"buyers\": \"all\""),
            new Swap("second-seller", "\"sellers\": \"all\""),
            new Swap("python", "\"sellers\": \"2\""),
            new Swap("asking-buyer", "\"buyers\": \"5-9\""),
            new Swap("default-buyer", "\"buyers\": \"0-99\""),
            new Swap("asking-seller", "\"sellers\": \"2-3\""),
            new Swap("python", "\"sellers\": \"3-9\""),
            new Swap("asking-buyer", "\"buyers\": \"290-299\""),
            new Swap("default-seller", "\"sellers\": \"0-4\""),
            new Swap("default-buyer", "\"buyers\": \"all\""),
            new Swap("default-seller", "\"sellers\": \"all\""));

    @Test
    void shouldSwapTwentyTimesInOneRunWithoutAFailedOrRepeatedStep() throws Exception {
        Optional<String> hindrance = PythonExample.hindrance("grpc", "google.protobuf");
        assumeTrue(hindrance.isEmpty(), hindrance::get);
        Process python =
                PythonExample.copy("python-agent", folder.resolve("python")).start("seller_agent.py", "--port", "0");
        String address = python.inputReader().readLine().replace("seller agent listens on ", "");
        String id = "swapped";
        OrchestratorProcess service = start();
        try {
            registerAll(new AgentCalls(service), address);
            service.create("?id=" + id, MARKET.formatted(SWAPPED_POINTS));
            long step = 20;
            for (int swap = 0; swap < SWAPS.size(); swap++) {
                service.awaitStep(id, step);
                Swap next = SWAPS.get(swap);
                new AgentCalls(service).assign(id, next.agent(), next.whom());
                step = service.run(id).get("step").asLong() + 15;
                if (swap % 6 == 4) {
                    service.awaitStep(id, step);
                    service.kill();
                    service = start();
                    assertThat(service.said()).doesNotContain("cannot be taken up again");
                }
            }
            // In parts: a slow machine may take long, but not for each of them.
            for (; step < SWAPPED_POINTS - 1; step += 500) {
                service.awaitStep(id, step);
            }
            service.awaitState(id, "finished");
        } finally {
            service.close();
            python.toHandle().destroy();
        }

        List<MarketEvent> events = events(id);
        assertThat(only(StepTaken.class, events))
                .extracting(StepTaken::step)
                .containsExactlyElementsOf(
                        LongStream.range(1, SWAPPED_POINTS).boxed().toList());
        assertThat(only(AgentsAssigned.class, events))
                .extracting(AgentsAssigned::agent)
                .containsExactlyElementsOf(SWAPS.stream().map(Swap::agent).toList());
        assertNamed(events);

        Path replayed = folder.resolve("replayed");
        assertThat(market("replay", files(id).toString(), "--out=" + replayed, "--no-fig", "--quiet"))
                .isZero();
        Trajectory.of(replayed).assertEqualTo(Trajectory.of(files(id)));
        assertThat(replayed.resolve("series.npz"))
                .hasSameBinaryContentAs(files(id).resolve("series.npz"));
    }

    /** Each decision of the log is ascribed to whoever was assigned when it was taken. */
    private static void assertNamed(List<MarketEvent> events) {
        AgentAssignment current = null;
        int asked = 0;
        int foreign = 0;
        int divided = 0;
        for (MarketEvent event : events) {
            if (event instanceof RunStarted started) {
                current = AgentAssignment.of(started.models());
            } else if (event instanceof AgentsAssigned assigned) {
                current = assigned.assignment();
            } else if (event instanceof StepTaken step) {
                String name = current.ofSeller(step.seller())
                        .map(group -> group.agent().name())
                        .orElse("default-seller");
                assertThat(description(step.priceDecider())).isEqualTo(DECIDERS.get(name));
                asked += name.equals("asking-seller") ? 1 : 0;
                foreign += name.equals("python") ? 1 : 0;
                divided += step.ruleDecisions().isEmpty() ? 0 : 1;
                assertBuyersNamed(step, current);
            }
        }
        assertThat(asked).as("prices that a model decided").isPositive();
        assertThat(foreign).as("prices that Python decided").isPositive();
        assertThat(divided).as("steps in which two agents decided for buyers").isPositive();
    }

    private static final Map<String, String> DECIDERS = Map.of(
            "default-seller", BundledAgent.SELLER.agentName() + " rule ",
            "second-seller", BundledAgent.SELLER.agentName() + " rule ",
            "asking-seller", BundledAgent.SELLER.agentName() + " llm scripted",
            "python", PYTHON + " markup ",
            "default-buyer", BundledAgent.BUYER.agentName() + " rule ",
            "second-buyer", BundledAgent.BUYER.agentName() + " rule ",
            "asking-buyer", BundledAgent.BUYER.agentName() + " llm scripted");

    private static String description(Decider decider) {
        assertThat(decider.version()).isNotEmpty();
        return decider.agent() + " " + decider.strategy() + " " + decider.model();
    }

    private static void assertBuyersNamed(StepTaken step, AgentAssignment current) {
        List<BuyerDecisions> choices = new ArrayList<>(step.ruleDecisions());
        step.modelBuyers().decisions().stream()
                .filter(decisions -> decisions.kind() == DecisionKind.CHOICE)
                .forEach(choices::add);
        int named = 0;
        for (BuyerDecisions decisions : choices) {
            for (int buyer : decisions.buyers()) {
                assertThat(description(decisions.decider())).isEqualTo(DECIDERS.get(nameOf(buyer, current)));
                named++;
            }
        }
        if (!step.ruleDecisions().isEmpty()) {
            assertThat(named).isEqualTo(step.activeBuyers().length);
        } else if (step.choiceDecider() != null) {
            assertThat(step.choiceDecider().outcome()).isEqualTo(DecisionOutcome.RULE);
        }
    }

    private static String nameOf(int buyer, AgentAssignment current) {
        return current.buyers().stream()
                .filter(group -> group.contains(buyer))
                .map(BuyerGroup::agent)
                .map(AssignedAgent::name)
                .findFirst()
                .orElse("default-buyer");
    }

    /** The same rule elsewhere is the same rule; and the orchestrator is killed between the swaps. */
    @Test
    void shouldNotMoveTheTrajectoryWhenImplementationsOfOneRuleAreSwapped() throws Exception {
        String id = "unmoved";
        OrchestratorProcess service = start();
        AgentCalls calls = new AgentCalls(service);
        calls.register("second-seller", "seller", AGENTS.get(2).address());
        calls.register("second-buyer", "buyer", AGENTS.get(3).address());
        service.create("?id=" + id, MARKET.formatted(POINTS));
        List<String> swaps = List.of(
                "second-seller sellers all",
                "second-buyer buyers 50-149",
                "default-seller sellers 2-7",
                "second-buyer buyers all",
                "default-buyer buyers 0-9",
                "default-seller sellers all");
        long step = 50;
        for (String swap : swaps) {
            service.awaitStep(id, step);
            String[] words = swap.split(" ");
            calls.assign(id, words[0], "\"" + words[1] + "\": \"" + words[2] + "\"");
            step = service.run(id).get("step").asLong() + 20;
            service.kill();
            service = start();
            calls = new AgentCalls(service);
        }
        try (OrchestratorProcess last = service) {
            last.awaitState(id, "finished");
            assertThat(calls.assignments(id)).hasSize(3);
        }

        assertThat(only(AgentsAssigned.class, events(id))).hasSize(swaps.size());
        Trajectory.of(files(id)).assertEqualTo(undisturbed());
    }

    @Test
    void shouldGiveAFailingAgentUpWithoutLosingAStep() throws Exception {
        String id = "rolled-back";
        try (StrangeAgents strange = new StrangeAgents();
                OrchestratorProcess service = start()) {
            AgentCalls calls = new AgentCalls(service);
            calls.register("strange-seller", "seller", strange.address());
            calls.register("strange-buyer", "buyer", strange.address(), "\"strategy\": \"whim\"");
            calls.register("second-seller", "seller", AGENTS.get(2).address());
            service.create("?id=" + id, MARKET.formatted(POINTS));
            service.awaitStep(id, 30);
            calls.assign(id, "second-seller", "\"sellers\": \"0-4\"");
            calls.assign(id, "strange-seller", "\"sellers\": \"all\"", "\"on-failure\": \"previous\"");
            calls.assign(id, "strange-buyer", "\"buyers\": \"0-99\"", "\"on-failure\": \"previous\"");
            service.awaitState(id, "finished");
            assertThat(service.said())
                    .contains("agent strange-seller is given up at step")
                    .contains("a price of NaN");
            assertThat(calls.assignments(id))
                    .extracting(each -> each.get("agent").asText())
                    .containsExactly("second-seller", "default-seller", "default-buyer");
            // What is not in use can be removed.
            assertThat(calls.remove("strange-seller").statusCode()).isEqualTo(204);
        }

        List<AgentsAssigned> assigned = only(AgentsAssigned.class, events(id));
        assertThat(assigned)
                .filteredOn(event -> event.cause() == AgentsAssigned.Cause.FAILURE)
                .extracting(AgentsAssigned::agent)
                .containsExactlyInAnyOrder("strange-seller", "strange-buyer");
        assertThat(assigned)
                .filteredOn(event -> event.cause() == AgentsAssigned.Cause.FAILURE)
                .allSatisfy(event -> assertThat(event.reason()).isNotEmpty());
        Trajectory.of(files(id)).assertEqualTo(undisturbed());
        Path replayed = folder.resolve("replayed");
        assertThat(market("replay", files(id).toString(), "--out=" + replayed, "--no-fig", "--quiet"))
                .isZero();
        assertThat(replayed.resolve("series.npz"))
                .hasSameBinaryContentAs(files(id).resolve("series.npz"));
    }

    /** A run that failed because of an agent goes on with another one, and then on the command line. */
    @Test
    void shouldGoOnWithAnotherAgentAfterOneFailed() throws Exception {
        String id = "mended";
        try (StrangeAgents strange = new StrangeAgents()) {
            try (OrchestratorProcess service = start()) {
                AgentCalls calls = new AgentCalls(service);
                calls.register("strange", "seller", strange.address());
                calls.register("second-seller", "seller", AGENTS.get(2).address());
                service.create("?id=" + id, MARKET.formatted(POINTS));
                service.awaitStep(id, 30);
                calls.assign(id, "strange", "\"sellers\": \"all\"");
                assertThat(service.awaitState(id, "failed").get("reason").asText())
                        .contains("answered a price of NaN");
                assertThat(calls.tryToAssign(id, "{\"agent\": \"second-seller\", \"sellers\": \"all\"}")
                                .statusCode())
                        .isEqualTo(409);
                assertThat(calls.remove("strange").statusCode()).isEqualTo(409);
                service.act(id, "resume?paused=true");
                service.awaitState(id, "paused");
                calls.assign(id, "second-seller", "\"sellers\": \"all\"");
                service.act(id, "resume");
                service.awaitStep(id, 300);
                service.act(id, "stop");
                service.awaitState(id, "stopped");
            }
        }

        assertThat(market("resume", files(id).toString(), "--no-fig", "--quiet"))
                .isZero();

        Trajectory.of(files(id)).assertEqualTo(undisturbed());
    }
}
