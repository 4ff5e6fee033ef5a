package org.interregnum.standalone.recovery;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.interregnum.standalone.cli.CommandRun;
import org.interregnum.standalone.kafka.PlainReader;
import org.interregnum.standalone.kafka.TestBroker;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** What a model has answered is on the broker before the next question is sent, also within a step. */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "signals are those of Unix")
@Timeout(240)
@Execution(ExecutionMode.CONCURRENT) // Nearly all of the time is waiting.
@Tag("thorough")
class DurableDecisionsIT {
    private static final int SILENCE_SECONDS = 3;

    @TempDir
    private Path directory;

    @Test
    void shouldSendNoFurtherQuestionBeforeTheBrokerHasTheAnswers() throws Exception {
        RunFiles undisturbed = ModelMarket.undisturbed(new RunFiles(directory.resolve("undisturbed")));
        RunFiles files = new RunFiles(directory.resolve("durable"));
        TestBroker broker = TestBroker.own();
        try (FixedModel model = FixedModel.start()) {
            // Impressions of some buyers; those of others, and all choices, are to follow in the same step.
            model.holdAfter(3, request -> !request.kind().equals("price"));
            CompletableFuture<CommandRun> running = CompletableFuture.supplyAsync(
                    () -> CommandRun.of(ModelMarket.command(model, files, "--kafka=" + broker.address())
                            .toArray(String[]::new)));
            List<String> first = model.awaitHeld(ModelMarket.IN_FLIGHT);
            int asked = model.asked().size();
            broker.signal("STOP");
            model.releaseHeld();
            TimeUnit.SECONDS.sleep(SILENCE_SECONDS);
            assertThat(model.asked())
                    .as("while the broker has not taken the answers")
                    .hasSize(asked);

            broker.signal("CONT");
            List<String> second = model.awaitHeld(ModelMarket.IN_FLIGHT);

            assertThat(second).doesNotContainAnyElementsOf(first);
            List<String> lines = PlainReader.records(broker.address(), "market.decisions", "durable").stream()
                    .map(record -> new String(record.value(), StandardCharsets.UTF_8))
                    .toList();
            assertThat(lines).hasSize(asked);
            model.release();
            assertThat(running.get(120, TimeUnit.SECONDS).exitCode()).isZero();
            ModelMarket.assertSame(files, undisturbed);
        } finally {
            broker.remove();
        }
    }
}
