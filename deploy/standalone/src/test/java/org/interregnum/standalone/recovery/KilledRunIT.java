package org.interregnum.standalone.recovery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.interregnum.orchestrator.adapter.export.RunDirectory;
import org.interregnum.standalone.MarketProcess;
import org.interregnum.standalone.cli.CommandRun;
import org.interregnum.standalone.cli.IgnoredSignals;
import org.interregnum.standalone.recorded.ChatEndpoint;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Runs with models that end before their last point, however they do: resumed, they ask only for what has no answer. */
@Timeout(180)
class KilledRunIT {
    @TempDir
    private static Path directory;

    private static RunFiles undisturbed;

    @BeforeAll
    static void run() throws IOException {
        undisturbed = ModelMarket.undisturbed(new RunFiles(directory.resolve("undisturbed")));
    }

    @Test
    void shouldResumeWithTheSameBitsHoweverOftenItIsKilled() throws Exception {
        RunFiles files = new RunFiles(directory.resolve("killed"));
        List<String> lost = new ArrayList<>();
        try (FixedModel model = FixedModel.start()) {
            // While several buyers are asked at once.
            model.holdAfter(4, KilledRunIT::isOfBuyer);
            MarketProcess run = start(ModelMarket.command(model, files));
            lost.addAll(model.awaitHeld(ModelMarket.IN_FLIGHT));
            run.kill();
            model.release();
            assertThat(files.steps()).isNotEmpty();
            ModelMarket.assertAsked(model.asked(), files, lost);

            // While a seller is asked, later in a step some of whose answers were there before.
            model.holdAfter(2, request -> !isOfBuyer(request));
            run = start(resume(files));
            lost.addAll(model.awaitHeld(1));
            run.kill();
            model.release();
            ModelMarket.assertAsked(model.asked(), files, lost);

            // When a step has just been written, and the next one begins.
            model.holdAfter(5, request -> true);
            long written = Files.size(RunDirectory.of(files.path()).eventLog());
            run = start(resume(files));
            while (Files.size(RunDirectory.of(files.path()).eventLog()) == written) {
                assertThat(run.isAlive()).as("still running").isTrue();
                TimeUnit.MILLISECONDS.sleep(1);
            }
            run.kill();
            model.release();
            lost = ModelMarket.unanswered(model.asked(), files);
            assertThat(lost).hasSizeLessThanOrEqualTo(1 + 2 * ModelMarket.IN_FLIGHT);

            ModelMarket.assertDone(CommandRun.of(resume(files).toArray(String[]::new)));
            ModelMarket.assertAsked(model.asked(), files, lost);
        }
        ModelMarket.assertSame(files, undisturbed);
    }

    @Test
    @DisabledOnOs(value = OS.WINDOWS, disabledReason = "signals are those of Unix")
    void shouldKeepTheAnswersUnderWayWhenItIsInterrupted() throws Exception {
        assumeFalse(IgnoredSignals.interrupt(), "this process and its children ignore SIGINT");
        RunFiles files = new RunFiles(directory.resolve("interrupted"));
        try (FixedModel model = FixedModel.start()) {
            model.holdAfter(4, KilledRunIT::isOfBuyer);
            MarketProcess run = start(ModelMarket.command(model, files));
            List<String> underWay = model.awaitHeld(ModelMarket.IN_FLIGHT);
            run.signal("INT");
            TimeUnit.MILLISECONDS.sleep(300);
            model.releaseHeld();
            assertThat(run.await(60)).as(run.said()).isEqualTo(130);
            model.release();

            assertThat(files.manifest().get("status").textValue()).isEqualTo("interrupted");
            assertThat(files.decisions()).extracting(RunFiles::question).containsAll(underWay);
            // Unless the signal was late, nothing is.
            List<String> lost = ModelMarket.unanswered(model.asked(), files);
            assertThat(lost).hasSizeLessThanOrEqualTo(ModelMarket.IN_FLIGHT);

            ModelMarket.assertDone(CommandRun.of(resume(files).toArray(String[]::new)));
            ModelMarket.assertAsked(model.asked(), files, lost);
        }
        ModelMarket.assertSame(files, undisturbed);
    }

    @Test
    void shouldResumeWithTheSameBitsAfterItStoppedAtItsBudget() throws Exception {
        RunFiles files = new RunFiles(directory.resolve("budget"));
        try (FixedModel model = FixedModel.start()) {
            CommandRun run = CommandRun.of(
                    ModelMarket.command(model, files, "--max-calls=40").toArray(String[]::new));

            assertThat(run.exitCode()).isEqualTo(4);
            assertThat(files.manifest().get("status").textValue()).isEqualTo("budget_spent");
            assertThat(model.asked()).hasSize(40);
            ModelMarket.assertAsked(model.asked(), files, List.of());

            assertThat(CommandRun.of("resume", files.path().toString(), "--no-fig", "--quiet")
                            .exitCode())
                    .isEqualTo(4);
            assertThat(model.asked()).as("the budget is that of the whole run").hasSize(40);

            ModelMarket.assertDone(
                    CommandRun.of("resume", files.path().toString(), "--max-calls=1000000", "--no-fig", "--quiet"));
            ModelMarket.assertAsked(model.asked(), files, List.of());
        }
        ModelMarket.assertSame(files, undisturbed);
    }

    @Test
    void shouldKeepToItsBudgetAlthoughItIsKilledWhileItAsks() throws Exception {
        RunFiles files = new RunFiles(directory.resolve("killed-budget"));
        int budget = 60;
        try (FixedModel model = FixedModel.start()) {
            model.holdAfter(2, KilledRunIT::isOfBuyer);
            MarketProcess run = start(ModelMarket.command(model, files, "--max-calls=" + budget));
            model.awaitHeld(ModelMarket.IN_FLIGHT);
            run.kill();
            model.release();

            assertThat(CommandRun.of(resume(files).toArray(String[]::new)).exitCode())
                    .isEqualTo(4);

            assertThat(files.givenUp())
                    .hasSize(ModelMarket.IN_FLIGHT)
                    .allSatisfy(question ->
                            assertThat(question.get("lost_calls").intValue()).isPositive());
            long lost = files.givenUp().stream()
                    .mapToLong(question -> question.get("lost_calls").longValue())
                    .sum();
            assertThat(files.decisions().size() + lost).isEqualTo(budget);
            assertThat(model.asked()).hasSize(files.decisions().size() + ModelMarket.IN_FLIGHT);
        }
    }

    private static boolean isOfBuyer(ChatEndpoint.Request request) {
        return !request.kind().equals("price");
    }

    private static List<String> resume(RunFiles files) {
        return List.of("resume", files.path().toString(), "--no-fig", "--quiet");
    }

    private static MarketProcess start(List<String> arguments) throws IOException {
        return MarketProcess.start(directory.resolve("err"), arguments);
    }
}
