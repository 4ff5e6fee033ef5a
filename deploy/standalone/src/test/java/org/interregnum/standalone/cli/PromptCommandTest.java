package org.interregnum.standalone.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PromptCommandTest {
    /** A market of 40 buyers and 3 sellers, of which the fifth step is computed below. */
    private static final List<String> MARKET = List.of(
            "--J=0.5",
            "--rho=0.8",
            "--Nt=6",
            "--num-buyers=40",
            "--num-sellers=3",
            "--seed=7",
            "--unit-cost=0.2",
            "--cost-cap=0.3",
            "--visibility=0.7",
            "--model=m");

    @TempDir
    private Path directory;

    /**
     * The numbers are of a program in NumPy that follows MODEL.md and shares nothing with this one: legacy generator with
     * seed 7, four steps of rules, then the premiums of the buyers that seller 0 sees in step 5, with mean, median, std,
     * min, max, percentile and histogram of NumPy itself.
     */
    @Test
    void shouldTellASellerTheNumbersOfTheModel() {
        CommandRun run = prompt(MARKET, "--sellers=llm", "--step=5");

        assertThat(run.err()).isEmpty();
        assertThat(run.exitCode()).isZero();
        assertThat(run.out())
                .startsWith(
                        "=== step 5, price of seller 0; model m at https://api.openai.com/v1; wording plain, SHA-256 ")
                .contains("""
                        Your price: 0.74
                        Your market share: 0.05
                        Your cost: 0.20 times your market share. It stops growing at a market share of 0.30.
                        Buyers seen by the research: 27
                        """)
                .contains("""
                        Mean: -2.86
                        Median: -2.93
                        Standard deviation: 1.66
                        Minimum: -6.71
                        Maximum: -0.06
                        25th percentile: -4.05
                        75th percentile: -1.68
                        """)
                .contains("""
                        [-6.71, -6.38): 1
                        [-6.38, -6.05): 0
                        [-6.05, -5.71): 0
                        [-5.71, -5.38): 1
                        [-5.38, -5.05): 0
                        [-5.05, -4.72): 0
                        [-4.72, -4.38): 2
                        [-4.38, -4.05): 3
                        [-4.05, -3.72): 2
                        [-3.72, -3.39): 3
                        [-3.39, -3.05): 0
                        [-3.05, -2.72): 2
                        [-2.72, -2.39): 2
                        [-2.39, -2.05): 2
                        [-2.05, -1.72): 2
                        [-1.72, -1.39): 1
                        [-1.39, -1.06): 1
                        [-1.06, -0.72): 1
                        [-0.72, -0.39): 1
                        [-0.39, -0.06]: 3
                        """)
                .contains("""
                        Other sellers:
                        Seller 1: price 0.98, market share 0.00
                        Seller 2: price 0.20, market share 0.95
                        """);
    }

    @Test
    void shouldTellOnlyPricesAndSharesWhereThatIsAllThereIsToKnow() {
        CommandRun run = prompt(MARKET, "--sellers=llm", "--step=5", "--information=price-only");

        assertThat(run.out())
                .contains("Your price: 0.74", "Seller 2: price 0.20, market share 0.95")
                .doesNotContain("Mean:", "[-6.71");
    }

    /** By the same program: buyer 32 acts in step 5 and has seller 0, which has just changed its price to 0.66929. */
    @Test
    void shouldTellABuyerTheNewPricesAndTheOldShares() {
        CommandRun run = prompt(MARKET, "--buyers=llm", "--step=5", "--buyer=32");

        assertThat(run.exitCode()).isZero();
        assertThat(run.out())
                .contains("=== step 5, impression of buyer 32; ", "=== step 5, choice of buyer 32; ")
                .contains("""
                        Your seller: Seller 0: price 0.67, market share 0.05, impression neutral

                        Other sellers:
                        Seller 1: price 0.98, market share 0.00
                        Seller 2: price 0.20, market share 0.95
                        """)
                .contains("""
                        Sellers, with your impression of each:
                        Seller 0: price 0.67, market share 0.05, impression neutral
                        Seller 1: price 0.98, market share 0.00, impression neutral
                        Seller 2: price 0.20, market share 0.95, impression neutral
                        """)
                .doesNotContain("more questions");
    }

    /** By the same program, 13 buyers act in step 5, the first of them is buyer 1, and all have a seller. */
    @Test
    void shouldShowTheFirstBuyerAndSayHowManyQuestionsThereAreBesides() {
        CommandRun run = prompt(MARKET, "--buyers=llm", "--step=5");

        assertThat(run.out())
                .contains("impression of buyer 1; ", "choice of buyer 1; ")
                .contains("(24 more questions at this step are put to other buyers; --buyer shows those of one)");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--step=0|--step 0: must be a step of the run, from 1 to 5",
                "--step=6|--step 6: must be a step of the run, from 1 to 5",
                "--step=-1|--step -1: must be a step of the run, from 1 to 5",
                "--step=last|--step last: must be a step of the run, from 1 to 5",
                "--step=99999999999999999999|--step 99999999999999999999: must be a step of the run, from 1 to 5",
                "--buyer=40|--buyer 40: must be a buyer, from 0 to 39",
                "--buyer=-1|--buyer -1: must be a buyer, from 0 to 39",
                "--buyer=two|--buyer two: must be a buyer, from 0 to 39"
            })
    void shouldNameTheRange(String option, String said) {
        assertRefused(prompt(MARKET, "--buyers=llm", option), said);
    }

    /** By the program above, buyers 1, 3, 6, 7, 10, 11, 12, 14, 18, 19, 24, 32 and 35 act in step 5, and no others. */
    @Test
    void shouldSayThatABuyerIsNotAsked() {
        assertRefused(
                prompt(MARKET, "--buyers=llm", "--step=5", "--buyer=2"),
                "--buyer 2: is not asked at step 5; must be one of those that are");
    }

    @Test
    void shouldRefuseAMarketWithoutModels() {
        CommandRun run = CommandRun.of("prompt", "--J=1", "--rho=0.8", "--Nt=6");

        assertRefused(run, "nobody is a model");
    }

    /** By the program above, the sellers that can change their prices in steps 1 to 5 are 1, 0, 1, 0 and 0. */
    @Test
    void shouldGoOnToTheStepAtWhichAModelIsAsked() throws IOException {
        Path file = Files.writeString(directory.resolve("run.yaml"), "sellers:\n  - range: 1\n    model: m\n");
        List<String> market = MARKET.subList(0, MARKET.size() - 1);

        assertThat(prompt(market, "--file=" + file, "--step=2").out()).startsWith("=== step 3, price of seller 1; ");
        CommandRun none = prompt(market, "--file=" + file, "--step=4");
        assertThat(none.out()).isEqualTo("From step 4 on no model is asked anything.\n");
        assertThat(none.exitCode()).isZero();
    }

    @Test
    void shouldPrintWhatTheRunThenSaysAndAskNobody() throws IOException {
        try (ModelMarket market = new ModelMarket()) {
            CommandRun prompt = market.market("prompt");
            assertThat(prompt.exitCode()).isZero();
            assertThat(market.requests()).isZero();

            Path out = directory.resolve("run");
            market.run(out);
            List<String> said = new ArrayList<>();
            for (String line : Files.readAllLines(out.resolve("decisions.jsonl"))) {
                JsonNode decision = new ObjectMapper().readTree(line);
                JsonNode messages = decision.path("prompt");
                // What a buyer is told when it chooses depends on the impression that it has just told.
                if (decision.path("step").asInt() == 1
                        && !decision.path("kind").asText().equals("choice")) {
                    said.add("--- system\n%s\n--- user\n%s\n"
                            .formatted(
                                    messages.path(0).path("content").asText().strip(),
                                    messages.path(1).path("content").asText().strip()));
                }
            }
            assertThat(said).hasSizeGreaterThan(1);
            assertThat(prompt.out()).contains(said.get(0), said.get(1));
        }
    }

    private static CommandRun prompt(List<String> market, String... others) {
        List<String> arguments = new ArrayList<>(List.of("prompt"));
        arguments.addAll(market);
        arguments.addAll(List.of(others));
        return CommandRun.of(arguments.toArray(String[]::new));
    }

    private static void assertRefused(CommandRun run, String said) {
        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.errLines())
                .singleElement()
                .asString()
                .startsWith("market prompt: ")
                .contains(said);
        assertThat(run.out()).isEmpty();
    }
}
