package org.interregnum.orchestrator.service;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.interregnum.orchestrator.event.EventLogException;
import org.interregnum.orchestrator.request.BadInputException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataLockTest {
    @TempDir
    private Path folder;

    @Test
    void shouldKeepADirectoryToOneService() {
        Path data = folder.resolve("data/runs");
        DataLock first = new DataLock(data);
        first.take();
        assertThatThrownBy(() -> new DataLock(data).take())
                .isInstanceOf(BadInputException.class)
                .hasMessage("interregnum.data " + data
                        + ": is used by another orchestrator service; must be a directory of this one's own (--data)");
        assertThatCode(first::take).doesNotThrowAnyException();
        assertThatCode(new DataLock(folder.resolve("other"))::take).doesNotThrowAnyException();
    }

    @Test
    void shouldTryAgainWhereThereIsNoDirectoryYet() throws IOException {
        Path data = Files.createFile(folder.resolve("data"));
        DataLock lock = new DataLock(data);
        assertThatThrownBy(lock::take).isInstanceOf(EventLogException.class).hasMessageContaining(data.toString());
        Files.delete(data);
        lock.take();
        assertThatThrownBy(() -> new DataLock(data).take()).isInstanceOf(BadInputException.class);
    }
}
