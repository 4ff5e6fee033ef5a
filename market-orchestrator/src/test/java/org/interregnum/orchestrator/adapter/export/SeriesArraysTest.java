package org.interregnum.orchestrator.adapter.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.interregnum.orchestrator.adapter.RandomEvents;
import org.interregnum.orchestrator.event.MarketEvent;
import org.interregnum.orchestrator.model.MarketParameters;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SeriesArraysTest {
    @TempDir
    Path directory;

    private Path path;

    @BeforeEach
    void name() {
        path = directory.resolve("series.npz");
    }

    @Test
    void shouldHoldTheRunUnderTheResearchCodesNames() throws IOException {
        RecordedRun run = run(3, 57, 20);
        assertThat(write(run, 21)).isEmpty();
        Map<String, byte[]> arrays = Zip.read(path);
        assertThat(arrays).containsOnlyKeys("x.npy", "q.npy", "p.npy", "u.npy", "j_n.npy");
        assertThat(Zip.header(arrays.get("q.npy")))
                .isEqualTo("{'descr': '<f8', 'fortran_order': False, 'shape': (3, 21), }");
        assertThat(Zip.header(arrays.get("p.npy")))
                .isEqualTo("{'descr': '<f8', 'fortran_order': False, 'shape': (3, 21), }");
        assertThat(Zip.header(arrays.get("x.npy")))
                .isEqualTo("{'descr': '|i1', 'fortran_order': True, 'shape': (57, 21), }");
        assertThat(Zip.header(arrays.get("u.npy")))
                .isEqualTo("{'descr': '<f8', 'fortran_order': True, 'shape': (57, 3), }");
        assertThat(Zip.header(arrays.get("j_n.npy")))
                .isEqualTo("{'descr': '<i8', 'fortran_order': False, 'shape': (20,), }");
        assertRows(Zip.elements(arrays.get("q.npy")), run.series().shares(), 21);
        assertRows(Zip.elements(arrays.get("p.npy")), run.series().prices(), 21);
        assertRows(Zip.elements(arrays.get("u.npy")), run.preferences().columns(), 57);
        ByteBuffer choices = Zip.elements(arrays.get("x.npy"));
        for (int[] column : run.choices()) {
            for (int choice : column) {
                assertThat((int) choices.get()).isEqualTo(choice);
            }
        }
        ByteBuffer sellers = Zip.elements(arrays.get("j_n.npy"));
        for (int seller : run.series().repricingSellers()) {
            assertThat(sellers.getLong()).isEqualTo(seller);
        }
        assertThat(choices.hasRemaining() || sellers.hasRemaining()).isFalse();
    }

    @Test
    void shouldHoldChoicesOfManySellersInTwoBytes() throws IOException {
        RecordedRun run = run(300, 41, 7);
        write(run, 8);
        byte[] npy = Zip.read(path).get("x.npy");
        assertThat(Zip.header(npy)).isEqualTo("{'descr': '<i2', 'fortran_order': True, 'shape': (41, 8), }");
        ByteBuffer choices = Zip.elements(npy);
        for (int[] column : run.choices()) {
            for (int choice : column) {
                assertThat((int) choices.getShort()).isEqualTo(choice);
            }
        }
    }

    @Test
    void shouldBeAsLongAsTheRunWasWhenItStoppedEarly() throws IOException {
        RecordedRun run = run(5, 10, 4);
        write(run, 1000);
        Map<String, byte[]> arrays = Zip.read(path);
        assertThat(Zip.header(arrays.get("x.npy"))).contains("'shape': (10, 5)");
        assertThat(arrays.get("x.npy")).hasSize(128 + 50);
        assertThat(Zip.header(arrays.get("q.npy"))).contains("'shape': (5, 5)");
        assertThat(Zip.header(arrays.get("j_n.npy"))).contains("'shape': (4,)");
    }

    @Test
    void shouldHoldARunThatOnlyOpened() throws IOException {
        write(run(3, 6, 0), 1);
        assertThat(Zip.header(Zip.read(path).get("j_n.npy"))).contains("'shape': (0,)");
    }

    @Test
    void shouldKeepTheLastChoicesWhenAllAreTooMany() throws IOException {
        RecordedRun run = run(4, 9, 3);
        SeriesArrays arrays = new SeriesArrays(path, run.parameters(), 4, 35);
        run.events().forEach(arrays::accept);
        assertThat(arrays.finish(run.series(), run.preferences(), run.lastChoices()))
                .hasValueSatisfying(what -> assertThat(what).contains("x (9 buyers at 4 points"));
        Map<String, byte[]> entries = Zip.read(path);
        assertThat(entries).containsKey("x_last.npy").doesNotContainKey("x.npy");
        assertThat(Zip.header(entries.get("x_last.npy")))
                .isEqualTo("{'descr': '|i1', 'fortran_order': False, 'shape': (9,), }");
        ByteBuffer last = Zip.elements(entries.get("x_last.npy"));
        for (int choice : run.lastChoices()) {
            assertThat((int) last.get()).isEqualTo(choice);
        }
    }

    @Test
    void shouldLeaveNothingUnfinishedBehind() throws IOException {
        write(run(3, 5, 2), 3);
        try (var files = Files.list(directory)) {
            assertThat(files).containsExactly(path);
        }
    }

    @Test
    void shouldReportAtTheEndWhatWentWrongOnTheWay() {
        RecordedRun run = run(3, 5, 2);
        Path lost = directory.resolve("lost").resolve("series.npz");
        SeriesArrays arrays = new SeriesArrays(lost, run.parameters(), 3);
        run.events().forEach(arrays::accept);
        assertThatThrownBy(() -> arrays.finish(run.series(), run.preferences(), run.lastChoices()))
                .isInstanceOf(ExportException.class)
                .hasMessage("cannot write " + lost + ": No such file or directory");
    }

    @Test
    void shouldRefuseEventsThatContradictThemselves() throws IOException {
        RecordedRun run = run(3, 50, 9);
        List<MarketEvent> gap = new java.util.ArrayList<>(run.events());
        gap.remove(5);
        SeriesArrays arrays = new SeriesArrays(path, run.parameters(), 10);
        gap.forEach(arrays::accept);
        assertThatThrownBy(() -> arrays.finish(run.series(), run.preferences(), run.lastChoices()))
                .isInstanceOf(ExportException.class)
                .hasMessageContaining("contradicts itself");
        try (var files = Files.list(directory)) {
            assertThat(files).isEmpty();
        }
    }

    @Test
    void shouldUseTheFieldsForLargeArchivesSoThatOthersReadThem() throws IOException {
        Random random = new Random(3);
        for (long limit : new long[] {1, 1000, 300_000, NpzFile.LIMIT}) {
            byte[] first = new byte[200_000];
            double[] second = random.doubles(70_000).toArray();
            random.nextBytes(first);
            try (NpzFile file = new NpzFile(path, limit)) {
                file.begin("first", first.length + 5000);
                file.put(first);
                file.end(NpyType.INT8.header(false, first.length));
                file.begin("second", second.length * 8L);
                file.put(second, second.length);
                file.end(NpyType.FLOAT64.header(false, second.length));
                file.finish();
            }
            Map<String, byte[]> arrays = Zip.read(path);
            assertThat(Zip.elements(arrays.get("first.npy"))).isEqualTo(ByteBuffer.wrap(first));
            ByteBuffer read = Zip.elements(arrays.get("second.npy"));
            assertThat(Arrays.stream(second).allMatch(value -> value == read.getDouble()))
                    .isTrue();
        }
    }

    private List<String> write(RecordedRun run, int mostPoints) {
        SeriesArrays arrays = new SeriesArrays(path, run.parameters(), mostPoints);
        run.events().forEach(arrays::accept);
        return arrays.finish(run.series(), run.preferences(), run.lastChoices()).stream()
                .toList();
    }

    private static RecordedRun run(int sellers, int buyers, int steps) {
        MarketParameters parameters = MarketParameters.of(1, 0.8, buyers, sellers);
        return RecordedRun.of(parameters, new RandomEvents(sellers).history(parameters, steps));
    }

    private static void assertRows(ByteBuffer elements, double[][] rows, int length) {
        for (double[] row : rows) {
            for (int index = 0; index < length; index++) {
                assertThat(elements.getDouble()).isEqualTo(row[index]);
            }
        }
        assertThat(elements.hasRemaining()).isFalse();
    }
}
