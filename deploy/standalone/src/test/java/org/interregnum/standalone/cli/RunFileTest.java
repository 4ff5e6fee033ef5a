package org.interregnum.standalone.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class RunFileTest {
    @TempDir
    private Path directory;

    @Test
    void shouldTakeEverySettingByEitherOfItsSpellings() throws IOException {
        CommandRun run = check("""
                # a market
                network-effect: 0.5
                rho: 0.4
                points: 300
                num_buyers: 77
                num-sellers: 4
                mu: -0.25
                sigma: 2
                unit_cost: 1e-1
                cost-cap: 0.3
                noise: 0.01
                visibility: .5
                seed: 4294967295
                generator: philox
                burn-in: 0.5
                seller_target: localhost:9001
                deadline: 500ms
                fig: false
                quiet: true
                out: %s
                """.formatted(directory.resolve("new")));

        assertThat(run.err()).isEmpty();
        assertThat(run.exitCode()).isZero();
        assertThat(run.out())
                .contains("J            0.5 ")
                .contains("rho          0.4 ")
                .contains("Nt           300")
                .contains("num-buyers   77")
                .contains("num-sellers  4")
                .contains("mu           -0.25")
                .contains("sigma        2.0")
                .contains("unit-cost    0.1")
                .contains("cost-cap     0.3")
                .contains("noise        0.01")
                .contains("visibility   0.5")
                .contains("seed         4294967295")
                .contains("generator    philox")
                .contains("burn-in      0.5")
                .contains("sellers      service at localhost:9001")
                .contains("buyers       rule in this process")
                .contains("figure       no")
                .contains("steps        299")
                .contains("files        " + directory.resolve("new"));
    }

    @Test
    void shouldLetOptionsOverrideTheFile() throws IOException {
        CommandRun run = check("J: 1\nrho: 0.4\nNt: 300\nno-fig: true\n", "--points", "20", "--fig", "--J", "2");

        assertThat(run.out())
                .contains("J            2.0 ")
                .contains("rho          0.4 ")
                .contains("Nt           20")
                .contains("figure       yes");
    }

    @Test
    void shouldCheckTheFileEvenWhereAnOptionOverridesIt() throws IOException {
        assertThat(check("J: 1\nrho: 0.4\nNt: 300\nsellers: 5\n", "--num-sellers", "4")
                        .exitCode())
                .isEqualTo(2);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "J: one|line 1: J one: must be a number from 0 to 1e9",
                "J: .nan|line 1: J .nan: must be a number from 0 to 1e9",
                "J: ~|line 1: J ~: must be a number from 0 to 1e9",
                "J:|line 1: J '': must be a number from 0 to 1e9",
                "J: [1, 2]|line 1: J '(a list)': must be a number from 0 to 1e9",
                "J: {a: 1}|line 1: J '(a mapping)': must be a number from 0 to 1e9",
                "rho: 9|line 1: rho 9: must be a number above 0 and at most M / ln(M), 4.34294 for 10 sellers",
                "num-buyers: 2.5|line 1: num-buyers 2.5: must be a whole number from 1 to 1000000000",
                "fig: yes|line 1: fig yes: must be true or false",
                "num-buyer: 5|line 1: num-buyer 5: there is no such key; did you mean num-buyers?",
                "mu: 1\\nmu: 2|line 2: mu 2: is there already",
                "Nt: 1\\npoints: 2|line 2: points 2: is there already",
                "fig: true\\nno-fig: true|contradict each other",
                "file: other.yaml|line 1: file other.yaml: there is no such key",
                "deadline: 10s|line 1: deadline 10s: has no effect without --seller-target, --buyer-target or models",
                "just words|has no keys and values",
                "- J|has no keys and values",
                "J: 1: 2|is not YAML in line 1",
                "\"J: 1|is not YAML",
                "J: 1\\n---\\nJ: 2|is not YAML"
            })
    void shouldNameFileKeyValueAndRule(String content, String said) throws IOException {
        CommandRun run = check(content.replace("\\n", "\n"), optionsExceptIn(content));

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.errLines()).singleElement().asString().contains("run.yaml", said);
        assertThat(run.out()).isEmpty();
    }

    @Test
    void shouldRefuseWhatIsNoTextFile() throws IOException {
        Path file = Files.write(directory.resolve("run.yaml"), new byte[] {'J', ':', (byte) 0xFF});

        assertRefused(file, "is not text in UTF-8");
        assertRefused(directory, "is a directory");
        assertRefused(directory.resolve("none.yaml"), "does not exist");
        assertRefused(Files.write(directory.resolve("large.yaml"), new byte[2 << 20]), "is larger than 1 MiB");
    }

    @ParameterizedTest
    @ValueSource(strings = {"[", "{a: ", "? ", "- "})
    void shouldRefuseEndlessNesting(String opening) throws IOException {
        CommandRun run = check("\n" + opening.repeat(200_000));

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.errLines()).singleElement().asString().contains("run.yaml", "nested too deeply in line 2");
    }

    @Test
    void shouldPassOverAByteOrderMark() throws IOException {
        assertThat(check("\uFEFFJ: 1\nrho: 0.8\nNt: 2\n").errLines()).isEmpty();
    }

    @Test
    void shouldTakeAnEmptyFileForNoSettings() throws IOException {
        assertThat(check("", "--J", "1", "--rho", "0.8", "--Nt", "2").exitCode())
                .isZero();
    }

    static Stream<Arguments> models() {
        String endpoints = "endpoints:\\n  near: {base-url: http://localhost:1/v1}\\n";
        return Stream.of(
                        "sellers: [{range: 0-4, model: m}, {range: 4-6, model: m}]|line 1: range 4-6: must ",
                        "sellers:\\n  - {range: 0-4, model: m}\\n  - {range: 2, model: m}|line 3: range 2: must ",
                        "sellers: [{range: 5-10, model: m}]|line 1: range 5-10: must be of sellers from 0 to 9",
                        "sellers: [{range: 4-2, model: m}]|line 1: range 4-2: must ",
                        "sellers: [{range: -1, model: m}]|line 1: range -1: must be a seller or a range of them, such as 0-4",
                        "sellers: [{range: all, model: m}]|line 1: range all: must be a seller or a range",
                        "sellers: [{range: [1, 2], model: m}]|line 1: range '(a list)': must be one value",
                        "sellers: [{model: m}]|line 1: 'range' is missing: must be a seller or a range",
                        "sellers:\\n  - range: 0\\n    range: 1|line 3: range 1: is there already; give it once",
                        "sellers:\\n  - range: 0|line 2: 'model' is missing: must be the name of a model",
                        "sellers: []|line 1: sellers '(a list)': has no groups",
                        "buyers: []|line 1: buyers '(a list)': has no groups",
                        "sellers: [m]|line 1: must be a group with its settings, such as 'model: gpt-4o-mini'",
                        "sellers: {range: 0}|line 1: sellers '(a mapping)': must be one of rule, llm",
                        "sellers: [{range: 0, model: m}]\\nsellers: [{range: 1, model: m}]|line 2: sellers '(a list)': is there already",
                        "sellers: llm\\nsellers: [{range: 1, model: m}]|line 2: sellers '(a list)': is there already",
                        "sellers: [{range: 0, model: m, modl: x}]|line 1: modl x: there is no such key; did you mean model?",
                        "sellers: [{range: 0, model: m, seed: 5}]|line 1: seed 5: concerns the whole run; must stand outside",
                        "sellers: [{range: 0, model: m, ratio: 0.5}]|line 1: ratio 0.5: concerns buyers; must stand with them",
                        "sellers: [{range: 0, model: m, agent: there}]|line 1: agent there: must be HOST:PORT",
                        "sellers: [{range: 0, model: m, temperature: 3}]|line 1: temperature 3: must be a number from 0 to 2",
                        "sellers: [{range: 0, model: m, model: n}]|line 1: model n: is there already",
                        "buyers: [{model: m, information: research}]|line 1: information research: concerns sellers",
                        "buyers: [{model: m, range: 0-4}]|line 1: range 0-4: there is no such key",
                        "buyers: [{ratio: 0.5}]|line 1: 'model' is missing: must be the name of a model",
                        "buyers:\\n  - {ratio: 0.6, model: m}\\n  - {ratio: 0.5, model: m}|line 3: the cohorts' ratios add up to more than 1",
                        "buyers:\\n  - {model: m}\\n  - {model: m}|line 3: the cohorts' ratios add up to more than 1",
                        "buyers: [{ratio: 1.5, model: m}]|line 1: ratio 1.5: must be a number above 0 and at most 1",
                        "buyers: [{ratio: 0.001, model: m}]|line 1: ratio 0.001: makes none of the 100 buyers a model",
                        "buyers:\\n  - {name: a, ratio: 0.1, model: m}\\n  - {name: a, ratio: 0.1, model: m}"
                                + "|line 3: name a: is there already; must be another name for each cohort",
                        endpoints + "sellers: [{range: 0, model: m}]|line 2: endpoint near: nobody asks there",
                        endpoints
                                + "sellers:\\n  - {range: 0, model: m, endpoint: near}\\n  - {range: 1, model: m, endpoint: naer}"
                                + "|line 5: endpoint naer: is not among the 'endpoints'; must be one of near",
                        endpoints + "  near: {}|line 3: near '(a mapping)': is there already",
                        endpoints + endpoints + "sellers: llm|line 3: endpoints '(a mapping)': is there already",
                        "endpoints: [near]|line 1: endpoints '(a list)': must be names of endpoints",
                        "endpoints: {near: http://localhost}|line 1: near http://localhost: must have settings",
                        "endpoints: {a/b: {model: m}}|line 1: endpoint a/b: must be letters, digits",
                        "endpoints: {near: {speed: 3}}|line 1: speed 3: there is no such key",
                        "endpoints: {near: {seed: 3}}|line 1: seed 3: concerns the whole run",
                        "endpoints: {near: {ratio: 1}}|line 1: ratio 1: is no setting of an endpoint",
                        "endpoints: {near: {endpoint: far}}|line 1: endpoint far: is no setting of an endpoint")
                .map(row -> row.split("\\|"))
                .map(row -> Arguments.arguments(row[0], row[1]));
    }

    @ParameterizedTest
    @MethodSource("models")
    void shouldNameTheLineOfWhatIsWrongWithModels(String content, String said) throws IOException {
        CommandRun run = check(content.replace("\\n", "\n"), "--J=1", "--rho=0.8", "--Nt=3");

        assertThat(run.errLines()).singleElement().asString().contains("run.yaml " + said);
        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.out()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "api-key: sk-1234",
                "OPENAI_API_KEY: sk-1234",
                "sellers: [{range: 0, model: m, api_key: sk-1234}]",
                "endpoints: {near: {key: sk-1234}}",
                "token: sk-1234"
            })
    void shouldRefuseAKeyAndKeepItToItself(String content) throws IOException {
        CommandRun run = check(content, "--J=1", "--rho=0.8", "--Nt=3");

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.errLines())
                .singleElement()
                .asString()
                .contains("run.yaml line 1: ", "belongs into the environment")
                .doesNotContain("1234");
    }

    @Test
    void shouldLetAGroupOverrideItsEndpointAndThatTheRun() throws IOException {
        String content = """
                endpoints:
                  near:
                    base-url: http://near:1/v1
                    model: of-endpoint
                    prompt: terse
                  far:
                    base-url: http://far:1/v1
                sellers:
                  - range: 0-2
                    endpoint: near
                  - range: 3
                    endpoint: near
                    model: of-group
                    prompt: plain
                    information: price-only
                  - range: 5-6
                    endpoint: far
                buyers:
                  - {name: some, ratio: 0.3, endpoint: far, model: of-cohort}
                  - {name: others, ratio: 0.5, endpoint: far}
                model: of-run
                """;

        CommandRun run = check(content, "--J=1", "--rho=0.8", "--Nt=3", "--num-buyers=20");

        assertThat(run.err()).isEmpty();
        assertThat(run.out())
                .contains("sellers      0 to 2: model of-endpoint at http://near:1/v1, wording terse, told research;"
                        + " 3 to 3: model of-group at http://near:1/v1, wording plain, told price-only;"
                        + " 5 to 6: model of-run at http://far:1/v1, wording plain, told research;"
                        + " the others: rule in this process\n")
                // Of 20 buyers 0.3 and 0.5.
                .contains(
                        "buyers       6 of 20: model of-cohort at http://far:1/v1, wording plain;"
                                + " 10 of 20: model of-run at http://far:1/v1, wording plain; the others: rule in this process\n");
    }

    @ParameterizedTest
    @CsvSource({"left,LEFT,LEFT_API_KEY", "a-b,a_b,A_B_API_KEY"})
    void shouldRefuseEndpointsThatWouldShareAKeyUnawares(String one, String other, String variable) throws IOException {
        String content = """
                model: m
                endpoints:
                  %s: {base-url: "http://near:1/v1"}
                  %s: {base-url: "http://%s:1/v1"}
                sellers:
                  - {range: 0, endpoint: %s}
                buyers:
                  - {endpoint: %s}
                """;

        CommandRun apart = check(content.formatted(one, other, "far", one, other), "--J=1", "--rho=0.8", "--Nt=3");
        CommandRun together = check(content.formatted(one, other, "near", one, other), "--J=1", "--rho=0.8", "--Nt=3");

        assertThat(apart.exitCode()).isEqualTo(2);
        assertThat(apart.errLines())
                .containsExactly(
                        "market check: endpoints: '%s' at http://near:1/v1 and '%s' at http://far:1/v1 would both be sent the key in %s; must have names that differ in more than case and signs"
                                .formatted(one, other, variable));
        assertThat(together.exitCode()).isZero();
    }

    private void assertRefused(Path file, String said) {
        CommandRun run = CommandRun.of("check", "--file", file.toString());

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.errLines()).singleElement().asString().contains("--file", file.toString(), said);
    }

    private static String[] optionsExceptIn(String content) {
        StringBuilder options = new StringBuilder();
        options.append(content.startsWith("J") ? "" : "--J 1 ");
        options.append(content.startsWith("rho") ? "" : "--rho 0.8 ");
        options.append(content.startsWith("Nt") ? "" : "--Nt 2");
        return options.toString().strip().split(" ");
    }

    private CommandRun check(String content, String... options) throws IOException {
        Path file = directory.resolve("run.yaml");
        Files.writeString(file, content, StandardCharsets.UTF_8);
        String[] arguments = new String[options.length + 3];
        arguments[0] = "check";
        arguments[1] = "--file";
        arguments[2] = file.toString();
        System.arraycopy(options, 0, arguments, 3, options.length);
        return CommandRun.of(arguments);
    }
}
