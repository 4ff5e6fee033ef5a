package org.interregnum.orchestrator.adapter.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WholeFileTest {
    @TempDir
    private Path directory;

    @Test
    void shouldLeaveWhatWasThereAndNothingBesideItWhenItCannotBeWritten() throws IOException {
        Path file = directory.resolve("run.json");
        Files.writeString(file, "before");

        assertThatThrownBy(() -> WholeFile.write(file, unfinished -> {
                    Files.writeString(unfinished, "a par");
                    throw new IOException("No space left on device");
                }))
                .isInstanceOf(IOException.class)
                .hasMessage("No space left on device");

        assertThat(file).hasContent("before");
        assertThat(directory).isDirectoryNotContaining(path -> !path.equals(file));
    }
}
