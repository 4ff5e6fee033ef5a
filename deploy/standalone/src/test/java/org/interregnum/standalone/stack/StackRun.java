package org.interregnum.standalone.stack;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.interregnum.orchestrator.adapter.export.RunDirectory;
import org.interregnum.standalone.cli.Console;
import org.interregnum.standalone.cli.MarketCommand;
import org.interregnum.standalone.kafka.PlainReader;
import org.interregnum.standalone.recorded.NumpyFile;
import org.interregnum.standalone.recorded.RecordedRun;
import org.interregnum.standalone.service.OrchestratorApi;

/** A run of the stack, through its API, and what it is compared with. */
record StackRun(OrchestratorApi api, String id) {
    /** Long enough to be disturbed in the middle. */
    static final int POINTS = 6001;

    private static final int BUYERS = 300;
    private static final long END_MINUTES = 6;

    /** Begins a run of many steps. */
    static StackRun begin(OrchestratorApi api, String id) throws IOException, InterruptedException {
        api.create(
                "?id=" + id,
                "{\"J\": 1, \"rho\": 0.8, \"Nt\": %d, \"num-buyers\": %d, \"fig\": false}".formatted(POINTS, BUYERS));
        return new StackRun(api, id);
    }

    /** The arrays of the same run in one process, without services, Kafka or containers. */
    static Map<String, String> undisturbed(Path folder) throws IOException {
        Path out = folder.resolve("undisturbed");
        int exit = new MarketCommand(new Console(System.out, System.err, false, false)).execute(new String[] {
            "run",
            "--J=1",
            "--rho=0.8",
            "--Nt=" + POINTS,
            "--num-buyers=" + BUYERS,
            "--no-fig",
            "--quiet",
            "--out=" + out
        });
        assertThat(exit).isZero();
        return NumpyFile.arrays(Files.readAllBytes(RunDirectory.of(out).arrays()));
    }

    /** Begins the run that the published code recorded. */
    static StackRun golden(OrchestratorApi api) throws IOException, InterruptedException {
        api.create("?id=golden", "{\"J\": 1.0, \"rho\": 0.8, \"Nt\": 400}");
        return new StackRun(api, "golden");
    }

    /** Its step now; it must be under way. */
    long step() throws IOException, InterruptedException {
        JsonNode run = api.run(id);
        assertThat(run.get("state").asText()).as(run.toString()).isIn("running", "paused", "waiting");
        assertThat(run.get("step").asInt()).as("step, in the middle").isLessThan(POINTS - 1);
        return run.get("step").asLong();
    }

    /** Waits for its end, also where the service is away meanwhile. */
    void awaitFinish() throws IOException, InterruptedException {
        long until = System.nanoTime() + TimeUnit.MINUTES.toNanos(END_MINUTES);
        String last = "";
        while (!last.contains("\"finished\"")) {
            assertThat(System.nanoTime()).as("finished: " + last).isLessThan(until);
            try {
                HttpResponse<String> response = api.get("/api/v1/runs/" + id);
                last = response.body();
                // Not yet known, when the service has just started again.
                assertThat(response.statusCode()).as(last).isIn(200, 503);
                assertThat(last).doesNotContain("\"failed\"", "\"stopped\"");
            } catch (IOException e) {
                last = e.toString();
            }
            TimeUnit.MILLISECONDS.sleep(200);
        }
    }

    /** Asserts that all came out the same, and that Kafka has each step once and in order. */
    void assertComplete(Map<String, String> undisturbed, String kafka) throws Exception {
        assertArrays(undisturbed);
        assertThat(PlainReader.steps(kafka, id))
                .containsExactlyElementsOf(LongStream.range(1, POINTS).boxed().toList());
    }

    /** Asserts that shares, prices and all else came out the same in every bit. */
    void assertArrays(Map<String, String> undisturbed) throws IOException, InterruptedException {
        Map<String, String> arrays = NumpyFile.arrays(file("series.npz"));
        assertThat(arrays).containsOnlyKeys(undisturbed.keySet());
        // Not compared as a whole: what differs would be written out, which is megabytes.
        undisturbed.forEach((name, bytes) -> assertThat(arrays.get(name).equals(bytes))
                .as(name + " is the same")
                .isTrue());
    }

    /** Asserts that shares and prices are those that the published code recorded, in every bit. */
    void assertGolden() throws IOException, InterruptedException {
        RecordedRun recorded = new RecordedRun("published/j1.0-rho0.8");
        double[][] rows = new String(file("series.csv"), StandardCharsets.UTF_8)
                .lines()
                .skip(1)
                .map(line -> Arrays.stream(line.split(",", -1))
                        .skip(2)
                        .mapToDouble(Double::parseDouble)
                        .toArray())
                .toArray(double[][]::new);
        double[][] shares = recorded.shares();
        double[][] prices = recorded.prices();
        assertThat(rows).hasNumberOfRows(shares[0].length);
        for (int point = 0; point < rows.length; point++) {
            for (int seller = 0; seller < shares.length; seller++) {
                String where = " of seller %d at point %d".formatted(seller, point);
                assertThat(rows[point][seller]).as("share" + where).isEqualTo(shares[seller][point]);
                assertThat(rows[point][shares.length + seller])
                        .as("price" + where)
                        .isEqualTo(prices[seller][point]);
            }
        }
    }

    private byte[] file(String name) throws IOException, InterruptedException {
        return api.get("/api/v1/runs/" + id + "/files/" + name, BodyHandlers.ofByteArray())
                .body();
    }
}
