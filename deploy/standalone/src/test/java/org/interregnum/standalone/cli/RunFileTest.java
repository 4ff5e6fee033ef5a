package org.interregnum.standalone.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
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
