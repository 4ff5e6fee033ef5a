package org.interregnum.standalone.recovery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.interregnum.agent.BundledAgent.BUYER;
import static org.interregnum.agent.BundledAgent.SELLER;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.interregnum.agent.BundledAgent;
import org.interregnum.standalone.cli.CommandRun;
import org.interregnum.standalone.serve.AgentProcess;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Agent services that are killed while they ask a model: the run goes on, and asks again for what was lost alone. */
@Tag("thorough")
@Timeout(180)
class AgentServiceKilledIT {
    /** What a question may spend at most when the budget is ample, and so what is counted for each that was lost. */
    private static final int CALLS_ALLOWED = 6;

    private static final Map<BundledAgent, AgentProcess> AGENTS = new EnumMap<>(BundledAgent.class);

    @TempDir
    private static Path directory;

    private static RunFiles undisturbed;

    @BeforeAll
    static void start() throws Exception {
        CompletableFuture<AgentProcess> seller = CompletableFuture.supplyAsync(() -> started(SELLER));
        AGENTS.put(BUYER, started(BUYER));
        AGENTS.put(SELLER, seller.get());
        undisturbed = ModelMarket.undisturbed(new RunFiles(directory.resolve("undisturbed")));
    }

    private static AgentProcess started(BundledAgent agent) {
        try {
            return AgentProcess.start(agent);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @AfterAll
    static void stop() {
        AGENTS.values().forEach(AgentProcess::close);
    }

    /** @param underWay questions that the service is asking when it is killed */
    @ParameterizedTest
    @CsvSource({"SELLER, 1, 2", "BUYER, " + ModelMarket.IN_FLIGHT + ", 1"})
    void shouldGoOnWithTheSameBitsWhenAServiceIsKilledWhileItAsks(BundledAgent killed, int underWay, int times)
            throws Exception {
        RunFiles files = new RunFiles(directory.resolve(killed + "-killed"));
        List<String> lost = new ArrayList<>();
        List<String> asked;
        try (FixedModel model = FixedModel.start()) {
            model.holdAfter(6, request -> request.kind().equals("price") == (killed == SELLER));
            CompletableFuture<CommandRun> run = CompletableFuture.supplyAsync(() -> run(model, files));
            for (int time = 1; time <= times; time++) {
                lost.addAll(model.awaitHeld(underWay));
                AGENTS.get(killed).kill();
                if (time == times) {
                    model.release();
                }
                startAgain(killed);
            }
            ModelMarket.assertDone(run.get(60, TimeUnit.SECONDS));
            asked = model.asked();
        }

        ModelMarket.assertSame(files, undisturbed);
        ModelMarket.assertAsked(asked, files, lost);
        assertThat(lostByTheLog(files)).containsExactlyInAnyOrderElementsOf(lost);
    }

    private static void startAgain(BundledAgent agent) throws IOException {
        AGENTS.put(agent, AgentProcess.start(agent, AGENTS.get(agent).address().port()));
    }

    /** The questions that were lost as the log tells it, each as often as it was. */
    private static List<String> lostByTheLog(RunFiles files) throws IOException {
        List<String> lost = new ArrayList<>();
        for (JsonNode decision : files.decisions()) {
            int calls = decision.get("lost_calls").intValue();
            assertThat(calls % CALLS_ALLOWED).isZero();
            for (int times = calls / CALLS_ALLOWED; times > 0; times--) {
                lost.add(RunFiles.question(decision));
            }
        }
        return lost;
    }

    private static CommandRun run(FixedModel model, RunFiles files) {
        return CommandRun.of(ModelMarket.command(
                        model,
                        files,
                        "--seller-target=" + AGENTS.get(SELLER).address(),
                        "--buyer-target=" + AGENTS.get(BUYER).address(),
                        // Without a limit nobody counts what was lost.
                        "--max-calls=1000000")
                .toArray(String[]::new));
    }
}
