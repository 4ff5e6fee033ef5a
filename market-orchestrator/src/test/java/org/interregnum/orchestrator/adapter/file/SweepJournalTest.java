package org.interregnum.orchestrator.adapter.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.interregnum.orchestrator.event.EventLogException;
import org.interregnum.orchestrator.sweep.CellOutcome;
import org.interregnum.orchestrator.sweep.CellStatus;
import org.interregnum.orchestrator.sweep.CellUse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class SweepJournalTest {
    private static final String GRID = "abc";
    private static final int CELLS = 5;

    @TempDir
    private Path directory;

    @Test
    void shouldGiveBackEveryBitInTheOrderOfTheCells() {
        List<CellOutcome> outcomes = new ArrayList<>();
        Random random = new Random(1);
        try (SweepJournal journal = open()) {
            for (int cell : new int[] {3, 0, 4, 1}) {
                Map<String, Double> parameters = new LinkedHashMap<>();
                parameters.put("a", random.nextGaussian() * Math.pow(10, random.nextInt(600) - 300));
                parameters.put("b", Double.NaN);
                CellOutcome outcome = new CellOutcome(
                        cell,
                        CellStatus.FINISHED,
                        "",
                        7,
                        "competition",
                        parameters,
                        cell == 0 ? Optional.of(new CellUse(1, 2, 0.1, 3, 4, 5, 0.2)) : Optional.empty());
                journal.append(outcome);
                outcomes.add(outcome);
            }
        }
        outcomes.sort((one, other) -> one.cell() - other.cell());
        try (SweepJournal journal = open()) {
            assertThat(read(journal)).isEqualTo(outcomes);
            assertThat(journal.damagedLines()).isZero();
            assertThat(journal.isFinished(3)).isTrue();
            assertThat(journal.isFinished(2)).isFalse();
        }
    }

    @Test
    void shouldTakeTheLastOutcomeOfACell() {
        try (SweepJournal journal = open()) {
            journal.append(CellOutcome.failed(1, "agents"));
            assertThat(journal.isFinished(1)).isFalse();
            journal.append(finished(1));
            assertThat(read(journal)).containsExactly(finished(1));
        }
        try (SweepJournal journal = open()) {
            assertThat(read(journal)).containsExactly(finished(1));
        }
    }

    @Test
    void shouldDropALineThatWasCutOffWhereverThatWas() throws IOException {
        try (SweepJournal journal = open()) {
            journal.append(finished(0));
            journal.append(finished(1));
        }
        byte[] whole = Files.readAllBytes(path());
        for (int length = whole.length - 1; length >= 0; length--) {
            Files.write(path(), java.util.Arrays.copyOf(whole, length));
            List<CellOutcome> expected = new ArrayList<>();
            long lines = new String(whole, 0, length, java.nio.charset.StandardCharsets.UTF_8)
                    .chars()
                    .filter(letter -> letter == '\n')
                    .count();
            for (int cell = 0; cell < lines - 1; cell++) {
                expected.add(finished(cell));
            }
            try (SweepJournal journal = open()) {
                assertThat(read(journal)).isEqualTo(expected);
                journal.append(finished(4));
            }
            expected.add(finished(4));
            try (SweepJournal journal = open()) {
                assertThat(read(journal)).isEqualTo(expected);
                assertThat(journal.damagedLines()).isZero();
            }
        }
    }

    @Test
    void shouldPassOverADamagedLine() throws IOException {
        try (SweepJournal journal = open()) {
            journal.append(finished(0));
            journal.append(finished(1));
            journal.append(finished(2));
        }
        Files.writeString(path(), Files.readString(path()).replace("\"cell\":1", "\"cell\":3"));
        try (SweepJournal journal = open()) {
            assertThat(read(journal)).containsExactly(finished(0), finished(2));
            assertThat(journal.damagedLines()).isEqualTo(1);
        }
    }

    @Test
    void shouldRefuseAnotherGridAndAnotherFile() throws IOException {
        open().close();
        assertThatThrownBy(() -> SweepJournal.open(path(), "other", CELLS))
                .isInstanceOf(EventLogException.class)
                .hasMessageContaining("another grid");
        Files.writeString(path(), "something else\n");
        assertThatThrownBy(this::open)
                .isInstanceOf(EventLogException.class)
                .hasMessageContaining("no journal of a sweep");
    }

    @Test
    @EnabledOnOs(value = OS.LINUX, disabledReason = "/proc/locks is of Linux")
    void shouldHoldALockThatReadingTheJournalDoesNotLift() throws IOException {
        open().close();
        Path lock = path().resolveSibling("sweep.lock");
        assertThat(lock).doesNotExist();
        try (SweepJournal journal = open()) {
            assertThat(read(journal)).isEmpty();
            assertThat(isLockedForOthers(lock)).isTrue();
        }
        assertThat(lock).doesNotExist();
    }

    /** As the system has it: this process would lift its own lock by trying. */
    private static boolean isLockedForOthers(Path file) throws IOException {
        String inode = Files.getAttribute(file, "unix:ino").toString();
        return Files.readAllLines(Path.of("/proc/locks")).stream()
                .anyMatch(
                        line -> line.contains("WRITE " + ProcessHandle.current().pid() + " ")
                                && line.contains(":" + inode + " "));
    }

    @Test
    void shouldRefuseASecondWriter() {
        try (SweepJournal journal = open()) {
            assertThat(read(journal)).isEmpty();
            assertThatThrownBy(this::open)
                    .isInstanceOf(EventLogException.class)
                    .hasMessageContaining("another process is writing it");
        }
    }

    private SweepJournal open() {
        return SweepJournal.open(path(), GRID, CELLS);
    }

    private Path path() {
        return directory.resolve("cells.jsonl");
    }

    private static CellOutcome finished(int cell) {
        return new CellOutcome(
                cell, CellStatus.FINISHED, "", 7, "competition", Map.of("a", cell / 3.0), Optional.empty());
    }

    private static List<CellOutcome> read(SweepJournal journal) {
        List<CellOutcome> outcomes = new ArrayList<>();
        journal.forEach(outcomes::add);
        return outcomes;
    }
}
