package org.interregnum.languagemodel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EnvironmentKeysTest {
    @TempDir
    private Path folder;

    @Test
    void shouldReadAKeyFromTheFileThatAVariableNames() throws IOException {
        Path file = Files.writeString(folder.resolve("key"), "first\n");
        EnvironmentKeys keys = new EnvironmentKeys(Map.of("LAB_API_KEY_FILE", file.toString()));
        assertThat(keys.keyOf("lab")).contains("first");
        Files.writeString(file, "second\n");
        assertThat(keys.keyOf("lab")).contains("second");
        assertThat(keys.keyOf("other")).isEmpty();
    }

    @Test
    void shouldPreferTheVariableItself() throws IOException {
        Path file = Files.writeString(folder.resolve("key"), "of-file");
        EnvironmentKeys keys =
                new EnvironmentKeys(Map.of("LAB_API_KEY_FILE", file.toString(), "LAB_API_KEY", "of-variable"));
        assertThat(keys.keyOf("lab")).contains("of-variable");
    }

    @Test
    void shouldRefuseAFileWithoutAKey() throws IOException {
        Path empty = Files.writeString(folder.resolve("empty"), "\n");
        for (Path file : new Path[] {empty, folder.resolve("none")}) {
            EnvironmentKeys keys = new EnvironmentKeys(Map.of("LAB_API_KEY_FILE", file.toString()));
            assertThatThrownBy(() -> keys.keyOf("lab"))
                    .isInstanceOf(UnreadableKeyException.class)
                    .hasMessage("LAB_API_KEY_FILE '" + file + "': must be a file with a key");
        }
    }
}
