package org.interregnum.standalone.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.interregnum.orchestrator.adapter.file.FileEventLogReader;
import org.interregnum.orchestrator.event.MarketEvent;
import org.interregnum.orchestrator.event.RunForked;
import org.interregnum.orchestrator.event.StepTaken;
import org.interregnum.standalone.recorded.Trajectory;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ForkCommandTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    private Path directory;

    private Path parent;
    private Path child;

    @BeforeEach
    void name() {
        parent = directory.resolve("parent");
        child = directory.resolve("child");
    }

    @ParameterizedTest
    @CsvSource({"numpy,0", "numpy,37", "numpy,98", "philox,50"})
    void shouldBeTheRunWhenNothingChanges(String generator, int at) throws IOException {
        run(parent, "--generator=" + generator, "--noise=0.01", "--visibility=0.7");

        CommandRun fork = fork("--at=" + at);

        assertThat(fork.err()).isEmpty();
        assertThat(fork.exitCode()).isZero();
        assertThat(child.resolve("series.npz")).hasSameBinaryContentAs(parent.resolve("series.npz"));
        assertThat(steps(child)).isEqualTo(steps(parent));
        assertThat(manifest(child).get("origin").asText())
                .isEqualTo("fork of " + parent + " at step " + at + ": nothing changed");
        assertThat(manifest(child).get("order_parameters"))
                .isEqualTo(manifest(parent).get("order_parameters"));
    }

    /**
     * A fork at the opening is a new run with the changed settings, where those do not concern the opening: with equal
     * preferences ({@code --sigma 0}) everybody opens with seller 0, whatever the network effect is.
     */
    @ParameterizedTest
    @CsvSource({
        "--mu=0.5, --rho=1.5",
        "--mu=0.5, --noise=0.05",
        "--mu=0.5, --visibility=0.4",
        "--unit-cost=0.3, --cost-cap=0.9",
        "--sigma=0 --noise=0.1, --J=0.3",
        "--sigma=0 --noise=0.1 --unit-cost=0.3, --visibility=0.5 --rho=0.3"
    })
    void shouldBeANewRunWithTheChangedSettingsFromTheOpeningOn(String settings, String changes) throws IOException {
        Path fresh = directory.resolve("fresh");
        run(parent, settings.split(" "));
        List<String> all = new ArrayList<>(List.of(settings.split(" ")));
        // Given once, with its new value.
        all.removeIf(setting -> changes.contains(setting.substring(0, setting.indexOf('='))));
        all.addAll(List.of(changes.split(" ")));
        run(fresh, all.toArray(String[]::new));

        List<String> options = new ArrayList<>(List.of(changes.split(" ")));
        options.add("--at=0");
        assertThat(fork(options.toArray(String[]::new)).exitCode()).isZero();

        assertThat(steps(child)).isEqualTo(steps(fresh)).isNotEqualTo(steps(parent));
        assertThat(manifest(child).get("spec")).isEqualTo(manifest(fresh).get("spec"));
        assertThat(manifest(child).get("order_parameters"))
                .isEqualTo(manifest(fresh).get("order_parameters"));
    }

    /** A cost that begins with the prices at it is the market that opened with that cost. */
    @Test
    void shouldHaveAllThatAResumeNeedsFromTheMomentThatItsLogIsThere() throws Exception {
        run(parent);
        AtomicBoolean isOver = new AtomicBoolean();
        CompletableFuture<Boolean> hasManifest = CompletableFuture.supplyAsync(() -> {
            while (!Files.exists(child.resolve("events.log")) && !isOver.get()) {
                Thread.onSpinWait();
            }
            return Files.exists(child.resolve("run.json"));
        });

        CommandRun fork = fork("--at=50", "--rho=0.5");
        isOver.set(true);

        assertThat(fork.exitCode()).isZero();
        assertThat(hasManifest.get(10, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void shouldBeANewRunWithAnotherCostWhenPricesAreSetToIt() throws IOException {
        Path fresh = directory.resolve("fresh");
        run(parent, "--sigma=0", "--noise=0.1", "--num-sellers=3");
        run(fresh, "--sigma=0", "--noise=0.1", "--num-sellers=3", "--unit-cost=0.25");

        CommandRun fork = fork(
                "--at=0", "--unit-cost=0.25", "--price-shock=0=0.25", "--price-shock", "1=0.25", "--price-shock=2=.25");

        assertThat(fork.exitCode()).isZero();
        assertThat(steps(child)).isEqualTo(steps(fresh));
    }

    @Test
    void shouldShareTheHistoryAndThenSetAPrice() throws IOException {
        run(parent);

        CommandRun fork = fork("--at=60", "--price-shock=4=0.125", "--Nt=120");

        assertThat(fork.exitCode()).isZero();
        List<String> before = steps(parent);
        List<String> after = steps(child);
        assertThat(after).hasSize(119);
        assertThat(after.subList(0, 60)).isEqualTo(before.subList(0, 60));
        assertThat(after.get(60)).isNotEqualTo(before.get(60));
        StepTaken first = step(child, 61);
        assertThat(first.seller() == 4 ? first.oldPrice() : first.prices()[4]).isEqualTo(0.125);
        assertThat(first.activeBuyers()).isEqualTo(step(parent, 61).activeBuyers());
        assertThat(manifest(child).get("origin").asText())
                .isEqualTo("fork of " + parent + " at step 60: Nt 100 -> 120, price of seller 4 = 0.125");
        RunForked event = (RunForked) event(child, RunForked.class);
        assertThat(event.parentRunId()).isEqualTo("parent");
        assertThat(event.step()).isEqualTo(60);
        assertThat(event.priceShocks()).containsExactly(new RunForked.PriceShock(4, 0.125));
        assertThat(CommandRun.of("events", child.toString(), "--from=60", "--to=60")
                        .out()
                        .lines())
                .hasSize(2)
                .last()
                .asString()
                .startsWith("{\"run_forked\":{\"parent_run_id\":\"parent\",\"step\":\"60\",")
                .endsWith("\"impressions\":[],\"price_shocks\":[{\"seller\":4,\"price\":0.125}]}}");
    }

    @Test
    void shouldBeReplayedExportedAndForkedAsEveryRun() throws IOException {
        run(parent);
        fork("--at=40", "--rho=0.3", "--price-shock=1=0.5");
        Path again = directory.resolve("again");
        Path grandchild = directory.resolve("grandchild");
        Path sibling = directory.resolve("sibling");
        Path other = directory.resolve("other");

        CommandRun replay = CommandRun.of("replay", child.toString(), "--no-fig", "--out=" + again);
        assertThat(replay.err()).isEmpty();
        assertThat(replay.out()).contains("in every bit of 100 points'");
        assertThat(again.resolve("series.npz")).hasSameBinaryContentAs(child.resolve("series.npz"));

        assertThat(CommandRun.of("export", child.toString(), "--format=npz").exitCode())
                .isZero();
        assertThat(child.resolve("export/series.npz")).hasSameBinaryContentAs(child.resolve("series.npz"));

        for (int at : new int[] {40, 70}) {
            Path fork = grandchild.resolveSibling("grandchild-" + at);
            assertThat(CommandRun.of("fork", child.toString(), "--at=" + at, "--no-fig", "--out=" + fork)
                            .exitCode())
                    .isZero();
            assertThat(fork.resolve("series.npz")).hasSameBinaryContentAs(child.resolve("series.npz"));
            assertThat(CommandRun.of("replay", fork.toString(), "--no-fig", "--out=" + fork + "-again")
                            .exitCode())
                    .isZero();
        }

        // Before they parted, a fork of the fork is one of the run.
        CommandRun.of("fork", child.toString(), "--at=20", "--rho=1.1", "--no-fig", "--out=" + sibling);
        CommandRun.of("fork", parent.toString(), "--at=20", "--rho=1.1", "--no-fig", "--out=" + other);
        assertThat(steps(sibling)).isEqualTo(steps(other)).hasSize(99);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 5000})
    void shouldGoOnAsEveryRunWhenItWasKilled(int cut) throws IOException {
        run(parent);
        fork("--at=40", "--J=0.5", "--visibility=0.5");
        byte[] arrays = Files.readAllBytes(child.resolve("series.npz"));
        Path log = child.resolve("events.log");
        byte[] whole = Files.readAllBytes(log);
        Files.write(log, Arrays.copyOf(whole, whole.length - cut));
        Files.delete(child.resolve("series.npz"));
        assertThat(event(child, RunForked.class)).isNotNull();

        CommandRun resume = CommandRun.of("resume", child.toString(), "--no-fig");

        assertThat(resume.err()).isEmpty();
        assertThat(resume.exitCode()).isZero();
        assertThat(child.resolve("series.npz")).hasBinaryContent(arrays);
        assertThat(manifest(child).get("origin").asText())
                .startsWith("fork of " + parent + " at step 40: J 1.0 -> 0.5");
    }

    @Test
    void shouldForkARunThatWasKilled() throws IOException {
        run(parent);
        Path log = parent.resolve("events.log");
        List<String> before = steps(parent);
        byte[] whole = Files.readAllBytes(log);
        Files.write(log, Arrays.copyOf(whole, whole.length / 2));
        int steps = steps(parent).size();

        assertThat(fork("--at=" + steps).exitCode()).isZero();

        assertThat(steps(child)).isEqualTo(before);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--rho=1                     | --at is missing: must be a whole number, the last step to share",
                "--at=x                      | --at x: must be a whole number from 0 to 99, the steps that the run took",
                "--at=-1                     | --at -1: must be a whole number from 0 to 99, the steps that the run took",
                "--at=100 --Nt=200           | --at 100: must be a whole number from 0 to 99, the steps that the run took",
                "--at=99                     | --at 99: must be below 99, the last step, or come with a larger --Nt",
                "--at=50 --Nt=51             | --Nt 51: must be at least 52, so that the fork takes a step",
                "--at=5 --rho=9              | --rho 9: must be a number above 0 and at most M / ln(M), 4.34294 for 10 sellers",
                "--at=5 --noise=-1           | --noise -1: must be a number from 0 to 1e9",
                "--at=5 --price-shock=10=1   | --price-shock 10=1: must be SELLER=PRICE with a seller from 0 to 9 and a price from 0 to 1e9",
                "--at=5 --price-shock=1      | --price-shock 1: must be SELLER=PRICE with a seller from 0 to 9 and a price from 0 to 1e9",
                "--at=5 --price-shock=1=-1   | --price-shock 1=-1: must be SELLER=PRICE with a seller from 0 to 9 and a price from 0 to 1e9",
                "--at=5 --price-shock=1=1 --price-shock=1=2 | --price-shock 1=2: sets the price of a seller twice; must be once for each",
                "--at=5 --max-calls=5        | --max-calls 5: has no effect: no seller or buyer of this run is a model; leave it out"
            })
    void shouldRefuseWhatCannotBe(String options, String complaint) {
        run(parent);

        CommandRun fork = fork(options.split(" "));

        assertThat(fork.exitCode()).isEqualTo(2);
        assertThat(fork.out()).isEmpty();
        assertThat(fork.errLines()).containsExactly("market fork: " + complaint);
        assertThat(child).doesNotExist();
    }

    @ParameterizedTest
    @ValueSource(strings = {"--num-buyers=10", "--num-sellers=5", "--seed=1", "--generator=philox", "--mu=1"})
    void shouldHaveNoOptionForWhatCannotChange(String option) {
        run(parent);

        CommandRun fork = fork("--at=5", option);

        assertThat(fork.exitCode()).isEqualTo(2);
        assertThat(fork.errLines()).singleElement().asString().contains(option.substring(0, option.indexOf('=')));
        assertThat(child).doesNotExist();
    }

    /** Forks of a run whose agents are a model that answers every question in its own, always the same way. */
    @Nested
    class OfModels {
        @Test
        void shouldAskAgainOnlyAfterTheStep() throws IOException {
            try (ModelMarket market = mixed()) {
                market.run(parent);
                int asked = market.requests();
                List<String> before = Files.readAllLines(parent.resolve("decisions.jsonl"));
                List<String> shared =
                        before.stream().filter(line -> stepOf(line) <= 4).toList();

                CommandRun fork = fork("--at=4");

                assertThat(fork.err()).isEmpty();
                assertThat(fork.exitCode()).isZero();
                assertThat(steps(child)).isEqualTo(steps(parent));
                assertThat(Files.readAllLines(child.resolve("decisions.jsonl")))
                        .hasSameSizeAs(before)
                        .startsWith(shared.toArray(String[]::new));
                assertThat(market.requests() - asked).isEqualTo(before.size() - shared.size());
                assertReplayed();
            }
        }

        @Test
        void shouldLetRulesTakeOver() throws IOException {
            try (ModelMarket market = mixed()) {
                market.run(parent);
                int asked = market.requests();

                CommandRun fork = fork("--at=4", "--sellers=rule", "--buyers=rule");

                assertThat(fork.err()).isEmpty();
                assertThat(fork.exitCode()).isZero();
                assertThat(market.requests()).isEqualTo(asked);
                assertThat(step(child, 4).priceDecider().model()).isEqualTo("fixed");
                assertThat(step(child, 5).priceDecider().strategy()).isEqualTo("rule");
                assertThat(Files.readAllLines(child.resolve("decisions.jsonl")))
                        .allMatch(line -> stepOf(line) <= 4)
                        .isNotEmpty();
                assertReplayed();
            }
        }

        @Test
        void shouldLetModelsTakeOver() throws IOException {
            String[] rules = {"run", "--J=1", "--rho=0.8", "--Nt=10", "--num-sellers=3", "--num-buyers=12", "--no-fig"};
            CommandRun.of(and(rules, "--out=" + parent));
            try (ModelMarket market = mixed()) {
                CommandRun fork = fork(
                        "--at=4",
                        "--sellers=llm",
                        "--buyers=llm",
                        "--ratio=0.5",
                        "--model=fixed",
                        "--endpoint=keyless-in-tests",
                        "--base-url=" + market.endpoint.url("v1"));

                assertThat(fork.err()).isEmpty();
                assertThat(fork.exitCode()).isZero();
                assertThat(market.requests()).isPositive();
                assertThat(steps(child).subList(0, 4)).isEqualTo(steps(parent).subList(0, 4));
                assertThat(step(child, 5).priceDecider().model()).isEqualTo("fixed");
                RunForked event = (RunForked) event(child, RunForked.class);
                assertThat(event.impressions()).hasSize(6 * 3);
                assertThat(event.models().modelBuyers()).hasSize(6);
                assertReplayed();

                // Those that are models from the beginning on open with the same impressions.
                Path whole = directory.resolve("whole");
                market.run(whole);
                assertThat(event.impressions())
                        .isEqualTo(((org.interregnum.orchestrator.event.MarketOpened)
                                        event(whole, org.interregnum.orchestrator.event.MarketOpened.class))
                                .impressions());
            }
        }

        @Test
        void shouldStopAtABudgetThatCountsTheHistory() throws IOException {
            try (ModelMarket market = mixed()) {
                market.run(parent);
                int asked = market.requests();

                CommandRun fork = fork("--at=4", "--max-calls=" + asked / 3);

                assertThat(fork.exitCode()).isEqualTo(4);
                assertThat(manifest(child).get("status").asText()).isEqualTo("budget_spent");
                assertThat(CommandRun.of("resume", child.toString(), "--no-fig", "--max-calls=" + asked)
                                .exitCode())
                        .isZero();
                assertThat(steps(child)).isEqualTo(steps(parent));
            }
        }

        /** A process that is killed while a model that was assigned in the middle of the run is asked. */
        @Test
        void shouldGoOnAfterAModelThatTookOverWasNotWaitedFor() throws IOException {
            try (ModelMarket market = mixed()) {
                String[] rules = {"run", "--J=1", "--rho=0.8", "--Nt=10", "--num-sellers=3", "--num-buyers=12"};
                CommandRun.of(and(rules, "--no-fig", "--out=" + parent));
                CommandRun fork = fork(
                        "--at=4",
                        "--sellers=llm",
                        "--model=fixed",
                        "--endpoint=keyless-in-tests",
                        "--base-url=" + market.endpoint.url("v1"),
                        "--max-calls=2");
                assertThat(fork.exitCode()).isEqualTo(4);
                Files.writeString(
                        child.resolve("asked.jsonl"),
                        Resealed.of("{\"format_version\":1,\"step\":7,\"kind\":\"price\",\"subject\":2,\"calls\":6,"
                                + "\"tokens\":null,\"cost\":null,\"crc32c\":\"00000000\"}\n"),
                        StandardOpenOption.APPEND);

                CommandRun resumed = CommandRun.of("resume", child.toString(), "--no-fig", "--max-calls=100");

                assertThat(resumed.exitCode()).isZero();
                assertThat(Files.readAllLines(child.resolve("decisions.jsonl")))
                        .filteredOn(line -> line.contains("the process ended while it was asked"))
                        .singleElement()
                        .asString()
                        .contains("\"seller\":2", "\"outcome\":\"undecided\"");
                assertThat(steps(child)).hasSize(9);
            }
        }

        /** Half of its buyers follow the rule. */
        private static ModelMarket mixed() throws IOException {
            return new ModelMarket("--sellers=llm", "--buyers=llm", "--ratio=0.5");
        }

        private void assertReplayed() throws IOException {
            Path again = directory.resolve("again");
            CommandRun replay = CommandRun.of("replay", child.toString(), "--no-fig", "--out=" + again);
            assertThat(replay.err()).isEmpty();
            assertThat(replay.exitCode()).isZero();
            Trajectory.of(again).assertEqualTo(Trajectory.of(child));
        }

        private static int stepOf(String line) {
            return Integer.parseInt(line.replaceAll(".*?\"step\":(\\d+).*", "$1"));
        }
    }

    private static void run(Path out, String... options) {
        String[] market = {"run", "--J=1", "--rho=0.8", "--Nt=100", "--num-buyers=200", "--no-fig", "--out=" + out};
        List<String> arguments = new ArrayList<>(List.of(market));
        for (String option : options) {
            arguments.removeIf(other -> other.startsWith(option.substring(0, option.indexOf('=') + 1)));
            arguments.add(option);
        }
        assertThat(CommandRun.of(arguments.toArray(String[]::new)).exitCode()).isZero();
    }

    private CommandRun fork(String... options) {
        return CommandRun.of(and(new String[] {"fork", parent.toString(), "--no-fig", "--out=" + child}, options));
    }

    private static String[] and(String[] some, String... others) {
        String[] all = Arrays.copyOf(some, some.length + others.length);
        System.arraycopy(others, 0, all, some.length, others.length);
        return all;
    }

    /** All that the log says of the steps. */
    private static List<String> steps(Path run) {
        return CommandRun.of("events", run.toString(), "--from=1")
                .out()
                .lines()
                .filter(line -> line.startsWith("{\"step_taken\":"))
                .toList();
    }

    private static StepTaken step(Path run, int number) {
        try (FileEventLogReader reader = new FileEventLogReader(run.resolve("events.log"))) {
            for (MarketEvent event = reader.next(); event != null; event = reader.next()) {
                if (event instanceof StepTaken step && step.step() == number) {
                    return step;
                }
            }
        }
        throw new AssertionError("there is no step " + number);
    }

    private static MarketEvent event(Path run, Class<? extends MarketEvent> kind) {
        try (FileEventLogReader reader = new FileEventLogReader(run.resolve("events.log"))) {
            for (MarketEvent event = reader.next(); event != null; event = reader.next()) {
                if (kind.isInstance(event)) {
                    return event;
                }
            }
        }
        return null;
    }

    private static JsonNode manifest(Path run) throws IOException {
        return JSON.readTree(run.resolve("run.json").toFile());
    }
}
