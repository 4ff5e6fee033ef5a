package org.interregnum.standalone.serve;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.interregnum.standalone.Lifeline;
import org.interregnum.standalone.Market;

/** A service as a process of its own beside this one, with which it ends. */
public final class ServiceProcess implements AutoCloseable {
    private static final String LISTENS = " listens on ";
    private static final int PATIENCE_SECONDS = 25;

    private final Process process;
    private final Path log;
    private final DependentProcess dependent;

    private ServiceProcess(Process process, Path log) {
        this.process = process;
        this.log = log;
        dependent = new DependentProcess(process, PATIENCE_SECONDS);
    }

    /**
     * Starts {@code market serve}.
     *
     * @param arguments what comes behind {@code serve}
     * @param log file for what it says; written anew
     */
    public static ServiceProcess start(List<String> arguments, Path log) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:MaxRAMPercentage=25",
                "-D" + Lifeline.PROPERTY + "=true",
                "-D" + ServiceApplication.HOME + "="
                        + Path.of(System.getProperty(ServiceApplication.HOME, ""))
                                .toAbsolutePath(),
                "-cp",
                System.getProperty("java.class.path"),
                Market.class.getName(),
                "serve"));
        command.addAll(arguments);
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        return new ServiceProcess(process, log);
    }

    /**
     * Waits until it says that it listens.
     *
     * @return whether it does; false when it ended, or the time is over
     */
    public boolean awaitListening(Duration patience) throws InterruptedException, IOException {
        long end = System.nanoTime() + patience.toNanos();
        while (System.nanoTime() < end) {
            boolean alive = process.isAlive();
            if (said().contains(LISTENS)) {
                return true;
            }
            if (!alive) {
                return false;
            }
            TimeUnit.MILLISECONDS.sleep(50);
        }
        return false;
    }

    /** The last line that it said; empty when it said nothing. */
    public String lastWords() {
        try {
            List<String> lines = said().lines().filter(line -> !line.isBlank()).toList();
            return lines.isEmpty() ? "" : lines.get(lines.size() - 1);
        } catch (IOException e) {
            return "";
        }
    }

    private String said() throws IOException {
        return Files.readString(log, StandardCharsets.UTF_8);
    }

    /** The process itself. */
    public Process process() {
        return process;
    }

    /** Stops it and waits until it has ended. */
    @Override
    public void close() {
        dependent.close();
    }
}
