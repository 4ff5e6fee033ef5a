package org.interregnum.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.interregnum.standalone.serve.ServiceApplication;

/** The command in a process of its own, which can be killed. */
public final class MarketProcess implements AutoCloseable {
    private final Process process;
    private final Path out;
    private final Path err;
    private final long startedAt = System.currentTimeMillis();

    private MarketProcess(Process process, Path out, Path err) {
        this.process = process;
        this.out = out;
        this.err = err;
    }

    /**
     * Starts it; what it says on standard output is lost.
     *
     * @param err file for what it says on standard error
     */
    public static MarketProcess start(Path err, List<String> arguments) throws IOException {
        return start(null, err, Map.of(), arguments);
    }

    /**
     * Starts it; what it says is kept.
     *
     * @param folder where the files for that are
     * @param environment variables that it has besides those of this process
     */
    public static MarketProcess start(Path folder, Map<String, String> environment, String... arguments)
            throws IOException {
        return start(
                Files.createTempFile(folder, "market", ".out"),
                Files.createTempFile(folder, "market", ".err"),
                environment,
                List.of(arguments));
    }

    private static MarketProcess start(Path out, Path err, Map<String, String> environment, List<String> arguments)
            throws IOException {
        List<String> command = new ArrayList<>(JavaCommand.line());
        command.add("-D" + ServiceApplication.HOME + "="
                + Path.of("../..").toAbsolutePath().normalize());
        command.add(Market.class.getName());
        command.addAll(arguments);
        File kept = out == null ? null : out.toFile();
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectOutput(kept == null ? ProcessBuilder.Redirect.DISCARD : ProcessBuilder.Redirect.to(kept))
                .redirectError(err.toFile());
        builder.environment().putAll(environment);
        return new MarketProcess(builder.start(), out, err);
    }

    /** When it was started, by the clock of the machine. */
    public long startedAt() {
        return startedAt;
    }

    public long pid() {
        return process.pid();
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    /** Ends it as {@code kill -9} does. */
    public void kill() throws InterruptedException {
        process.destroyForcibly();
        assertThat(process.waitFor(20, TimeUnit.SECONDS)).as("killed").isTrue();
    }

    /** Sends it a signal, such as {@code INT}. */
    public void signal(String name) throws IOException, InterruptedException {
        Signals.send(process.pid(), name);
    }

    /** Its exit code, when it has ended by itself. */
    public int await(int seconds) throws IOException, InterruptedException {
        assertThat(process.waitFor(seconds, TimeUnit.SECONDS))
                .as("ended; it said: " + said())
                .isTrue();
        return process.exitValue();
    }

    /** Waits until it has said something on standard output. */
    public void awaitOutput() throws IOException, InterruptedException {
        long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(120);
        while (Files.size(out) == 0) {
            assertThat(process.isAlive() && System.nanoTime() < until)
                    .as(said())
                    .isTrue();
            TimeUnit.MILLISECONDS.sleep(20);
        }
    }

    /** What it has said on standard output, where that is kept. */
    public String out() throws IOException {
        return Files.readString(out);
    }

    /** The lines that it has said on standard error. */
    public List<String> err() throws IOException {
        return Files.readAllLines(err);
    }

    /** The same as one text. */
    public String said() throws IOException {
        return Files.readString(err);
    }

    /** Whatever a test comes to, nothing goes on. */
    @Override
    public void close() {
        process.destroyForcibly();
    }
}
