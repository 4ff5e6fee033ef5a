package org.interregnum.orchestrator.adapter.file;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunLockTest {
    @TempDir
    private Path directory;

    private Path file;

    @BeforeEach
    void name() {
        file = directory.resolve("run.lock");
    }

    @Test
    void shouldBeHadOnceAndLeaveNothing() throws Exception {
        try (RunLock lock = RunLock.take(file).orElseThrow()) {
            assertThat(file).isEmptyFile();
            assertThat(RunLock.take(file)).isEmpty();
            assertThat(RunLock.take(directory.resolve("../" + directory.getFileName() + "/run.lock")))
                    .isEmpty();
        }

        assertThat(directory).isEmptyDirectory();
        Optional<RunLock> again = RunLock.take(file);
        assertThat(again).isPresent();
        again.get().close();
        again.get().close();
        assertThat(directory).isEmptyDirectory();
    }

    @Test
    void shouldNotMindTheFileOfAProcessThatWasKilled() throws Exception {
        Files.createFile(file);

        try (RunLock lock = RunLock.take(file).orElseThrow()) {
            assertThat(RunLock.take(file)).isEmpty();
        }
        assertThat(directory).isEmptyDirectory();
    }

    @Test
    void shouldBeRefusedWhereSomethingElseHasTheFileLocked() throws Exception {
        try (FileChannel other = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            assertThat(other.tryLock()).isNotNull();

            assertThat(RunLock.take(file)).isEmpty();
        }
        RunLock.take(file).orElseThrow().close();
    }

    @Test
    void shouldHaveOneOwnerAtATimeHoweverManyWantIt() throws Exception {
        AtomicInteger owners = new AtomicInteger();
        AtomicInteger taken = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        ExecutorService threads = Executors.newFixedThreadPool(4);
        for (int thread = 0; thread < 4; thread++) {
            threads.execute(() -> {
                while (taken.get() < 400) {
                    RunLock.take(file).ifPresent(lock -> {
                        most.accumulateAndGet(owners.incrementAndGet(), Math::max);
                        taken.incrementAndGet();
                        owners.decrementAndGet();
                        lock.close();
                    });
                }
            });
        }
        threads.shutdown();

        assertThat(threads.awaitTermination(60, TimeUnit.SECONDS)).isTrue();
        assertThat(most).hasValue(1);
        assertThat(directory).isEmptyDirectory();
    }
}
