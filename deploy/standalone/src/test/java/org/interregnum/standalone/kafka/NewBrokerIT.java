package org.interregnum.standalone.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.LongStream;
import org.interregnum.standalone.cli.CommandRun;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** A run that begins while its broker, just started, has no topics yet and does not answer for longer than clients try. */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "signals are those of Unix")
@Timeout(400)
@Execution(ExecutionMode.CONCURRENT) // Nearly all of the time is waiting.
@Tag("thorough")
class NewBrokerIT {
    @TempDir
    private Path directory;

    @RegisterExtension
    private final OwnBroker broker = new OwnBroker();

    @Test
    void shouldWaitUntilTheTopicsCanBeMade() throws Exception {
        Path inFile = directory.resolve("in-file");
        assertThat(run(inFile).exitCode()).isZero();
        Path out = directory.resolve("waited-" + broker.address().replace(':', '-'));

        CommandRun run = waitingFor(() -> run(out, "--kafka=" + broker.address()));

        assertWaited("market run", run);
        assertThat(out.resolve("series.npz")).hasSameBinaryContentAs(inFile.resolve("series.npz"));
        assertThat(Files.exists(out.resolve("events.log"))).isFalse();
        assertThat(PlainReader.steps(broker.address(), out.getFileName().toString()))
                .containsExactlyElementsOf(LongStream.range(1, 60).boxed().toList());
    }

    @Test
    void shouldBeWaitedForByWhoeverReadsARun() throws Exception {
        Path out = directory.resolve("read-" + broker.address().replace(':', '-'));
        assertThat(run(out, "--kafka=" + broker.address()).exitCode()).isZero();

        CommandRun events =
                waitingFor(() -> CommandRun.of("events", out.getFileName().toString(), "--kafka=" + broker.address()));

        assertWaited("market events", events);
        assertThat(events.out()).hasLineCount(62);
    }

    /** Calls a command whose broker answers only after the client has given up more than once. */
    private CommandRun waitingFor(Supplier<CommandRun> command) throws Exception {
        broker.signal("STOP");
        CompletableFuture<CommandRun> running = CompletableFuture.supplyAsync(command);
        TimeUnit.SECONDS.sleep(16);
        assertThat(running).isNotDone();
        broker.signal("CONT");
        return running.get(120, TimeUnit.SECONDS);
    }

    private void assertWaited(String command, CommandRun run) {
        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(run.err().lines())
                .containsExactly(
                        command + ": Kafka at " + broker.address() + " does not answer; waiting ...",
                        command + ": Kafka at " + broker.address() + " answers again");
    }

    private static CommandRun run(Path out, String... others) {
        String[] arguments = {"run", "--J=1", "--rho=0.8", "--Nt=60", "--num-buyers=50", "--no-fig", "--quiet"};
        String[] all = java.util.Arrays.copyOf(arguments, arguments.length + 1 + others.length);
        all[arguments.length] = "--out=" + out;
        System.arraycopy(others, 0, all, arguments.length + 1, others.length);
        return CommandRun.of(all);
    }
}
