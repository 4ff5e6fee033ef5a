package org.interregnum.standalone.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.interregnum.standalone.MarketProcess;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A process whose locale has no letters but ASCII's, as in many containers, in cron and over ssh. */
@Timeout(180)
class PlainLocaleIT {
    private static final Map<String, String> PLAIN = Map.of("LC_ALL", "C", "LANG", "C");

    @TempDir
    private Path directory;

    @Test
    void shouldDrawASweepUnderNamesThatEveryFileSystemTakes() throws Exception {
        Path out = directory.resolve("sweep");
        try (MarketProcess sweep = MarketProcess.start(
                directory,
                PLAIN,
                "sweep",
                "--J=0.5:1.5:0.25",
                "--rho=0.1,0.4",
                "--num-buyers=50,100",
                "--seeds=2",
                "--Nt=100",
                "--out=" + out)) {
            assertThat(sweep.await(120)).as(String.join("\n", sweep.err())).isZero();
        }
        assertThat(names(out))
                .contains("finite-size-scaling-rho-0.1.png", "finite-size-scaling-rho-0.4.svg")
                .contains("phase-diagram-num-buyers-50.png", "price-lines-num-buyers-100.svg")
                .allMatch(name -> name.matches("[A-Za-z0-9.-]+"));

        try (MarketProcess figures = MarketProcess.start(directory, PLAIN, "figures", out.toString())) {
            assertThat(figures.await(120)).as(String.join("\n", figures.err())).isZero();
        }
    }

    private static List<String> names(Path sweep) throws Exception {
        try (Stream<Path> files = Files.list(sweep.resolve("figures"))) {
            return files.map(file -> file.getFileName().toString()).toList();
        }
    }
}
