package org.interregnum.orchestrator.adapter.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.interregnum.orchestrator.adapter.RandomEvents;
import org.interregnum.orchestrator.model.MarketParameters;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** NumPy itself reads the arrays. Needs a python3 with NumPy on the path. */
@Timeout(value = 2, unit = TimeUnit.MINUTES)
class NumpyReadsArraysIT {
    private static final String CHECK = """
            import sys, zipfile, numpy as np
            z = np.load(sys.argv[1], allow_pickle=False)
            assert zipfile.ZipFile(sys.argv[1]).testzip() is None
            x, q, p, u, j = (z[name] for name in ('x', 'q', 'p', 'u', 'j_n'))
            assert (x.dtype, q.dtype, p.dtype, u.dtype, j.dtype) == (np.int8, *[np.float64] * 3, np.int64)
            assert x.shape == (200, 31) and q.shape == p.shape == (7, 31) and u.shape == (200, 7) and j.shape == (30,)
            counted = np.stack([(x == k).mean(axis=0) for k in range(7)])
            assert np.abs(counted - q).max() < 1e-12
            table = np.genfromtxt(sys.argv[2], delimiter=',', skip_header=1)
            assert np.array_equal(table[:, 0], np.arange(31)) and np.array_equal(table[1:, 1], j)
            assert np.array_equal(table[:, 2:9].T, q) and np.array_equal(table[:, 9:].T, p)
            changed = np.nonzero((p[:, 1:] != p[:, :-1]).T)
            assert np.array_equal(changed[1], j[changed[0]])
            print('equal')
            """;

    @TempDir
    Path directory;

    @Test
    void shouldAgreeWithEachOtherAndWithTheTable() throws IOException, InterruptedException {
        assumeTrue(numpyIsThere(), "SKIPPED: no python3 with NumPy on the path");
        MarketParameters parameters = MarketParameters.of(1, 0.8, 200, 7);
        RecordedRun run = RecordedRun.of(parameters, new RandomEvents(1).history(parameters, 30));
        Path arrays = directory.resolve("series.npz");
        Path table = directory.resolve("series.csv");
        SeriesArrays writer = new SeriesArrays(arrays, parameters, 31);
        run.events().forEach(writer::accept);
        writer.finish(run.series(), run.preferences(), run.lastChoices());
        SeriesTable.write(table, run.series());
        assertThat(python(CHECK, arrays.toString(), table.toString())).isEqualTo("equal\n");
    }

    private static boolean numpyIsThere() throws InterruptedException {
        try {
            return python("import numpy; print('there')").equals("there\n");
        } catch (IOException e) {
            return false;
        }
    }

    private static String python(String program, String... arguments) throws IOException, InterruptedException {
        ProcessBuilder command = new ProcessBuilder("python3", "-c", program);
        command.command().addAll(java.util.List.of(arguments));
        Process process = command.redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        process.waitFor();
        return output;
    }
}
