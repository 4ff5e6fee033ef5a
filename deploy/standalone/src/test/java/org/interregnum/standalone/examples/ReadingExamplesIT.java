package org.interregnum.standalone.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.interregnum.standalone.cli.CommandRun;
import org.interregnum.standalone.kafka.TestBroker;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The programs of {@code deploy/examples/reading} with the packages that Debian has, on a broker of their own. */
@Tag("thorough")
@Timeout(240)
class ReadingExamplesIT {
    private static final String FOLDER = "deploy/examples/reading/";

    @TempDir
    private Path directory;

    @Test
    void shouldSayWhoLed() throws Exception {
        Optional<String> lacks = PythonExample.missingModule("confluent_kafka", "pandas");
        assumeTrue(
                lacks.isEmpty(), () -> "NOT TRIED: needs python3-confluent-kafka and python3-pandas; " + lacks.get());
        TestBroker broker = TestBroker.own();
        try {
            String kafka = broker.address();
            for (int seed = 1; seed <= 2; seed++) {
                CommandRun run = CommandRun.of(
                        "run",
                        "--J=1",
                        "--rho=0.8",
                        "--Nt=200",
                        "--num-buyers=300",
                        "--seed=" + seed,
                        "--no-fig",
                        "--quiet",
                        "--kafka=" + kafka,
                        "--kafka-values=json",
                        "--out=" + directory.resolve("seed-" + seed));
                assertThat(run.exitCode()).as(run.err()).isZero();
            }

            PythonExample.Said table = PythonExample.runAsItIs(FOLDER + "market_frame.py", "seed-2", "--kafka", kafka);
            assertThat(table.exitCode()).as(table.all()).isZero();
            double[][] shares = shares("seed-2");
            double mean = 0;
            for (int step = 1; step < shares.length; step++) {
                mean += shares[step][leader(shares[step])] / (shares.length - 1);
            }
            assertThat(table.all())
                    .contains("199 steps", "mean leader share " + Math.round(mean * 1000) / 1000.0 + "\n");

            PythonExample.Said stream =
                    PythonExample.runAsItIs(FOLDER + "leader_stream.py", "--kafka", kafka, "--idle", "6");
            assertThat(stream.exitCode()).as(stream.all()).isZero();
            List<String> changes = new ArrayList<>(changes("seed-1"));
            changes.addAll(changes("seed-2"));
            assertThat(stream.all().lines().map(line -> line.replaceAll(", \"share.*", "")))
                    .containsExactlyInAnyOrderElementsOf(changes);

            PythonExample.Said again =
                    PythonExample.runAsItIs(FOLDER + "leader_stream.py", "--kafka", kafka, "--idle", "6");
            assertThat(again.exitCode()).as(again.all()).isZero();
            assertThat(again.all()).as("started again it doubles nothing").isEmpty();
        } finally {
            broker.remove();
        }
    }

    private List<String> changes(String run) throws IOException {
        List<String> changes = new ArrayList<>();
        double[][] shares = shares(run);
        int before = -1;
        for (int step = 1; step < shares.length; step++) {
            int leader = leader(shares[step]);
            if (leader != before) {
                changes.add(run + " {\"step\": " + step + ", \"leader\": " + leader);
                before = leader;
            }
        }
        return changes;
    }

    /** Share of each seller at each point, from the run's own table. */
    private double[][] shares(String run) throws IOException {
        return Files.readAllLines(directory.resolve(run).resolve("series.csv")).stream()
                .skip(1)
                .map(line -> line.split(",", -1))
                .map(values -> Arrays.stream(values, 2, 2 + (values.length - 2) / 2)
                        .mapToDouble(Double::parseDouble)
                        .toArray())
                .toArray(double[][]::new);
    }

    private static int leader(double[] shares) {
        int leader = 0;
        for (int seller = 1; seller < shares.length; seller++) {
            leader = shares[seller] > shares[leader] ? seller : leader;
        }
        return leader;
    }
}
