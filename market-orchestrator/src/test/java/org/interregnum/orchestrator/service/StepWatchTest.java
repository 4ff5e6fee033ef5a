package org.interregnum.orchestrator.service;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StepWatchTest {
    @TempDir
    private Path data;

    /** A run that goes on, of which memory has the latest steps and the log all. */
    private ServedRun running(int taken) {
        ServedRun run = ServedMarket.run(data, RunState.RUNNING, taken, false);
        run.opened(ServedMarket.OPENING, null);
        for (int step = 1; step <= taken; step++) {
            run.stepTaken(ServedMarket.step(step), null);
        }
        return run;
    }

    private static List<Long> steps(List<StepLine> lines) {
        return lines.stream().map(StepLine::step).toList();
    }

    @Test
    void shouldReadARunThatIsOverFromItsLog() {
        ServedRun run = ServedMarket.run(data, RunState.FINISHED, 5, true).over(RunState.FINISHED, "", 5);
        try (StepWatch watch = new StepWatch(run, 0)) {
            assertThat(steps(watch.next(4))).containsExactly(0L, 1L, 2L, 3L);
            assertThat(watch.isOver()).isFalse();
            assertThat(steps(watch.next(4))).containsExactly(4L, 5L);
            assertThat(watch.next(4)).isEmpty();
            assertThat(watch.isOver()).isTrue();
            assertThat(watch.next(4)).isEmpty();
            assertThat(watch.run().step()).isEqualTo(5);
        }
    }

    @Test
    void shouldBeginWhereItIsToldTo() {
        ServedRun run = ServedMarket.run(data, RunState.FINISHED, 5, true).over(RunState.FINISHED, "", 5);
        try (StepWatch watch = new StepWatch(run, 4)) {
            assertThat(steps(watch.next(9))).containsExactly(4L, 5L);
        }
    }

    @Test
    void shouldShowTheOpeningOfAnEarlierRunThatTookNoStep() {
        ServedRun run = ServedMarket.run(data, RunState.WAITING, 0, true).over(RunState.STOPPED, "", 0);
        try (StepWatch watch = new StepWatch(run, 0)) {
            assertThat(steps(watch.next(9))).containsExactly(0L);
            assertThat(watch.next(9)).isEmpty();
            assertThat(watch.isOver()).isTrue();
        }
    }

    @Test
    void shouldEndAtOnceForAnEarlierRunThatNeverBegan() throws IOException {
        ServedRun run = ServedMarket.run(data, RunState.WAITING, 0, false).over(RunState.STOPPED, "", 0);
        Files.delete(data.resolve("watched/events.log"));
        try (StepWatch watch = new StepWatch(run, 0)) {
            assertThat(watch.next(9)).isEmpty();
            assertThat(watch.isOver()).isTrue();
        }
    }

    @Test
    void shouldShowWhatCameBetweenTheEndOfTheLogAsItWasOpenedAndTheEndOfTheRun() throws IOException {
        int taken = 1500;
        ServedRun run = running(taken);
        List<Long> seen = new ArrayList<>();
        try (StepWatch watch = new StepWatch(run, 3)) {
            seen.addAll(steps(watch.next(taken - 2)));
            assertThat(seen).as("all that the log had").endsWith((long) taken);
            // As on Kafka, where a log that is open ends where it ended when it was opened.
            Files.delete(data.resolve("watched/events.log"));
            Files.delete(data.resolve("watched"));
            ServedMarket.run(data, RunState.RUNNING, taken + 2, true);
            run.over(RunState.FINISHED, "", taken + 2L);
            while (!watch.isOver()) {
                seen.addAll(steps(watch.next(400)));
            }
        }
        assertThat(seen).endsWith(taken + 1L, taken + 2L).hasSize(taken);
    }

    @Test
    void shouldKnowThatTheNextServiceGoesOnWhateverElseWentWrongAtTheEnd() {
        ServedRun run = ServedMarket.run(data, RunState.RUNNING, 5, true);
        run.stop(MarketService.SHUTDOWN);
        run.over(RunState.STOPPED, MarketService.SHUTDOWN + "; series.npz: left out x", 5);
        try (StepWatch watch = new StepWatch(run, 0)) {
            assertThat(watch.goesOnLater()).isTrue();
        }
        run.over(RunState.FINISHED, "", 5);
        try (StepWatch watch = new StepWatch(run, 0)) {
            assertThat(watch.goesOnLater())
                    .as("it had come to its end meanwhile")
                    .isFalse();
        }
    }

    @Test
    void shouldFollowARunThatGoesOnStepByStep() {
        ServedRun run = ServedMarket.run(data, RunState.RUNNING, 0, false);
        try (StepWatch watch = new StepWatch(run, 0)) {
            assertThat(watch.next(9)).as("not open yet").isEmpty();
            run.opened(ServedMarket.OPENING, null);
            assertThat(steps(watch.next(9))).containsExactly(0L);
            assertThat(watch.next(9)).isEmpty();
            assertThat(watch.isOver()).as("more may come").isFalse();
            run.stepTaken(ServedMarket.step(1), null);
            run.stepTaken(ServedMarket.step(2), null);
            assertThat(steps(watch.next(1))).containsExactly(1L);
            assertThat(steps(watch.next(1))).containsExactly(2L);
        }
    }

    @Test
    void shouldComeFromTheLogToWhatIsNewWithoutAGapOrADouble() {
        int taken = 1500;
        ServedRun run = running(taken);
        List<Long> seen = new ArrayList<>();
        try (StepWatch watch = new StepWatch(run, 3)) {
            // Step 3 is no longer in memory; while its log is read, more steps come.
            seen.addAll(steps(watch.next(400)));
            run.stepTaken(ServedMarket.step(taken + 1), null);
            for (List<StepLine> lines = watch.next(400); seen.size() < taken - 1; lines = watch.next(400)) {
                seen.addAll(steps(lines));
            }
            assertThat(watch.isOver()).isFalse();
        }
        assertThat(seen)
                .containsExactlyElementsOf(
                        LongStream.rangeClosed(3, taken + 1).boxed().toList());
    }
}
