package org.interregnum.standalone.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.zip.ZipFile;
import org.interregnum.orchestrator.adapter.export.table.Column;
import org.interregnum.orchestrator.adapter.export.table.RunTables;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Exports of the run of {@link HandMadeRun}, of which everything is known; Parquet is read in {@link ExportIT}. */
class ExportCommandTest {
    private static final Path DOCUMENT = Path.of(System.getProperty("interregnum.home", "../.."), "docs", "exports.md");

    @TempDir
    private Path directory;

    private Path run;
    private Path tables;

    @BeforeEach
    void write() throws IOException {
        run = HandMadeRun.in(directory.resolve("run"));
        tables = directory.resolve("deep/tables");
    }

    @Test
    void shouldWriteCommaSeparatedValues() throws IOException {
        CommandRun export = export("csv");

        assertThat(export.err()).isEmpty();
        assertThat(export.exitCode()).isZero();
        assertThat(export.out().lines())
                .containsExactly(tables.resolve("series.csv") + "  9 rows", tables.resolve("steps.csv") + "  2 rows");
        assertThat(tables.resolve("series.csv")).hasContent("""
                        step,seller,share,price,buyers,asked
                        0,0,0.5,0.0,2,false
                        0,1,0.25,0.0,1,false
                        0,2,0.0,0.0,0,false
                        1,0,0.5,0.0,2,false
                        1,1,0.25,1.0E-5,1,true
                        1,2,0.25,0.0,1,false
                        2,0,0.5,0.0,2,false
                        2,1,0.25,1.0E-5,1,false
                        2,2,0.25,0.1,1,true
                        """);
        assertThat(Files.readAllLines(tables.resolve("steps.csv")))
                .containsExactly(
                        "step,seller,old_price,new_price,active_buyers,changed_buyers,buying,model_buyers,"
                                + "changed_impressions,price_agent,price_version,price_strategy,price_model,"
                                + "price_outcome,price_reason,choice_agent,choice_version,choice_strategy,"
                                + "choice_outcome,choice_reason",
                        "1,1,0.0,1.0E-5,2,1,4,0,0,by hand,1,rule,,rule,,\"by \"\"hand\"\"\",2,rule,rule,",
                        "2,2,0.0,0.1,0,0,4,0,0,by hand,1,rule,,rule,,,,,,");
    }

    @Test
    void shouldWriteLinesOfJson() throws IOException {
        assertThat(export("jsonl").exitCode()).isZero();

        assertThat(Files.readAllLines(tables.resolve("series.jsonl")))
                .hasSize(9)
                .contains("{\"step\":1,\"seller\":1,\"share\":0.25,\"price\":1.0E-5,\"buyers\":1,\"asked\":true}");
        assertThat(Files.readAllLines(tables.resolve("steps.jsonl")).get(1))
                .isEqualTo("{\"step\":2,\"seller\":2,\"old_price\":0.0,\"new_price\":0.1,\"active_buyers\":0,"
                        + "\"changed_buyers\":0,\"buying\":4,\"model_buyers\":0,\"changed_impressions\":0,"
                        + "\"price_agent\":\"by hand\",\"price_version\":\"1\",\"price_strategy\":\"rule\","
                        + "\"price_model\":null,\"price_outcome\":\"rule\",\"price_reason\":null,"
                        + "\"choice_agent\":null,\"choice_version\":null,\"choice_strategy\":null,"
                        + "\"choice_outcome\":null,\"choice_reason\":null}");
    }

    @Test
    void shouldWriteTheArrays() throws IOException {
        CommandRun export = export("npz");

        assertThat(export.exitCode()).isZero();
        assertThat(export.out()).isEqualTo(tables.resolve("series.npz") + "  3 points" + System.lineSeparator());
        try (ZipFile arrays = new ZipFile(tables.resolve("series.npz").toFile())) {
            byte[] choices = arrays.getInputStream(arrays.getEntry("x.npy")).readAllBytes();
            // Column by column after a header of 128 bytes: the opening, step 1, step 2.
            assertThat(Arrays.copyOfRange(choices, 128, choices.length))
                    .containsExactly(0, 0, 1, -1, 0, 0, 1, 2, 0, 0, 1, 2);
        }
    }

    /** The same bytes as those that the run wrote while it went on. */
    @Test
    void shouldWriteTheArraysThatTheRunWrote() {
        Path real = directory.resolve("real");
        CommandRun.of("run", "--J=1", "--rho=0.8", "--Nt=50", "--num-buyers=40", "--no-fig", "--out=" + real);

        assertThat(CommandRun.of("export", real.toString(), "--format=npz").exitCode())
                .isZero();

        assertThat(real.resolve("export/series.npz")).hasSameBinaryContentAs(real.resolve("series.npz"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"csv", "jsonl", "parquet", "npz"})
    void shouldExportWhatThereIsOfARunThatWasKilled(String format) throws IOException {
        Path log = run.resolve("events.log");
        byte[] whole = Files.readAllBytes(log);
        // The end is left out, and of the last step a part.
        Files.write(log, Arrays.copyOf(whole, whole.length - 40));

        CommandRun export = export(format);

        assertThat(export.exitCode()).isZero();
        assertThat(export.out()).contains(format.equals("npz") ? "2 points" : "6 rows");
        assertThat(export.errLines())
                .containsExactly("market export: the log ends after step 1 of 2, and so does what was exported");
    }

    @ParameterizedTest
    @ValueSource(strings = {"csv", "jsonl", "parquet", "npz"})
    void shouldLeaveNothingOfALogThatContradictsItself(String format) throws IOException {
        Path log = run.resolve("events.log");
        Files.delete(log);
        HandMadeRun.writeContradiction(log);

        CommandRun export = export(format);

        assertThat(export.exitCode()).isEqualTo(2);
        assertThat(export.out()).isEmpty();
        assertThat(export.errLines())
                .singleElement()
                .asString()
                .matches("market export: " + Pattern.quote(log.toString())
                        + ", offset \\d+: the log contradicts itself: step 2 follows step 0");
        assertThat(directory).isDirectoryNotContaining("glob:**deep");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--format=xls | --format xls: must be one of parquet, csv, jsonl, npz",
                "--format=CSV | --format CSV: must be one of parquet, csv, jsonl, npz",
                "--out=x      | --format is missing: must be one of parquet, csv, jsonl, npz"
            })
    void shouldRefuseOtherFormats(String option, String complaint) {
        CommandRun export = CommandRun.of("export", run.toString(), option);

        assertThat(export.exitCode()).isEqualTo(2);
        assertThat(export.errLines()).containsExactly("market export: " + complaint);
        assertThat(run.resolve("export")).doesNotExist();
    }

    @Test
    void shouldNeverReplaceAFile() throws IOException {
        Files.writeString(run.resolve("steps.csv"), "mine");

        CommandRun export = CommandRun.of("export", run.toString(), "--format=csv", "--out=" + run);

        assertThat(export.exitCode()).isEqualTo(2);
        assertThat(export.errLines())
                .containsExactly("market export: --out " + run
                        + ": holds steps.csv already; must be a directory, new or without such files");
        assertThat(run.resolve("steps.csv")).hasContent("mine");
        assertThat(run).isDirectoryNotContaining("glob:**series*");
    }

    @Test
    void shouldRefuseAFileAsItsDirectory() {
        CommandRun export = CommandRun.of(
                "export",
                run.toString(),
                "--format=csv",
                "--out=" + run.resolve("events.log").resolve("tables"));

        assertThat(export.exitCode()).isEqualTo(2);
        assertThat(export.errLines()).singleElement().asString().contains("events.log is a file");
    }

    @ParameterizedTest
    @ValueSource(strings = {"series", "steps", "decisions"})
    void shouldHaveEachColumnInTheDocument(String table) throws IOException {
        List<String> lines = Files.readAllLines(DOCUMENT);

        List<String> documented = lines.subList(lines.indexOf("## `" + table + "`"), lines.size()).stream()
                .skip(4)
                .takeWhile(line -> line.startsWith("| `"))
                .toList();

        assertThat(documented)
                .containsExactlyElementsOf(RunTables.columns(table).stream()
                        .map(ExportCommandTest::documentation)
                        .toList());
    }

    private static String documentation(Column column) {
        return "| `%s` | %s%s | %s |"
                .formatted(
                        column.name(), column.type().word(), column.optional() ? ", optional" : "", column.content());
    }

    private CommandRun export(String format) {
        return CommandRun.of("export", run.toString(), "--format=" + format, "--out=" + tables);
    }
}
