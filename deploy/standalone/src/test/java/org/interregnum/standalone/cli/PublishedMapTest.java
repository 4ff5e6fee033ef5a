package org.interregnum.standalone.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The map of the published model, found again with intervals on a part of its grid that has the transition in it. */
class PublishedMapTest {
    private static final List<String> RATES = List.of("0.1", "0.2", "0.8", "1.2");
    private static final List<String> ABOVE = List.of("0.75", "0.9", "1.05");

    @TempDir
    private Path directory;

    @Test
    void shouldFindTheTransitionAndWhatAlternates() throws IOException {
        Path sweep = directory.resolve("sweep");
        CommandRun run = CommandRun.of(
                "sweep",
                "--J=0.3,0.45,0.6,0.75,0.9,1.05",
                "--rho=" + String.join(",", RATES),
                "--seeds=5",
                "--Nt=4000",
                "--num-buyers=1000",
                "--quiet",
                "--out=" + sweep);
        assertThat(run.exitCode()).as(run.err()).isZero();
        List<Map<String, Double>> summary = read(sweep.resolve("summary.csv"));

        for (String rate : RATES) {
            // Between 0.60 and 0.75 the leader's share jumps: the intervals are far apart.
            assertThat(at(summary, "0.6", rate).get("mean_leader_share_high"))
                    .as("leader's share at 0.6, update rate %s", rate)
                    .isLessThan(at(summary, "0.75", rate).get("mean_leader_share_low") - 0.1);
            for (String effect : ABOVE) {
                Map<String, Double> point = at(summary, effect, rate);
                double low = point.get("lead_changes_per_1000_steps_low");
                double high = point.get("lead_changes_per_1000_steps_high");
                String where = "lead changes at %s, update rate %s: %s to %s".formatted(effect, rate, low, high);
                if (Double.parseDouble(rate) <= 0.2) {
                    // Of seed 42 never, as below; of five seeds one may change once or twice in 3000 steps.
                    assertThat(low).as(where).isZero();
                    assertThat(high).as(where).isLessThan(1);
                } else if (rate.equals("0.8")) {
                    assertThat(low).as(where).isGreaterThan(7);
                    assertThat(high).as(where).isLessThan(25);
                } else {
                    assertThat(low).as(where).isBetween(15.0, 34.0);
                    assertThat(high).as(where).isBetween(20.0, 40.0);
                }
            }
        }
        assertThat(read(sweep.resolve("runs.csv")))
                .filteredOn(line -> line.get("seed") == 42 && line.get("rho") <= 0.2 && line.get("J") >= 0.75)
                .hasSize(2 * ABOVE.size())
                .allSatisfy(line ->
                        assertThat(line.get("lead_changes_per_1000_steps")).isZero());
        assertThat(read(sweep.resolve("transitions.csv")))
                .hasSize(RATES.size())
                .allSatisfy(line -> assertThat(line.get("transition")).isBetween(0.6, 0.75));
        assertThat(sweep.resolve("figures/phase-diagram.png")).exists();
    }

    private static Map<String, Double> at(List<Map<String, Double>> lines, String effect, String rate) {
        return lines.stream()
                .filter(line ->
                        line.get("J") == Double.parseDouble(effect) && line.get("rho") == Double.parseDouble(rate))
                .findFirst()
                .orElseThrow();
    }

    /** The lines of a table, as far as they are numbers. */
    private static List<Map<String, Double>> read(Path table) throws IOException {
        List<String> lines = Files.readAllLines(table);
        List<String> names = List.of(lines.get(0).split(",", -1));
        List<Map<String, Double>> rows = new ArrayList<>();
        for (String line : lines.subList(1, lines.size())) {
            Map<String, Double> row = new HashMap<>();
            String[] values = line.split(",", -1);
            for (int column = 0; column < names.size(); column++) {
                if (values[column].matches("-?[0-9.]+(E-?[0-9]+)?")) {
                    row.put(names.get(column), Double.valueOf(values[column]));
                }
            }
            rows.add(row);
        }
        return rows;
    }
}
