package org.interregnum.standalone.recovery;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.interregnum.standalone.MarketProcess;
import org.interregnum.standalone.cli.CommandRun;
import org.interregnum.standalone.recorded.ChatEndpoint;
import org.interregnum.standalone.recorded.ChatEndpoint.Reply;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A sweep whose agents are models: one budget and one limit of calls in flight over all its runs, counted at the endpoint. */
@Tag("thorough")
@Timeout(300)
class SweepWithModelsIT {
    /** Of two settings and three seeds. */
    private static final int CELLS = 6;

    private static final int STEPS = 12;
    private static final int ALL = CELLS * STEPS;
    private static final int IN_FLIGHT = 3;

    @TempDir
    private Path directory;

    @Test
    void shouldShareOneBudgetAndGoOnWithALargerOne() throws Exception {
        Path out = directory.resolve("sweep");
        try (Endpoint endpoint = new Endpoint()) {
            CommandRun run =
                    CommandRun.of(command(endpoint, out, "--max-calls=30").toArray(String[]::new));

            assertThat(run.exitCode()).as(run.err()).isEqualTo(4);
            assertThat(run.errLines())
                    .singleElement()
                    .asString()
                    .contains("stopped at the budget of the sweep")
                    .contains("'market resume " + out + "' goes on with a larger budget");
            assertThat(endpoint.calls).as("all of the budget, and not more").hasValue(30);

            // The same budget again allows nothing more.
            assertThat(CommandRun.of("resume", out.toString(), "--quiet").exitCode())
                    .isEqualTo(4);
            assertThat(endpoint.calls).hasValue(30);

            CommandRun more = CommandRun.of("resume", out.toString(), "--quiet", "--max-calls=1000");
            assertThat(more.exitCode()).as(more.err()).isZero();
            assertThat(endpoint.calls).as("no question is asked again").hasValue(ALL);
            assertThat(endpoint.most.get()).isBetween(2, IN_FLIGHT);
        }
        assertThat(more(out)).isEqualTo(ALL);
    }

    /** Calls by the table. */
    private static long more(Path out) throws IOException {
        List<String> lines = java.nio.file.Files.readAllLines(out.resolve("runs.csv"));
        int calls = Arrays.asList(lines.get(0).split(",")).indexOf("calls");
        return lines.stream()
                .skip(1)
                .mapToLong(line -> Long.parseLong(line.split(",", -1)[calls]))
                .sum();
    }

    @Test
    void shouldKeepToTheBudgetHoweverOftenItIsKilled() throws Exception {
        Path out = directory.resolve("sweep");
        Random random = new Random(7);
        int budget = 40;
        try (Endpoint endpoint = new Endpoint()) {
            int kills = 0;
            while (true) {
                int target = endpoint.calls.get() + 1 + random.nextInt(9);
                try (MarketProcess process = MarketProcess.start(
                        directory.resolve("err"), command(endpoint, out, "--max-calls=" + budget))) {
                    while (process.isAlive() && endpoint.calls.get() < target) {
                        TimeUnit.MILLISECONDS.sleep(1);
                    }
                    if (!process.isAlive()) {
                        assertThat(process.await(1))
                                .as(String.join("\n", process.err()))
                                .isEqualTo(4);
                        break;
                    }
                    process.kill();
                    kills++;
                }
            }
            assertThat(kills).isPositive();
            assertThat(endpoint.calls.get()).isBetween(1, budget);
            assertThat(endpoint.most.get()).isLessThanOrEqualTo(IN_FLIGHT);

            assertThat(CommandRun.of("resume", out.toString(), "--quiet", "--max-calls=1000")
                            .exitCode())
                    .isZero();
            assertThat(new HashSet<>(endpoint.questions())).hasSizeLessThanOrEqualTo(ALL);
            // A question whose answer was under way when the process was killed is asked again, and no other.
            assertThat(endpoint.calls.get()).isBetween(ALL, ALL + kills * IN_FLIGHT);
        }
    }

    @Test
    void shouldComeToTheSameTableAsWithoutKills() throws Exception {
        Path out = directory.resolve("sweep");
        Path undisturbed = directory.resolve("undisturbed");
        try (Endpoint endpoint = new Endpoint()) {
            ModelMarket.assertDone(CommandRun.of(command(endpoint, undisturbed).toArray(String[]::new)));
            int before = endpoint.calls.get();
            try (MarketProcess process = MarketProcess.start(directory.resolve("err"), command(endpoint, out))) {
                while (process.isAlive() && endpoint.calls.get() < before + ALL / 2) {
                    TimeUnit.MILLISECONDS.sleep(1);
                }
                assertThat(process.isAlive()).isTrue();
                process.kill();
            }
            ModelMarket.assertDone(CommandRun.of(command(endpoint, out).toArray(String[]::new)));
        }
        assertThat(out.resolve("runs.csv")).hasSameTextualContentAs(undisturbed.resolve("runs.csv"));
    }

    private static List<String> command(Endpoint endpoint, Path out, String... options) {
        List<String> command = new ArrayList<>(List.of(
                "sweep",
                "--J=0.7",
                "--rho=0.4,0.9",
                "--seeds=3",
                "--Nt=" + (STEPS + 1),
                "--num-sellers=4",
                "--num-buyers=40",
                "--sellers=llm",
                "--model=fixed",
                "--endpoint=keyless-in-tests",
                "--base-url=" + endpoint.server.url("v1"),
                "--in-flight=" + IN_FLIGHT,
                "--at-once=" + CELLS,
                "--no-fig",
                "--quiet",
                "--out=" + out));
        command.addAll(Arrays.asList(options));
        return command;
    }

    /** Answers by the question alone, takes a little, and counts how many calls there are and are at once. */
    private static final class Endpoint implements AutoCloseable {
        private final AtomicInteger calls = new AtomicInteger();
        private final AtomicInteger now = new AtomicInteger();
        private final AtomicInteger most = new AtomicInteger();
        private final ChatEndpoint server;

        Endpoint() throws IOException {
            server = ChatEndpoint.startForMany((number, request) -> {
                calls.incrementAndGet();
                most.accumulateAndGet(now.incrementAndGet(), Math::max);
                try {
                    TimeUnit.MILLISECONDS.sleep(20);
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                } finally {
                    now.decrementAndGet();
                }
                int any = Math.floorMod(request.question().hashCode(), 1000);
                return Reply.saying("{\"reason\": \"fixed\", \"price\": 0." + (100 + any) + "}");
            });
        }

        List<String> questions() {
            return server.requests().stream()
                    .map(ChatEndpoint.Request::question)
                    .toList();
        }

        @Override
        public void close() {
            server.close();
        }
    }
}
