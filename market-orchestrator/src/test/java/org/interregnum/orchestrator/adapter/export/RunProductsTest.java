package org.interregnum.orchestrator.adapter.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.interregnum.orchestrator.adapter.RandomEvents;
import org.interregnum.orchestrator.analysis.MarketSeries;
import org.interregnum.orchestrator.model.MarketParameters;
import org.interregnum.orchestrator.run.RunSpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RunProductsTest {
    private static final MarketParameters PARAMETERS = MarketParameters.of(1, 0.8, 30, 3);
    private static final RunSpec SPEC = new RunSpec(PARAMETERS, 21, 42, "numpy", 0.25);

    @TempDir
    Path parent;

    @Test
    void shouldWriteEveryProduct() {
        RunDirectory directory = RunDirectory.create(parent.resolve("deep").resolve("run"));
        RunProducts.Written written = finish(directory);
        assertThat(written.leftOut()).isEmpty();
        assertThat(written.files())
                .containsExactlyInAnyOrder(
                        directory.arrays(),
                        directory.table(),
                        directory.correlation(),
                        directory.png(),
                        directory.svg());
        assertThat(written.files()).allSatisfy(file -> assertThat(file).isNotEmptyFile());
    }

    @Test
    void shouldWriteTheOthersWhenOneCannotBe() throws IOException {
        RunDirectory directory = RunDirectory.create(parent.resolve("run"));
        Files.createDirectory(directory.table());
        RunProducts.Written written = finish(directory);
        assertThat(written.leftOut()).hasSize(1);
        assertThat(written.leftOut().get(0)).startsWith("cannot write " + directory.table() + ": ");
        assertThat(written.files()).hasSize(4);
    }

    @ParameterizedTest
    @ValueSource(strings = {"series.csv", "correlation.csv", "market.png", "market.svg"})
    @EnabledOnOs(value = OS.LINUX, disabledReason = "/dev/full is Linux's")
    void shouldLeaveNoPartOfAProductForWhichThereIsNoRoom(String name) throws IOException {
        RunDirectory directory = RunDirectory.create(parent.resolve("run"));
        Path file = directory.path().resolve(name);
        Files.createSymbolicLink(directory.path().resolve(name + ".part"), Path.of("/dev/full"));

        RunProducts.Written written = finish(directory);

        assertThat(written.leftOut()).containsExactly("cannot write " + file + ": No space left on device");
        assertThat(written.files()).hasSize(4);
        assertThat(directory.path())
                .isDirectoryNotContaining(left -> left.getFileName().toString().startsWith(name));
    }

    @Test
    void shouldLeaveNothingOfAMarketThatDidNotOpen() {
        RunDirectory directory = RunDirectory.create(parent.resolve("run"));
        RunProducts products = RunProducts.open(directory, SPEC);
        RunProducts.Written written =
                products.finish(new MarketSeries(3, 21), null, new int[30], FigureCaption.of(SPEC, ""));
        assertThat(written.files()).isEmpty();
        assertThat(written.leftOut()).hasSize(1);
        assertThat(directory.path()).isEmptyDirectory();
    }

    @Test
    void shouldRefuseADirectoryWithSomethingInIt() throws IOException {
        Files.writeString(parent.resolve("notes.txt"), "mine");
        assertThatThrownBy(() -> RunDirectory.create(parent))
                .isInstanceOf(ExportException.class)
                .hasMessage("cannot write " + parent + ": the directory is not empty");
    }

    @Test
    void shouldRefuseADirectoryThatIsAFile() throws IOException {
        Path file = Files.writeString(parent.resolve("file"), "mine");
        assertThatThrownBy(() -> RunDirectory.create(file))
                .isInstanceOf(ExportException.class)
                .hasMessageStartingWith("cannot write " + file + ": ");
    }

    @Test
    void shouldTakeAnEmptyDirectoryThatIsThere() {
        assertThat(RunDirectory.create(parent).path()).isEqualTo(parent);
    }

    @Test
    void shouldNameNewRunsByTime() {
        Path path = RunDirectory.newPath(Instant.parse("2026-11-23T06:45:00Z"));
        assertThat(path.toString().replace('\\', '/')).matches("runs/20261123-064500-[0-9a-f]{6}");
        assertThat(RunDirectory.of(path).name()).isEqualTo(path.getFileName().toString());
    }

    private static RunProducts.Written finish(RunDirectory directory) {
        RecordedRun run = RecordedRun.of(PARAMETERS, new RandomEvents(3).history(PARAMETERS, 20));
        RunProducts products = RunProducts.open(directory, SPEC);
        run.events().forEach(products);
        return products.finish(
                run.series(), run.preferences(), run.lastChoices(), FigureCaption.of(SPEC, "competition"));
    }
}
