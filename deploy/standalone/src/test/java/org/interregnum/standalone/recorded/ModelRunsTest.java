package org.interregnum.standalone.recorded;

import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The recorded runs with models, their agents in this process. */
class ModelRunsTest {
    @TempDir
    private Path directory;

    static Stream<RecordedModelRun> runs() {
        return RecordedModelRun.all();
    }

    @ParameterizedTest
    @MethodSource("runs")
    void shouldEqualTheRecordedRunInEveryBit(RecordedModelRun run) throws Exception {
        run.assertReproduced(directory.resolve("run"));
    }
}
