package org.interregnum.standalone.recovery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.interregnum.agent.BundledAgent.BUYER;
import static org.interregnum.agent.BundledAgent.SELLER;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.interregnum.agent.BundledAgent;
import org.interregnum.standalone.cli.CommandRun;
import org.interregnum.standalone.serve.AgentProcess;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Agent services that are killed while they ask a model: the run goes on, and pays twice for what was lost alone. */
@Timeout(180)
class AgentServiceKilledIT {
    private static final int POINTS = 16;
    private static final int IN_FLIGHT = 3;

    /** What a question may spend at most when the budget is ample, and so what is counted for each that was lost. */
    private static final int CALLS_ALLOWED = 12;

    private static final Map<BundledAgent, AgentProcess> AGENTS = new EnumMap<>(BundledAgent.class);

    @TempDir
    private Path directory;

    @BeforeAll
    static void start() throws IOException {
        AGENTS.put(SELLER, AgentProcess.start(SELLER));
        AGENTS.put(BUYER, AgentProcess.start(BUYER));
    }

    @AfterAll
    static void stop() {
        AGENTS.values().forEach(AgentProcess::close);
    }

    @ParameterizedTest
    @CsvSource({"SELLER, 1", "BUYER, " + IN_FLIGHT})
    void shouldGoOnWithTheSameBitsWhenAServiceIsKilledWhileItAsks(BundledAgent killed, int underWay) throws Exception {
        RunFiles undisturbed = new RunFiles(directory.resolve("undisturbed"));
        RunFiles disturbed = new RunFiles(directory.resolve("disturbed"));
        List<String> lost = new ArrayList<>();
        List<String> asked;
        try (FixedModel model = FixedModel.start()) {
            assertDone(run(model, undisturbed));
        }
        try (FixedModel model = FixedModel.start()) {
            model.holdAfter(6, request -> request.kind().equals("price") == (killed == SELLER));
            CompletableFuture<CommandRun> run = CompletableFuture.supplyAsync(() -> run(
                    model,
                    disturbed,
                    "--seller-target=" + AGENTS.get(SELLER).address(),
                    "--buyer-target=" + AGENTS.get(BUYER).address()));
            List<String> first = model.awaitHeld(underWay);
            AGENTS.get(killed).kill();
            startAgain(killed);
            List<String> repeated = model.awaitHeld(underWay);
            AGENTS.get(killed).kill();
            model.release();
            startAgain(killed);

            assertDone(run.get(60, TimeUnit.SECONDS));
            assertThat(repeated).containsExactlyInAnyOrderElementsOf(first);
            lost.addAll(first);
            lost.addAll(repeated);
            asked = model.asked();
        }

        assertThat(disturbed.arrays()).isEqualTo(undisturbed.arrays());
        assertThat(disturbed.steps())
                .containsExactlyElementsOf(LongStream.range(1, POINTS).boxed().toList());
        List<JsonNode> decisions = disturbed.decisions();
        assertThat(decisions).extracting(RunFiles::key).doesNotHaveDuplicates();
        assertThat(decisions)
                .extracting(RunFiles::key)
                .containsExactlyInAnyOrderElementsOf(
                        undisturbed.decisions().stream().map(RunFiles::key).toList());
        assertThat(decisions)
                .extracting(decision -> decision.get("outcome").textValue())
                .containsOnly("model");
        assertThat(asked)
                .as("every question once, and again what was lost")
                .containsExactlyInAnyOrderElementsOf(with(lost, decisions));
        assertThat(lostByTheLog(decisions)).containsExactlyInAnyOrderElementsOf(lost);
    }

    private static void startAgain(BundledAgent agent) throws IOException {
        AGENTS.put(agent, AgentProcess.start(agent, AGENTS.get(agent).address().port()));
    }

    private static List<String> with(List<String> lost, List<JsonNode> decisions) {
        List<String> questions = new ArrayList<>(lost);
        decisions.forEach(decision -> questions.add(RunFiles.question(decision)));
        return questions;
    }

    /** The questions that were lost as the log tells it, each as often as it was. */
    private static List<String> lostByTheLog(List<JsonNode> decisions) {
        List<String> lost = new ArrayList<>();
        for (JsonNode decision : decisions) {
            int calls = decision.get("lost_calls").intValue();
            assertThat(calls % CALLS_ALLOWED).isZero();
            for (int times = calls / CALLS_ALLOWED; times > 0; times--) {
                lost.add(RunFiles.question(decision));
            }
        }
        return lost;
    }

    private static void assertDone(CommandRun run) {
        assertThat(run.err()).isEmpty();
        assertThat(run.exitCode()).isZero();
    }

    private static CommandRun run(FixedModel model, RunFiles files, String... options) {
        List<String> command = new ArrayList<>(List.of(
                "run",
                "--J=0.7",
                "--rho=0.9",
                "--Nt=" + POINTS,
                "--num-sellers=" + FixedModel.SELLERS,
                "--num-buyers=24",
                "--sellers=llm",
                "--buyers=llm",
                "--ratio=0.25",
                // So that there are always as many questions as may be under way.
                "--llm-activation=every-step",
                "--in-flight=" + IN_FLIGHT,
                "--max-calls=1000000",
                "--model=fixed",
                // Whose key is in no environment.
                "--endpoint=keyless-in-tests",
                "--base-url=" + model.url(),
                "--no-fig",
                "--quiet",
                "--out=" + files.path()));
        command.addAll(Arrays.asList(options));
        return CommandRun.of(command.toArray(String[]::new));
    }
}
