package org.interregnum.orchestrator.service;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class DataDirectoryTest {
    @TempDir
    private Path folder;

    @Test
    void shouldNotWriteAFileForEachQuestion() throws Exception {
        Path data = folder.resolve("data");
        DataDirectory directory = new DataDirectory(data);
        assertThat(directory.problem()).isEmpty();
        // Whoever looked now would make it again.
        Files.delete(data);
        for (int question = 0; question < 100; question++) {
            assertThat(directory.problem()).isEmpty();
        }
        assertThat(data).doesNotExist();
    }

    @Test
    void shouldNoticeAChangeSoon() throws Exception {
        Path data = folder.resolve("data");
        DataDirectory directory = new DataDirectory(data);
        assertThat(directory.problem()).isEmpty();
        Files.delete(data);
        Files.createFile(data);
        while (directory.problem().isEmpty()) {
            TimeUnit.MILLISECONDS.sleep(50);
        }
        assertThat(directory.problem().orElseThrow()).contains("cannot be written to");
        Files.delete(data);
        while (directory.problem().isPresent()) {
            TimeUnit.MILLISECONDS.sleep(50);
        }
    }
}
