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
     * seed 7, four steps of rules without a draw of noise (which only sellers that follow the rule make), then the premiums of the buyers that seller 0 sees in step 5, with mean, median, std,
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
                        Your price: 0.20
                        Your market share: 0.30
                        Your cost: 0.20 times your market share. It stops growing at a market share of 0.30.
                        Buyers seen by the research: 28
                        """)
                .contains("""
                        Mean: -0.37
                        Median: -0.26
                        Standard deviation: 1.45
                        Minimum: -4.04
                        Maximum: 2.60
                        25th percentile: -1.37
                        75th percentile: 0.62
                        """)
                .contains("""
                        [-4.04, -3.70): 1
                        [-3.70, -3.37): 0
                        [-3.37, -3.04): 0
                        [-3.04, -2.71): 1
                        [-2.71, -2.38): 0
                        [-2.38, -2.04): 0
                        [-2.04, -1.71): 2
                        [-1.71, -1.38): 3
                        [-1.38, -1.05): 1
                        [-1.05, -0.72): 3
                        [-0.72, -0.38): 2
                        [-0.38, -0.05): 4
                        [-0.05, 0.28): 1
                        [0.28, 0.61): 3
                        [0.61, 0.94): 3
                        [0.94, 1.28): 1
                        [1.28, 1.61): 0
                        [1.61, 1.94): 1
                        [1.94, 2.27): 1
                        [2.27, 2.60]: 1
                        """)
                .contains("""
                        Other sellers:
                        Seller 1: price 1.16, market share 0.05
                        Seller 2: price 1.04, market share 0.65
                        """);
    }

    @Test
    void shouldTellOnlyPricesAndSharesWhereThatIsAllThereIsToKnow() {
        CommandRun run = prompt(MARKET, "--sellers=llm", "--step=5", "--information=price-only");

        assertThat(run.out())
                .contains("Your price: 0.20", "Seller 2: price 1.04, market share 0.65")
                .doesNotContain("Mean:", "[-4.04");
    }

    /**
     * By the same program, with draws of noise: buyer 32 acts in step 5 and has seller 0, which has just changed its price
     * to 0.66929. The buyer's preferences are 2.760, 1.369 and 0.158, with mean 0.5 and standard deviation 1: 2.3, 0.9 and
     * -0.3 standard deviations from the mean.
     */
    @Test
    void shouldTellABuyerTheNewPricesAndTheOldShares() {
        CommandRun run = prompt(MARKET, "--buyers=llm", "--step=5", "--buyer=32");

        assertThat(run.exitCode()).isZero();
        assertThat(run.out())
                .contains("=== step 5, impression of buyer 32; ", "=== step 5, choice of buyer 32; ")
                .contains("""
                        Your seller: Seller 0: price 0.67, market share 0.05, impression excellent

                        Other sellers:
                        Seller 1: price 0.98, market share 0.00
                        Seller 2: price 0.20, market share 0.95
                        """)
                .contains("""
                        Sellers, with your impression of each:
                        Seller 0: price 0.67, market share 0.05, impression excellent
                        Seller 1: price 0.98, market share 0.00, impression good
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

    /** By the program above, where only seller 1 draws no noise, sellers 1, 2, 1, 2 and 2 can change their prices. */
    @Test
    void shouldGoOnToTheStepAtWhichAModelIsAsked() throws IOException {
        Path file = Files.writeString(directory.resolve("run.yaml"), "sellers:\n  - range: 1\n    model: m\n");
        List<String> market = MARKET.subList(0, MARKET.size() - 1);

        assertThat(prompt(market, "--file=" + file, "--step=2").out()).startsWith("=== step 3, price of seller 1; ");
        CommandRun none = prompt(market, "--file=" + file, "--step=4");
        assertThat(none.out()).isEqualTo("From step 4 on no model is asked anything.\n");
        assertThat(none.exitCode()).isZero();
    }

    /** Of the first step, before which nobody has decided anything; so only prices here, and only impressions there. */
    @ParameterizedTest
    @CsvSource({"price,--sellers=llm,--buyers=rule", "impression,--sellers=rule,--buyers=llm"})
    void shouldPrintWhatTheRunThenSaysAndAskNobody(String kind, String sellers, String buyers) throws IOException {
        try (ModelMarket market = new ModelMarket(sellers, buyers)) {
            CommandRun prompt = market.market("prompt");
            assertThat(prompt.exitCode()).isZero();
            assertThat(market.requests()).isZero();

            Path out = directory.resolve("run");
            market.run(out);
            JsonNode first = new ObjectMapper()
                    .readTree(Files.readAllLines(out.resolve("decisions.jsonl")).get(0));
            assertThat(first.path("kind").asText()).isEqualTo(kind);
            assertThat(first.path("step").asInt()).isEqualTo(1);
            assertThat(prompt.out())
                    .startsWith("=== step 1, " + kind + " of ")
                    .contains(first.path("prompt_hash").asText())
                    .contains("--- system\n%s\n--- user\n%s\n"
                            .formatted(
                                    first.at("/prompt/0/content").asText().strip(),
                                    first.at("/prompt/1/content").asText().strip()));
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
