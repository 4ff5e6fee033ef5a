package org.interregnum.standalone.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What {@code market serve scripted-model} refuses to start with. */
class ScriptedModelCommandTest {
    static Stream<Arguments> values() {
        String duration = "must be a duration from 0ms to 1h";
        String number = "must be a number from 0 to 1";
        List<Arguments> values = new ArrayList<>();
        for (String value : List.of("200", "-1ms", "2h", "fast", "")) {
            values.add(arguments("--latency", value, duration));
        }
        for (String option : List.of(
                "--rate-limit-rate",
                "--error-rate",
                "--hang-rate",
                "--prose-rate",
                "--garbage-rate",
                "--misfit-rate")) {
            for (String value : List.of("1.1", "-0.1", "nan", "10%", "")) {
                values.add(arguments(option, value, number));
            }
        }
        for (String value : List.of("-1", "86401", "1s", "99999999999999999999")) {
            values.add(arguments("--retry-after", value, "must be a whole number from 0 to 86400"));
        }
        values.add(arguments("--seed", "4294967296", "must be a whole number from 0 to 4294967295"));
        values.add(arguments("--port", "0", "must be a whole number from 1 to 65535"));
        values.add(arguments("--host", "no such host", "must be an address of this machine"));
        return values.stream();
    }

    @ParameterizedTest
    @MethodSource("values")
    void shouldNameOptionValueAndRange(String option, String value, String rule) {
        assertRefused(List.of(option + "=" + value), option, value, rule);
    }

    @Test
    void shouldNameTheRatesThatAreTooMuchTogether() {
        CommandRun run = run(List.of("--error-rate", "0.6", "--hang-rate", "0", "--misfit-rate", "0.5"));

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.errLines())
                .containsExactly("market serve scripted-model: --error-rate 0.6, --misfit-rate 0.5:"
                        + " must be at most 1 together");
    }

    @ParameterizedTest
    @ValueSource(strings = {"--retry-after", "--misfit-rate", "--latency"})
    void shouldSayWhatAValueMustBeThatIsMissing(String option) {
        String rule = ScriptedModelSetting.ofOption(option).orElseThrow().rule();

        assertRefused(List.of(option), option + " needs a value: " + rule);
    }

    @Test
    void shouldSuggestAnOption() {
        assertRefused(List.of("--ratelimit-rate=0.1"), "did you mean --rate-limit-rate?");
    }

    @Test
    void shouldSayThatAPortIsTaken() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            String port = Integer.toString(taken.getLocalPort());

            assertRefused(List.of("--port", port), "--port " + port, "must be a free port from 1 to 65535");
        }
    }

    private static CommandRun run(List<String> options) {
        List<String> arguments = new ArrayList<>(List.of("serve", "scripted-model"));
        arguments.addAll(options);
        return CommandRun.of(arguments.toArray(String[]::new));
    }

    private static void assertRefused(List<String> options, String... said) {
        CommandRun run = run(options);

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.errLines())
                .singleElement()
                .asString()
                .startsWith("market serve scripted-model: ")
                .contains(said);
        assertThat(run.out()).isEmpty();
    }
}
