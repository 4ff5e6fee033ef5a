package org.interregnum.standalone.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.interregnum.standalone.scripted.ScriptedModel;
import org.interregnum.standalone.scripted.ScriptedModelOptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CheckCommandTest {
    @TempDir
    private Path directory;

    @Test
    void shouldRepeatPercentSignsAsTheyWereGiven() {
        Path out = directory.resolve("50%").resolve("%s%n");

        CommandRun run = CommandRun.of(
                "check",
                "--J",
                "1",
                "--rho",
                "0.8",
                "--Nt",
                "2",
                "--out",
                out.toString(),
                "--seller-target",
                "[fe80::1%eth0]:9001");

        assertThat(run.err()).isEmpty();
        assertThat(run.exitCode()).isZero();
        assertThat(run.out()).contains("files        " + out, "sellers      service at [fe80::1%eth0]:9001");
    }

    /**
     * Computed by hand for 21 points, so 20 steps: a seller each step; a buyer acts with probability 0.8 ln(10) / 10 =
     * 0.184207, tells an impression and chooses; half of 50 buyers are 25.
     */
    @ParameterizedTest
    @CsvSource({
        "sellers,--sellers=llm --model=m,20",
        "buyers,--buyers=llm --model=m --num-buyers=50,368",
        "buyers,--buyers=llm --model=m --num-buyers=50 --ratio=0.5,184",
        "buyers,--buyers=llm --model=m --num-buyers=50 --ratio=0.5 --llm-activation=every-step,1000"
    })
    void shouldTellHowOftenModelsWillBeAsked(String who, String options, int calls) {
        CommandRun run = check(options.split(" "));

        assertThat(run.exitCode()).isZero();
        assertThat(run.out())
                .containsPattern("will ask +" + who + " m: about " + calls + " calls, \\d+ tokens in and ");
    }

    @Test
    void shouldTellHowOftenEachModelWillBeAsked() throws IOException {
        Path file = Files.writeString(directory.resolve("run.yaml"), """
                sellers:
                  - {range: 0-4, model: one, price-input: 2, price-output: 10}
                  - {range: 7, model: other}
                """);

        CommandRun run = check("--file=" + file);

        // 20 steps, of 10 sellers 5 and 1; for 2 and 10 a million tokens.
        assertThat(run.out())
                .containsPattern("sellers one: about 10 calls, \\d+ tokens in and \\d+ out, cost 0\\.\\d+,");
        assertThat(run.out()).containsPattern("sellers other: about 2 calls, \\d+ tokens in and \\d+ out, without");
        long[] tokens = tokens(run, "one");
        assertThat(run.out())
                .contains(String.format(Locale.ROOT, "cost %.4f", (tokens[0] * 2 + tokens[1] * 10) / 1e6)
                        .substring(0, 9));
    }

    /** In 20 steps as many prices are asked for, each for some hundred tokens and for less than a thousandth. */
    @ParameterizedTest
    @CsvSource({
        "--max-calls=20,'20 calls\n'",
        "--max-calls=19,'19 calls, which is less than it will want'",
        "--max-tokens=1000000,'1000000 tokens\n'",
        "--max-tokens=2000,'2000 tokens, which is less than it will want'",
        "--max-cost=1,'cost 1\n'",
        "--max-cost=0.0001,'cost 0.0001, which is less than it will want'"
    })
    void shouldSayThatABudgetWillNotDo(String budget, String said) {
        CommandRun run = check("--sellers=llm", "--model=m", "--price-input=1", "--price-output=1", budget);

        assertThat(run.out()).contains("may spend    " + said);
    }

    /** 20 steps, so 20 prices; the first is asked for at once. 368 questions are asked by 50 buyers, as computed above. */
    @Test
    void shouldTellTheLeastTimeThatALimitOfCallsLeaves() throws IOException {
        assertThat(check("--sellers=llm", "--model=m", "--calls-per-minute=1").out())
                .contains("pace         openai: at most 1 call a minute, so at least 19 min 0 s\n");
        assertThat(check("--sellers=llm", "--model=m").out()).doesNotContain("a minute");
        Path file = Files.writeString(directory.resolve("run.yaml"), """
                num-buyers: 50
                calls-per-minute: 38
                endpoints:
                  left: {base-url: "http://127.0.0.1:1/v1", calls-per-minute: 2}
                sellers: [{range: 0-4, model: m, endpoint: left}]
                buyers: [{model: m}]
                """);
        assertThat(check("--file=" + file).out())
                .contains("left: at most 2 calls a minute, so at least 4 min 30 s\n")
                .contains("openai: at most 38 calls a minute, so at least 9 min 41 s\n");
    }

    /** Prompts hardly change in length, so an estimate by the first of them must come close to what is used. */
    @Test
    void shouldEstimateTokensWithoutAskingAnybody() throws IOException {
        try (ScriptedModel model = ScriptedModel.start(ScriptedModelOptions.PLAIN, "127.0.0.1", 0)) {
            String[] market = {
                "--sellers=llm",
                "--model=m",
                "--endpoint=keyless-in-tests",
                "--base-url=http://127.0.0.1:" + model.port() + "/v1"
            };
            CommandRun check = check(market);
            assertThat(check.exitCode()).isZero();
            assertThat(model.requests()).isZero();

            Path out = directory.resolve("run");
            List<String> run =
                    new ArrayList<>(List.of("run", "--J=1", "--rho=0.8", "--Nt=21", "--no-fig", "--out=" + out));
            run.addAll(List.of(market));
            assertThat(CommandRun.of(run.toArray(String[]::new)).exitCode()).isZero();

            JsonNode used = new ObjectMapper()
                    .readTree(out.resolve("run.json").toFile())
                    .at("/models/0");
            assertThat(used.path("calls").asLong()).isEqualTo(20).isEqualTo(model.requests());
            long input = used.at("/tokens/input").asLong();
            assertThat(tokens(check, "m")[0]).isBetween(input * 8 / 10, input * 12 / 10);
            // The scripted model gives short reasons; a language model gives longer ones.
            assertThat(tokens(check, "m")[1])
                    .isGreaterThan(used.at("/tokens/output").asLong());
        }
    }

    private static CommandRun check(String... options) {
        List<String> arguments = new ArrayList<>(List.of("check", "--J=1", "--rho=0.8", "--Nt=21"));
        arguments.addAll(List.of(options));
        return CommandRun.of(arguments.toArray(String[]::new));
    }

    /** Tokens in and out of the model's line. */
    private static long[] tokens(CommandRun check, String model) {
        Matcher matcher = Pattern.compile(" " + model + ": about .* calls, (\\d+) tokens in and (\\d+) out")
                .matcher(check.out());
        assertThat(matcher.find()).isTrue();
        return new long[] {Long.parseLong(matcher.group(1)), Long.parseLong(matcher.group(2))};
    }
}
