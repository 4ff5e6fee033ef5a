package org.interregnum.orchestrator.adapter.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.interregnum.orchestrator.event.EventLogException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class DirectoryLockTest {
    @TempDir
    private Path directory;

    private Path file;

    @BeforeEach
    void name() {
        file = directory.resolve("run.lock");
    }

    @Test
    void shouldBeHadOnceAndLeaveNothing() throws Exception {
        try (DirectoryLock lock = DirectoryLock.take(file).orElseThrow()) {
            assertThat(file).isEmptyFile();
            assertThat(DirectoryLock.take(file)).isEmpty();
            assertThat(DirectoryLock.take(directory.resolve("../" + directory.getFileName() + "/run.lock")))
                    .isEmpty();
        }

        assertThat(directory).isEmptyDirectory();
        Optional<DirectoryLock> again = DirectoryLock.take(file);
        assertThat(again).isPresent();
        again.get().close();
        again.get().close();
        assertThat(directory).isEmptyDirectory();
    }

    @Test
    void shouldNotMindTheFileOfAProcessThatWasKilled() throws Exception {
        Files.createFile(file);

        try (DirectoryLock lock = DirectoryLock.take(file).orElseThrow()) {
            assertThat(DirectoryLock.take(file)).isEmpty();
        }
        assertThat(directory).isEmptyDirectory();
    }

    @Test
    void shouldBeRefusedWhereSomethingElseHasTheFileLocked() throws Exception {
        try (FileChannel other = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            assertThat(other.tryLock()).isNotNull();

            assertThat(DirectoryLock.take(file)).isEmpty();
        }
        DirectoryLock.take(file).orElseThrow().close();
    }

    @Test
    @Timeout(20)
    void shouldSayThatALinkIsNoLockWhereverItLeads() throws Exception {
        Path elsewhere = directory.resolve("elsewhere");
        Files.createSymbolicLink(file, elsewhere);

        assertThatThrownBy(() -> DirectoryLock.take(file))
                .isInstanceOf(EventLogException.class)
                .hasMessageStartingWith("cannot write ")
                .hasMessageContaining("run.lock");
        assertThat(elsewhere).doesNotExist();

        Files.createFile(elsewhere);
        assertThatThrownBy(() -> DirectoryLock.take(file)).isInstanceOf(EventLogException.class);
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
                    DirectoryLock.take(file).ifPresent(lock -> {
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
