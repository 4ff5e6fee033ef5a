package org.interregnum.standalone.service;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.HdrHistogram.ConcurrentHistogram;
import org.HdrHistogram.Histogram;
import org.interregnum.agent.BundledAgent;
import org.interregnum.standalone.PeakMemory;
import org.interregnum.standalone.kafka.TestBroker;
import org.interregnum.standalone.serve.AgentProcess;

/**
 * Many runs at once in one orchestrator service, as processes of this machine with Kafka: whether all finish, how long
 * reading takes meanwhile, and how much memory the service ever had. Arguments: number of runs, most that take steps at
 * the same time, points of each. Afterwards it reads in the same way for a while from the service that has nothing to do,
 * which tells what the machine is busy with besides.
 *
 * <p>Fails when a run does not finish, the 95th percentile of reading is above 100 ms, or memory is above 2 GiB.
 */
final class ManyRunsMeasurement {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int READERS = 4;
    private static final long READ_PAUSE_MICROS = 20_000;
    private static final long LONGEST_MICROS = TimeUnit.MINUTES.toMicros(1);
    private static final long MOST_MILLIS = 100;
    private static final long IDLE_SECONDS = 20;
    private static final long MOST_KIBIBYTES = 2L << 20;

    private final OrchestratorProcess service;
    private final int runs;
    private final int points;
    private final Map<String, Histogram> times = new TreeMap<>(Map.of(
            "GET /runs/ID", new ConcurrentHistogram(LONGEST_MICROS, 3),
            "GET /runs", new ConcurrentHistogram(LONGEST_MICROS, 3),
            "POST /runs", new ConcurrentHistogram(LONGEST_MICROS, 3)));
    private volatile boolean over;

    private ManyRunsMeasurement(OrchestratorProcess service, int runs, int points) {
        this.service = service;
        this.runs = runs;
        this.points = points;
    }

    public static void main(String[] arguments) throws IOException, InterruptedException {
        int runs = argument(arguments, 0, 200);
        int atOnce = argument(arguments, 1, 16);
        int points = argument(arguments, 2, 400);
        Path folder = Files.createTempDirectory("many-runs");
        boolean kept;
        try (AgentProcess sellers = AgentProcess.start(BundledAgent.SELLER);
                AgentProcess buyers = AgentProcess.start(BundledAgent.BUYER);
                OrchestratorProcess service = OrchestratorProcess.start(
                        folder,
                        Map.of(
                                "JAVA_TOOL_OPTIONS",
                                "-XX:MaxRAM=2g -XX:MaxRAMPercentage=70",
                                "INTERREGNUM_RUNS_AT_ONCE",
                                Integer.toString(atOnce)),
                        "--data=" + folder.resolve("runs"),
                        "--kafka=" + TestBroker.get().address(),
                        "--seller-agent=" + sellers.address(),
                        "--buyer-agent=" + buyers.address())) {
            System.out.printf("%d runs of %d points, %d at a time%n", runs, points, atOnce);
            kept = new ManyRunsMeasurement(service, runs, points).measure();
        }
        // What is left of the broker is no reason to wait.
        System.exit(kept ? 0 : 1);
    }

    private static int argument(String[] arguments, int index, int otherwise) {
        return arguments.length > index ? Integer.parseInt(arguments[index]) : otherwise;
    }

    private boolean measure() throws IOException, InterruptedException {
        long begin = System.nanoTime();
        List<Thread> readers = List.of();
        for (int run = 0; run < runs; run++) {
            String body = "{\"J\": %d, \"rho\": 0.8, \"Nt\": %d, \"seed\": %d}".formatted(run % 2, points, run + 1);
            String id = id(run);
            timed("POST /runs", () -> service.create("?id=" + id, body));
            if (run == 0) {
                readers = startReaders();
            }
        }
        Map<String, Integer> states = Map.of();
        while (states.getOrDefault("finished", 0) < runs && !states.containsKey("failed")) {
            TimeUnit.MILLISECONDS.sleep(500);
            states = states();
        }
        endReaders(readers);
        System.out.printf("%s after %d s%n", states, TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - begin));
        boolean quick = tellTimes();
        times.values().forEach(Histogram::reset);
        readers = startReaders();
        TimeUnit.SECONDS.sleep(IDLE_SECONDS);
        endReaders(readers);
        System.out.println("and when nothing runs");
        tellTimes();
        long memory = PeakMemory.kibibytes(service.process().pid());
        System.out.printf("most memory of the service: %d MiB%n", memory >> 10);
        return states.getOrDefault("finished", 0) == runs && quick && memory > 0 && memory < MOST_KIBIBYTES;
    }

    private List<Thread> startReaders() {
        over = false;
        List<Thread> readers = new ArrayList<>();
        for (int reader = 0; reader < READERS; reader++) {
            Thread thread = new Thread(this::read, "reader");
            thread.start();
            readers.add(thread);
        }
        return readers;
    }

    private void endReaders(List<Thread> readers) throws InterruptedException {
        over = true;
        for (Thread reader : readers) {
            reader.join();
        }
    }

    /** Returns whether reading was quick enough. */
    private boolean tellTimes() {
        boolean quick = true;
        for (Map.Entry<String, Histogram> time : times.entrySet()) {
            double worst = millis(time.getValue(), 95);
            System.out.printf(
                    "%-12s %6d times, ms: median %.1f, 95th percentile %.1f, 99th %.1f, longest %.1f%n",
                    time.getKey(),
                    time.getValue().getTotalCount(),
                    millis(time.getValue(), 50),
                    worst,
                    millis(time.getValue(), 99),
                    millis(time.getValue(), 100));
            quick &= worst < MOST_MILLIS || time.getKey().startsWith("POST");
        }
        return quick;
    }

    private static double millis(Histogram histogram, double percentile) {
        return histogram.getValueAtPercentile(percentile) / 1000.0;
    }

    private static String id(int run) {
        return "many-" + run;
    }

    private void read() {
        try {
            while (!over) {
                String id = id(ThreadLocalRandom.current().nextInt(runs));
                timed("GET /runs/ID", () -> service.get("/api/v1/runs/" + id));
                LockSupport.parkNanos(TimeUnit.MICROSECONDS.toNanos(READ_PAUSE_MICROS));
                timed("GET /runs", () -> service.get("/api/v1/runs"));
                LockSupport.parkNanos(TimeUnit.MICROSECONDS.toNanos(READ_PAUSE_MICROS));
            }
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private void timed(String what, Call call) throws IOException, InterruptedException {
        long begin = System.nanoTime();
        call.make();
        times.get(what).recordValue(Math.min(LONGEST_MICROS, TimeUnit.NANOSECONDS.toMicros(System.nanoTime() - begin)));
    }

    private Map<String, Integer> states() throws IOException, InterruptedException {
        JsonNode list = JSON.readTree(service.get("/api/v1/runs").body());
        Map<String, Integer> states = new HashMap<>();
        for (Iterator<JsonNode> all = (list.isArray() ? list : list.get("runs")).iterator(); all.hasNext(); ) {
            states.merge(all.next().get("state").asText(), 1, Integer::sum);
        }
        return states;
    }

    @FunctionalInterface
    private interface Call {
        void make() throws IOException, InterruptedException;
    }
}
