package org.interregnum.standalone.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever is wrong with the input, it is said in one line, with exit code 2, and nothing is created. */
class BadInputTest {
    private static final String INTEGER_FROM_1 = "a whole number from 1 to 1000000000";
    private static final String UPDATE_RATE = "a number above 0 and at most M / ln(M)";
    private static final String ADDRESS = "HOST:PORT with a port from 1 to 65535";
    private static final String DURATION = "a duration from 1ms to 1h";

    @TempDir
    private Path directory;

    static Stream<Arguments> values() {
        return Stream.of(
                        bad(
                                "--J",
                                "a number from 0 to 1e9",
                                "nan",
                                "NaN",
                                "inf",
                                "-1",
                                "1e10",
                                "1e999",
                                "0x1p3",
                                "1d",
                                ""),
                        bad("--network-effect", "a number from 0 to 1e9", "nan", "one"),
                        bad("--rho", UPDATE_RATE, "0", "-0.1", "10", "nan", "1e400", "4.35"),
                        bad("--update-rate", UPDATE_RATE, "0"),
                        bad(
                                "--Nt",
                                INTEGER_FROM_1,
                                "1e3",
                                "2.5",
                                "0",
                                "-1",
                                "1000000001",
                                "99999999999999999999",
                                "ten"),
                        bad("--points", INTEGER_FROM_1, "0"),
                        bad("--seed", "a whole number from 0 to 4294967295", "-1", "4294967296", "1.5", "x"),
                        bad("--generator", "one of numpy, philox", "mt", "NUMPY", ""),
                        bad("--num-sellers", "a whole number from 3 to 1000000000", "2", "-3", "1000000001", "3.0"),
                        bad("--num-buyers", INTEGER_FROM_1, "0", "-5", "5e3", "1000000001", "2147483647"),
                        bad("--mu", "a number from -1e9 to 1e9", "nan", "-1e10", "1e10", "half"),
                        bad("--sigma", "a number from 0 to 1e9", "-0.5", "nan", "inf"),
                        bad("--unit-cost", "a number from 0 to 1e9", "-0.1", "nan"),
                        bad("--cost-cap", "a number from 0 to 1", "-0.1", "1.01", "nan"),
                        bad("--noise", "a number from 0 to 1e9", "-1", "nan"),
                        bad("--visibility", "a number from 0 to 1", "-0.1", "1.1", "nan"),
                        bad("--burn-in", "a number from 0 to below 1", "1", "-0.1", "nan", "25%"),
                        bad("--seller-target", ADDRESS, "foo", "host:99999", "host:0", ":9001", "http://host:9001", ""),
                        bad("--buyer-target", ADDRESS, "localhost", "localhost:", "a b:1"),
                        bad("--out", "a new or empty directory", "", "--quite"))
                .flatMap(stream -> stream);
    }

    private static Stream<Arguments> bad(String option, String range, String... values) {
        return Stream.of(values).map(value -> arguments(option, value, range));
    }

    @ParameterizedTest
    @MethodSource("values")
    void shouldNameOptionValueAndRange(String option, String value, String range) {
        List<String> arguments = validExcept(option);
        arguments.add(option);
        arguments.add(value);

        assertRefused(arguments, option, value, "must be " + range);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "0s", "10", "-1s", "2h", "1.5s", "10 s", "ever"})
    void shouldNameTheRangeOfADuration(String value) {
        List<String> arguments = validExcept("");
        arguments.addAll(List.of("--seller-target", "localhost:9001", "--deadline", value));

        assertRefused(arguments, "--deadline", value, "must be " + DURATION);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-1", "1000001", "many"})
    void shouldNameTheRangeOfABatch(String value) {
        List<String> arguments = validExcept("");
        arguments.addAll(List.of("--buyer-target", "localhost:9002", "--batch-size", value));

        assertRefused(arguments, "--batch-size", value, "must be a whole number from 1 to 1000000");
    }

    @ParameterizedTest
    @ValueSource(strings = {"--J", "--rho", "--Nt"})
    void shouldSayWhatIsMissing(String option) {
        assertRefused(validExcept(option), option, "is missing", "must be ");
    }

    static Stream<Arguments> grammar() {
        return Stream.of(
                arguments(List.of("--Ntt", "4"), "--Ntt", "did you mean --Nt?"),
                arguments(List.of("--num_buyers", "4"), "--num_buyers", "did you mean --num-buyers?"),
                arguments(
                        List.of("--base_url", "x"),
                        "--base_url x",
                        "has no effect without --sellers llm or --buyers llm"),
                arguments(List.of("-J", "4"), "-J", "did you mean --J?"),
                arguments(List.of("--model", "x"), "--model x", "has no effect without --sellers llm or --buyers llm"),
                arguments(List.of("fast"), "fast", "must be an option"),
                arguments(List.of("--mu"), "--mu", "needs a value: must be a number from -1e9 to 1e9"),
                arguments(List.of("--mu", "--quiet"), "--mu", "needs a value"),
                arguments(List.of("--points"), "--points", "needs a value: must be a whole number"),
                arguments(List.of("--rho", "0.8"), "--rho", "is given more than once"),
                arguments(List.of("--quiet", "--quiet"), "--quiet", "is given more than once"),
                arguments(List.of("--fig", "--no-fig"), "--fig", "--no-fig"),
                arguments(List.of("--fig=maybe"), "--fig", "without"),
                arguments(List.of("--deadline", "5s"), "--deadline", "--seller-target"),
                arguments(List.of("--batch-size", "5"), "--batch-size", "--buyer-target"),
                arguments(
                        List.of("--seller-target", "localhost:1", "--batch-size", "5"),
                        "--batch-size",
                        "--buyer-target"),
                arguments(List.of("--file", "no-such.yaml"), "--file", "no-such.yaml"));
    }

    @ParameterizedTest
    @MethodSource("grammar")
    void shouldSayInOneLineWhatIsWrongWithTheGrammar(List<String> wrong, String option, String said) {
        List<String> arguments = validExcept("");
        arguments.addAll(wrong);

        assertRefused(arguments, option, said);
    }

    static Stream<Arguments> models() {
        String sellers = "--sellers llm --model m ";
        String buyers = "--buyers llm --model m ";
        return Stream.of(
                        "--sellers gpt|--sellers gpt: must be one of rule, llm",
                        "--buyers all|--buyers all: must be one of rule, llm",
                        "--sellers llm|--model is missing: must be the name of a model",
                        "--sellers llm --model=|--model '': must be the name of a model",
                        "--ratio 0.5|--ratio 0.5: has no effect without --buyers llm",
                        "--max-calls 5|--max-calls 5: has no effect without --sellers llm or --buyers llm",
                        sellers + "--ratio 0.5|--ratio 0.5: has no effect without --buyers llm",
                        sellers + "--llm-activation every-step|has no effect without --buyers llm",
                        buyers + "--information price-only|has no effect without --sellers llm",
                        buyers + "--ratio 0|--ratio 0: must be a number above 0 and at most 1",
                        buyers + "--ratio 2|--ratio 2: must be a number above 0 and at most 1",
                        buyers + "--ratio nan|--ratio nan: must be a number above 0 and at most 1",
                        buyers
                                + "--ratio 0.001|--ratio 0.001: makes none of the 100 buyers a model; must be at least 1 / 100",
                        buyers + "--llm-activation never|must be one of scheduled, every-step",
                        sellers
                                + "--base_url localhost:8000|--base_url localhost:8000: must be a URL that begins with http:// or https://",
                        sellers
                                + "--base-url ftp://x|--base-url ftp://x: must be a URL that begins with http:// or https://",
                        sellers
                                + "--base-url http://localhost:99999/v1|--base-url http://localhost:99999/v1: must have a port from 1 to 65535",
                        sellers
                                + "--base-url HTTP://localhost:0|--base-url HTTP://localhost:0: must have a port from 1 to 65535",
                        sellers + "--provider google|must be one of openai, anthropic, ollama",
                        sellers + "--endpoint a/b|--endpoint a/b: must be letters, digits, '.', '_' and '-'",
                        sellers + "--structured xml|must be one of json_schema, json_object, none",
                        sellers
                                + "--prompt fancy|--prompt fancy: there is no wording 'fancy' of prompts for 'price'; known: plain, terse",
                        sellers + "--temperature 3|--temperature 3: must be a number from 0 to 2",
                        sellers + "--temperature nan|--temperature nan: must be a number from 0 to 2",
                        sellers + "--information all|must be one of research, price-only",
                        sellers + "--max-output-tokens 0|must be a whole number from 1 to 1000000",
                        sellers + "--in-flight 0|must be a whole number from 1 to 10000",
                        sellers + "--calls-per-minute 0|--calls-per-minute 0: must be a whole number from 1 to 1000000",
                        sellers + "--calls-per-minute 1000001|must be a whole number from 1 to 1000000",
                        sellers + "--calls-per-minute 1.5|must be a whole number from 1 to 1000000",
                        "--calls-per-minute 60|has no effect without --sellers llm or --buyers llm",
                        sellers + "--call-timeout 5|must be a duration from 1ms to 1h",
                        sellers + "--on-failure explode|must be one of hold, stop",
                        sellers + "--max-fallback-rate 2|must be a number from 0 to 1",
                        sellers + "--max-calls 0|--max-calls 0: must be a whole number from 1",
                        sellers + "--max-tokens -1|--max-tokens -1: must be a whole number from 1",
                        sellers + "--max-cost 1|--max-cost 1: needs the prices of the model m",
                        sellers + "--max-cost 1 --price-input 1|--max-cost 1: needs the prices of the model m",
                        sellers
                                + "--max-cost 0 --price-input 1 --price-output 1|--max-cost 0: must be a number above 0",
                        sellers + "--price-input -1 --price-output 1|--price-input -1: must be a number from 0 to 1e9")
                .map(row -> row.split("\\|"))
                .map(row -> arguments(List.of(row[0].split(" ")), row[1]));
    }

    @ParameterizedTest
    @MethodSource("models")
    void shouldSayInOneLineWhatIsWrongWithModels(List<String> wrong, String said) {
        List<String> arguments = validExcept("");
        arguments.addAll(wrong);

        assertRefused(arguments, said);
    }

    @ParameterizedTest
    @ValueSource(strings = {"runn", "", "--jay", "-x"})
    void shouldNameTheCommandsThereAre(String first) {
        CommandRun run = CommandRun.of(first);

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.errLines()).singleElement().asString().contains(first);
        assertThat(run.out()).isEmpty();
    }

    @Test
    void shouldAskForACommand() {
        assertThat(CommandRun.of().errLines())
                .containsExactly(
                        "market: a command is missing: must be one of run, check, prompt, replay, resume, fork, diff, sweep, figures, compare, events, export, serve, up, list, watch, pause, step, stop, remove, fetch, agents");
        assertThat(CommandRun.of("serve").exitCode()).isEqualTo(2);
    }

    @Test
    void shouldNameTheLargestUpdateRateOfTheMarketAtHand() {
        CommandRun run = CommandRun.of("run", "--J", "1", "--rho", "3", "--Nt", "5", "--num-sellers", "3");

        assertThat(run.errLines())
                .containsExactly(
                        "market run: --rho 3: must be a number above 0 and at most M / ln(M), 2.73071 for 3 sellers");
    }

    /** Arabic has digits of its own, German a comma; scripts read these messages. */
    @ParameterizedTest
    @ValueSource(strings = {"de-DE", "ar-EG-u-nu-arab"})
    void shouldWriteNumbersInTheSameWayEverywhere(String language) {
        Locale before = Locale.getDefault();
        Locale.setDefault(Locale.forLanguageTag(language));
        try {
            shouldNameTheLargestUpdateRateOfTheMarketAtHand();
            assertThat(Progress.line(12, 40, "")).startsWith("step 12 of 40 (30%)");
        } finally {
            Locale.setDefault(before);
        }
    }

    @Test
    void shouldKeepAMessageOnOneLineWhateverTheValue() {
        List<String> arguments = validExcept("--mu");
        arguments.addAll(List.of("--mu", "a\nb\u001b[31m" + "x".repeat(500)));

        CommandRun run = CommandRun.of(arguments.toArray(String[]::new));

        assertThat(run.errLines())
                .singleElement()
                .asString()
                .hasSizeLessThan(250)
                .doesNotContain("\u001b");
    }

    @Test
    void shouldRefuseAMarketThatDoesNotFitIntoMemory() {
        List<String> arguments = validExcept("");
        arguments.addAll(List.of("--num-buyers", "1000000000", "--num-sellers", "1000"));

        assertRefused(arguments, "--num-buyers", "1000000000", "must fit");
    }

    @Test
    void shouldRefuseAMarketWhoseQuestionsNoSellerAgentTakes() {
        List<String> arguments = validExcept("");
        arguments.addAll(List.of("--seller-target", "localhost:9001", "--num-buyers", "2096621"));

        assertRefused(arguments, "--num-buyers", "2096621", "must be a whole number from 1 to 2096620 with");
        arguments.set(arguments.size() - 2, "--num-sellers");
        assertRefused(arguments, "--num-sellers", "2096621", "must be a whole number from 3 to 1048319 with");
    }

    @Test
    void shouldLimitQuestionsOnlyWhereTheyAreMessages() {
        List<List<String>> fitting = List.of(
                List.of("--num-buyers", "2096621"),
                List.of("--num-buyers", "2096621", "--buyer-target", "localhost:9002"),
                List.of("--num-buyers", "2096620", "--seller-target", "localhost:9001"),
                List.of("--num-buyers", "20000000", "--seller-target", "localhost:9001", "--visibility", "0.1"));
        for (List<String> market : fitting) {
            List<String> arguments = new ArrayList<>(List.of("check", "--J", "1", "--rho", "0.8", "--Nt", "4"));
            arguments.addAll(market);

            assertThat(CommandRun.of(arguments.toArray(String[]::new)).err()).doesNotContain("16 MiB");
        }
    }

    @Test
    void shouldRefuseADirectoryWithFilesInIt() throws IOException {
        Path taken = Files.createDirectory(directory.resolve("taken"));
        Files.writeString(taken.resolve("notes.txt"), "mine");

        CommandRun run = CommandRun.of("run", "--J", "1", "--rho", "0.8", "--Nt", "2", "--out", taken.toString());

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.errLines()).singleElement().asString().contains("--out", taken.toString(), "new or empty");
        assertThat(taken).isDirectoryContaining("glob:**notes.txt").isDirectoryNotContaining("glob:**run.json");
    }

    @Test
    void shouldLeaveNothingBehindWhereADirectoryCannotBeMade() {
        Path out = directory.resolve("new").resolve("newer").resolve("x".repeat(300));

        CommandRun run = CommandRun.of("run", "--J", "1", "--rho", "0.8", "--Nt", "2", "--out", out.toString());

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.errLines()).singleElement().asString().contains("--out", "new or empty");
        assertThat(directory).isEmptyDirectory();
    }

    @Test
    void shouldRefuseAFileAsDirectoryOrBelow() throws IOException {
        Path file = Files.writeString(directory.resolve("file"), "mine");

        for (Path out : List.of(file, file.resolve("below"), file.resolve("far/below"))) {
            CommandRun run = CommandRun.of("run", "--J", "1", "--rho", "0.8", "--Nt", "2", "--out", out.toString());

            assertThat(run.exitCode()).isEqualTo(2);
            assertThat(run.errLines()).singleElement().asString().contains("--out", out.toString(), "new or empty");
        }
        assertThat(file).hasContent("mine");
    }

    @Test
    void shouldRefuseWhatAServiceCannotListenOn() {
        assertThat(CommandRun.of("serve", "seller", "--port", "0").errLines())
                .containsExactly("market serve seller: --port 0: must be a whole number from 1 to 65535");
        assertThat(CommandRun.of("serve", "buyer", "--port", "high").exitCode()).isEqualTo(2);
        assertThat(CommandRun.of("serve", "buyer", "--host", "no such host").errLines())
                .singleElement()
                .asString()
                .contains("--host", "no such host", "must be an address of this machine");
    }

    private List<String> validExcept(String option) {
        List<String> arguments = new ArrayList<>(List.of("run"));
        if (!option.equals("--J") && !option.equals("--network-effect")) {
            arguments.addAll(List.of("--J", "1"));
        }
        if (!option.equals("--rho") && !option.equals("--update-rate")) {
            arguments.addAll(List.of("--rho", "0.8"));
        }
        if (!option.equals("--Nt") && !option.equals("--points")) {
            arguments.addAll(List.of("--Nt", "2"));
        }
        if (!option.equals("--out")) {
            arguments.addAll(List.of("--out", directory.resolve("out").toString()));
        }
        return arguments;
    }

    private void assertRefused(List<String> arguments, String... said) {
        CommandRun run = CommandRun.of(arguments.toArray(String[]::new));

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.errLines()).singleElement().asString().contains(said);
        assertThat(run.out()).isEmpty();
        assertThat(directory).isEmptyDirectory();
    }
}
